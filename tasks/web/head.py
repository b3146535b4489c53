"""Reads the status line and header fields of a response, with limits of our own."""

import http.client
import re
import socket
import ssl
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from schemas.items.outcome import Reason
from tasks.web.deadline import Deadline

HEAD_BYTES = 256 * 1024
"""All lines of the head and of interim heads together (docs/explanation/hostile-web.md A18); http.client alone takes
6.5 MB."""
LINE_BYTES = 64 * 1024
LINES_AT_MOST = 200
INTERIMS_AT_MOST = 10
_STATUS_LINE = re.compile(rb"HTTP/1\.[0-9] +([0-9]{3})(?:[ \t].*)?", re.DOTALL)
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_LENGTH = re.compile(r"[0-9]{1,16}")
_LENGTH_AT_MOST = 2**40
"""1 TiB: beyond it a Content-Length is no length (docs/explanation/hostile-web.md A12)."""


class Head(NamedTuple):
    """A final answer's head; field values are as sent, without the white space round them."""

    status: int
    fields: tuple[tuple[bytes, bytes], ...]

    def values(self, name: bytes) -> list[bytes]:
        """Values of the field of that lower-case name, in order."""
        return [value for key, value in self.fields if key.lower() == name]

    def first(self, name: bytes) -> str | None:
        """The first value of the field of that lower-case name; None: not sent."""
        values = self.values(name)
        return readable(values[0]) if values else None

    def stored(self) -> tuple[tuple[str, str], ...]:
        """The fields as they may be kept: no control character stands in them raw (docs/explanation/hostile-web.md
        A22)."""
        return tuple((name.decode("ascii"), readable(value)) for name, value in self.fields)


class Framing(NamedTuple):
    """Where a body ends: chunked, after `length` bytes, or (neither) where the connection does."""

    is_chunked: bool
    length: int | None


class LimitedResponse(http.client.HTTPResponse):
    """Replaces http.client's response: it reads the head with our limits and keeps it in `head`. The body is read
    directly from `fp`, past the libraries. Appends itself to `responses` when the head is complete."""

    head: Head

    def __init__(
        self,
        deadline: Deadline,
        responses: "list[LimitedResponse]",
        connected: socket.socket,
        debuglevel: int = 0,
        method: str | None = None,
    ) -> None:
        super().__init__(connected, debuglevel, method)
        self.fp.close()
        self.fp = deadline.reader(connected)
        self._deadline = deadline
        self._responses = responses
        deadline.close_at_end(self)

    def begin(self) -> None:
        """Reads the head; raises `FetchFailedError` where there is none."""
        self.head = read_head(self.fp, self._deadline)
        self._responses.append(self)
        self.code = self.status = self.head.status
        self.reason, self.version = "", 11
        self.headers = self.msg = http.client.HTTPMessage()
        self.chunked, self.length, self.will_close = False, None, True


def read_head(stream: BinaryIO, deadline: Deadline) -> Head:
    """The final head, after at most ten interim ones (100, 102, 103)."""
    lines = _lines(stream, deadline)
    for _ in range(INTERIMS_AT_MOST + 1):
        status = _status(next(lines), deadline)
        fields = _fields(lines, deadline)
        if status >= 200 or status == 101:
            return Head(status, tuple(fields))
    raise deadline.failure(Reason.BAD_HTTP, f"more than {INTERIMS_AT_MOST} interim responses")


def framing(head: Head, deadline: Deadline) -> Framing:
    """Where the body ends (RFC 9112, 6.3): chunked wins over a length; lengths that differ are refused."""
    codings = [coding for coding in _listed(head.values(b"transfer-encoding")) if coding != "identity"]
    if codings == ["chunked"]:
        return Framing(True, None)
    if codings:
        raise deadline.failure(Reason.BAD_HTTP, f"transfer coding {', '.join(codings)!r}")
    lengths = set(_listed(head.values(b"content-length")))
    if not lengths:
        return Framing(False, None)
    length = lengths.pop()
    if lengths or not _LENGTH.fullmatch(length) or int(length) > _LENGTH_AT_MOST:
        raise deadline.failure(Reason.BAD_HTTP, f"content length {length!r}" + (" and another" if lengths else ""))
    return Framing(False, int(length))


def content_codings(head: Head) -> list[str]:
    """The content codings that are named, in lower case; an empty name where one is missing."""
    values = [value for value in head.values(b"content-encoding") if value]
    return [coding for coding in _listed(values) if coding != "identity"]


def readable(value: bytes) -> str:
    """Text with control characters and line separators written as escapes, safe for terminals and logs."""
    return _UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]):02x}", value.decode("utf-8", "backslashreplace"))


def _lines(stream: BinaryIO, deadline: Deadline) -> Iterator[bytes]:
    """Lines without their ends, until the budget of bytes is used up."""
    left = HEAD_BYTES
    while True:
        deadline.is_lost = left == HEAD_BYTES
        text = _read_line(stream, min(LINE_BYTES, left) + 1, deadline)
        deadline.is_lost = deadline.is_lost and not text
        left -= len(text)
        if left < 0 or len(text) > LINE_BYTES:
            raise deadline.failure(
                Reason.BAD_HTTP, "header line too long" if left > 0 else "more than 256 KiB of headers"
            )
        if not text.endswith(b"\n"):
            raise deadline.failure(
                Reason.BAD_HTTP, "closed within the headers" if text else "closed without an answer"
            )
        yield text.rstrip(b"\r\n")


def _read_line(stream: BinaryIO, at_most: int, deadline: Deadline) -> bytes:
    try:
        text = stream.readline(at_most)
    except TimeoutError as error:
        raise deadline.failure(Reason.TIMEOUT_READ, f"no answer within {deadline.read_s:g} s") from error
    except ssl.SSLEOFError as error:
        raise deadline.failure(Reason.BAD_HTTP, "closed without an answer") from error
    except ssl.SSLError as error:
        raise deadline.failure(Reason.TLS_ERROR, (error.reason or "broken record").lower()) from error
    except OSError as error:
        said = (error.strerror or "connection lost").lower()
        raise deadline.failure(Reason.BAD_HTTP, f"{said} before the answer") from error
    deadline.check()
    return text


def _status(text: bytes, deadline: Deadline) -> int:
    match = _STATUS_LINE.fullmatch(text)
    status = int(match[1]) if match else 0
    if not 100 <= status <= 999:
        raise deadline.failure(Reason.BAD_HTTP, f"status line {readable(text[:80])!r}")
    return status


def _fields(lines: Iterator[bytes], deadline: Deadline) -> list[tuple[bytes, bytes]]:
    fields: list[tuple[bytes, bytes]] = []
    for count, text in enumerate(lines):
        if not text:
            break
        if count >= LINES_AT_MOST:
            raise deadline.failure(Reason.BAD_HTTP, f"more than {LINES_AT_MOST} header lines")
        if text[:1] in b" \t" and fields:
            name, value = fields[-1]
            fields[-1] = name, value + b" " + text.strip(b" \t")
            continue
        name, colon, value = text.partition(b":")
        if not colon or not _NAME.fullmatch(name):
            raise deadline.failure(Reason.BAD_HTTP, f"header line {readable(text[:80])!r}")
        fields.append((name, value.strip(b" \t")))
    return fields


def _listed(values: list[bytes]) -> list[str]:
    return [part.strip().lower() for value in values for part in value.decode("latin-1").split(",")]
