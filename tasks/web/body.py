"""Reads the body of a response piece by piece, so that no response needs more memory than its limit."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from schemas.items.outcome import Reason
from tasks.web.content_coding import PIECE_BYTES, Decoding
from tasks.web.deadline import Deadline
from tasks.web.head import Head, content_codings, framing

PARTIAL = 206
WIRE_SLACK_BYTES = 1024 * 1024
"""Compressed bytes beyond the cap of decoded ones; more is a body of empty blocks."""
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?\r?\n", re.DOTALL)
_CHUNK_LINE_BYTES = 4096
_TRAILERS_AT_MOST = 100
_MARKUP = re.compile(r"html|xml|rss|atom|json|text/plain")


@dataclass
class Body:
    """A body as far as it was read. `notes`: harmless oddities of the response."""

    kept: io.BytesIO = field(default_factory=io.BytesIO)
    wire_bytes: int = 0
    is_over: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def note(self) -> str | None:
        """The notes as one text; None: there are none."""
        return "; ".join(self.notes) or None


def read_body(stream: BinaryIO, head: Head, cap: int, deadline: Deadline, body: Body) -> None:
    """Fills `body` with at most `cap` decoded bytes; where there are more, sets `is_over` and stops.
    Raises `FetchFailedError` where the body is not whole; what came before is kept."""
    coding = _only_coding(head, deadline)
    wire = _counted(_wire(stream, head, deadline, body), cap, deadline, body)
    decoding = Decoding(deadline)
    for piece in decoding.pieces(wire, coding, head.status != PARTIAL and _is_markup(head)):
        room = cap - body.kept.tell()
        body.kept.write(piece[:room])
        body.is_over = body.is_over or len(piece) > room
        if body.is_over:
            return
        deadline.check()
    body.notes += decoding.notes


def _only_coding(head: Head, deadline: Deadline) -> str | None:
    """`gzip`, `deflate` or None; any other, or more than one, is refused (docs/explanation/hostile-web.md B02, B03,
    B10)."""
    codings = [coding.removeprefix("x-") for coding in content_codings(head)]
    if not codings:
        return None
    if len(codings) > 1 or codings[0] not in ("gzip", "deflate"):
        raise deadline.failure(Reason.BAD_ENCODING, f"content coding {', '.join(codings)!r}")
    return codings[0]


def _is_markup(head: Head) -> bool:
    return _MARKUP.search((head.first(b"content-type") or "").lower()) is not None


def _counted(pieces: Iterator[bytes], cap: int, deadline: Deadline, body: Body) -> Iterator[bytes]:
    for piece in pieces:
        body.wire_bytes += len(piece)
        if body.wire_bytes > cap + WIRE_SLACK_BYTES:
            raise deadline.failure(Reason.TOO_LARGE, f"over {body.wire_bytes} bytes of coding")
        yield piece


def _wire(stream: BinaryIO, head: Head, deadline: Deadline, body: Body) -> Iterator[bytes]:
    is_chunked, length = framing(head, deadline)
    if not is_chunked:
        return _to_the_end(stream, deadline) if length is None else _announced(stream, length, deadline, body)
    if head.values(b"content-length"):
        body.notes.append("chunks beside a length")
    return _chunks(stream, deadline)


def _to_the_end(stream: BinaryIO, deadline: Deadline) -> Iterator[bytes]:
    while piece := _some(stream, PIECE_BYTES, deadline):
        yield piece


def _announced(stream: BinaryIO, length: int, deadline: Deadline, body: Body) -> Iterator[bytes]:
    """The announced bytes. Bytes behind them belong to another response, or to none
    (docs/explanation/hostile-web.md A11, A21)."""
    left = length
    while left:
        piece = _some(stream, left + 1, deadline)
        if not piece:
            raise deadline.failure(Reason.INCOMPLETE_BODY, f"{length - left} of {length} bytes")
        if len(piece) > left:
            body.notes.append("bytes behind the announced length")
        yield piece[:left]
        left -= min(len(piece), left)


def _exactly(stream: BinaryIO, length: int, deadline: Deadline) -> Iterator[bytes]:
    left = length
    while left:
        piece = _some(stream, left, deadline)
        if not piece:
            raise deadline.failure(Reason.INCOMPLETE_BODY, f"{length - left} of {length} bytes")
        left -= len(piece)
        yield piece


def _chunks(stream: BinaryIO, deadline: Deadline) -> Iterator[bytes]:
    while size := _chunk_size(stream, deadline):
        yield from _exactly(stream, size, deadline)
        if _take(stream.readline, _CHUNK_LINE_BYTES, deadline) not in (b"\r\n", b"\n"):
            raise deadline.failure(Reason.INCOMPLETE_BODY, "a chunk does not end where it says")
    for _ in range(_TRAILERS_AT_MOST):
        if _take(stream.readline, _CHUNK_LINE_BYTES, deadline) in (b"\r\n", b"\n", b""):
            return
    raise deadline.failure(Reason.INCOMPLETE_BODY, "no end of trailers")


def _chunk_size(stream: BinaryIO, deadline: Deadline) -> int:
    text = _take(stream.readline, _CHUNK_LINE_BYTES, deadline)
    match = _CHUNK_SIZE.fullmatch(text)
    if not match:
        raise deadline.failure(Reason.INCOMPLETE_BODY, "bad chunk size" if text else "no last chunk")
    return int(match[1], 16)


def _some(stream: BinaryIO, at_most: int, deadline: Deadline) -> bytes:
    return _take(stream.read1, min(at_most, PIECE_BYTES), deadline)  # type: ignore[attr-defined]  # a BufferedReader


def _take(read: Callable[[int], bytes], at_most: int, deadline: Deadline) -> bytes:
    try:
        piece = read(at_most)
    except TimeoutError as error:
        raise deadline.failure(Reason.TIMEOUT_READ, f"no more of the body within {deadline.read_s:g} s") from error
    except OSError as error:
        raise deadline.failure(Reason.INCOMPLETE_BODY, (error.strerror or "connection lost").lower()) from error
    deadline.check()
    return piece
