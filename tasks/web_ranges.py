"""Ranges: a large file behind HTTP, read where it is needed, each range by a guarded and bounded request."""

import io
import re
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, BinaryIO

from schemas.errors import NewsdeskError
from schemas.outcome import Reason
from tasks.web import Limits, Web

BLOCK_BYTES = 4 * 1024 * 1024
TRIES = 4
"""Of one range, 2, 4 and 8 s apart: Common Crawl says 503 to those who come too fast."""
_LIMITS = Limits(connect_timeout_s=5, read_timeout_s=10, total_s=120, body_bytes=BLOCK_BYTES, is_range=True)
_SPOKEN = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_PASSING = frozenset({Reason.RATE_LIMITED, Reason.TIMEOUT_CONNECT, Reason.TIMEOUT_READ, Reason.TIMEOUT_TOTAL})
_PASSING_STATUS = frozenset({408, 429, 500, 502, 503, 504, 522, 524})


def open_ranges(web: Web, url: str, wait: Callable[[float], object]) -> BinaryIO:
    """The file at the URL, to be read from anywhere. Raises `NewsdeskError` where it is refused or cannot be read:
    its address is an inner one, its server gives no ranges, it changed meanwhile."""
    ranges: Any = _Ranges(web, url, wait)
    return io.BufferedReader(ranges, BLOCK_BYTES)


class _Ranges(io.RawIOBase):
    def __init__(self, web: Web, url: str, wait: Callable[[float], object]) -> None:
        self._web = web
        self._url = url
        self._wait = wait
        self._place = 0
        self._size: int | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._end() if whence == io.SEEK_END else 0}
        self._place = start[whence] + offset
        return self._place

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any writable buffer
        end = min(self._place + min(len(buffer), BLOCK_BYTES), self._end())
        if self._place >= end:
            return 0
        found = self._asked(self._place, end)
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _end(self) -> int:
        if self._size is None:
            self._asked(0, 1)
        assert self._size is not None
        return self._size

    def _asked(self, begin: int, end: int) -> bytes:
        for tried in range(TRIES):
            exchange = self._web.fetch(self._url, _LIMITS, _at_once, {"Range": f"bytes={begin}-{end - 1}"})
            if exchange.reason not in _PASSING and exchange.status not in _PASSING_STATUS:
                break
            if tried < TRIES - 1:
                self._wait(2.0 ** (tried + 1))
        if exchange.reason is not Reason.OK:
            raise self._fault(f"{exchange.reason.value}: {exchange.detail or ''}")
        said = next((value for name, value in exchange.headers if name.lower() == "content-range"), "")
        spoken = _SPOKEN.fullmatch(said.strip())
        if exchange.status != 206 or spoken is None:
            raise self._fault("its server gives no ranges")
        first, last, size = (int(number) for number in spoken.groups())
        if (first, last + 1, self._size or size) != (begin, end, size) or len(exchange.body) != end - begin:
            raise self._fault(f"asked for bytes {begin} to {end}, the answer is {said!r} with {len(exchange.body)}")
        self._size = size
        return exchange.body

    def _fault(self, why: str) -> NewsdeskError:
        return NewsdeskError(f"cannot read {self._url!r}: {why}".rstrip(": ")[:300])


def _at_once(_url: str) -> "nullcontext[None]":
    """Archives are made to be read in bulk: one range after the other, with no pause between."""
    return nullcontext()
