"""Reads parts of a large file behind HTTP by range requests, each sent like any other request."""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from schemas.errors import NewsdeskError
from schemas.items.outcome import Reason
from tasks.web.client import Exchange

Ask = Callable[[str, Mapping[str, str]], Exchange]
"""Requests a URL with these headers, in turn, and records the request."""
HEAD_BYTES = 64 * 1024
BLOCK_BYTES = 8 * 1024 * 1024
"""Of one request: at one a second a day of a news crawl, 25 GB, comes in an hour."""
_SPOKEN = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


def open_ranges(ask: Ask, url: str) -> BinaryIO:
    """The file at the URL, to be read from anywhere. Raises `NewsdeskError` where it is refused or cannot be read:
    its address is an inner one, its server gives no ranges, it changed meanwhile."""
    ranges: Any = _Ranges(ask, url)
    return io.BufferedReader(ranges, BLOCK_BYTES)


def read_range(ask: Ask, url: str, begin: int, end: int) -> tuple[bytes, int]:
    """The bytes in [begin, end), fewer where the file ends before, and the size of the file. Raises as
    `open_ranges` does."""
    exchange = ask(url, {"Range": f"bytes={begin}-{end - 1}"})
    if exchange.reason is not Reason.OK:
        raise _fault(url, f"{exchange.reason.value}: {exchange.detail or ''}")
    said = next((value for name, value in exchange.headers if name.lower() == "content-range"), "")
    spoken = _SPOKEN.fullmatch(said.strip())
    if exchange.status != 206 or spoken is None:
        raise _fault(url, "its server gives no ranges")
    first, last, size = (int(number) for number in spoken.groups())
    if (first, last + 1) != (begin, min(end, size)) or len(exchange.body) != last + 1 - first:
        raise _fault(url, f"asked for bytes {begin} to {end}, the answer is {said!r} with {len(exchange.body)}")
    return exchange.body, size


class _Ranges(io.RawIOBase):
    """The first range is the head of the file: it gives the size, and enough bytes to recognise the format."""

    def __init__(self, ask: Ask, url: str) -> None:
        self._ask = ask
        self._url = url
        self._place = 0
        self._head: bytes = b""
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
        found = self._head[self._place : end] or self._read(self._place, end)
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _end(self) -> int:
        if self._size is None:
            self._head, self._size = read_range(self._ask, self._url, 0, HEAD_BYTES)
        return self._size

    def _read(self, begin: int, end: int) -> bytes:
        found, size = read_range(self._ask, self._url, begin, end)
        if size != self._size:
            raise _fault(self._url, f"it had {self._size} bytes and has {size} now")
        return found


def _fault(url: str, why: str) -> NewsdeskError:
    return NewsdeskError(f"cannot read {url!r}: {why}".rstrip(": ")[:300])
