"""Foreign WARC files, on this disk, in an object store or behind HTTP: the one file that imports fastwarc."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

import fsspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from schemas.errors import BadRecordError, NewsdeskError
from schemas.items.capture import WarcPointer
from tasks.archive.members import Damage, Member, members, next_start
from tasks.archive.object_store import store_options
from tasks.archive.records import payload_digest
from tasks.archive.uncompressed import plain_records, plain_start
from tasks.pure.http.headers import Headers, content_type, header
from tasks.web.ranges import Ask, open_ranges, read_range

_GZIP = b"\x1f\x8b"
_PAGE_TYPES = frozenset({None, "text/html", "application/xhtml+xml"})
_TRAILER = 4
_HTTP = ("http://", "https://")
_BLOCK_BYTES = 4 * 1024 * 1024
_UNREADABLE = (OSError, ValueError, ImportError, RuntimeError)
"""What file systems raise."""


class ForeignPage(NamedTuple):
    """A captured page in somebody else's archive; `body` is decoded, `at` is UTC."""

    capture_id: UUID
    url: str
    at: datetime
    status: int
    headers: Headers
    body: bytes
    offset: int
    length: int


class SkippedRecord(NamedTuple):
    """A record that is no page: passed over by its headers."""

    offset: int


def url_of(name: str) -> str:
    """The URL of a file as a person names it."""
    return name if "://" in name else Path(name).resolve().as_uri()


def size_of(url: str, ask: Ask | None = None) -> int:
    """Bytes of the file; raises `NewsdeskError` where there is none, or it cannot be read.
    `ask` asks for a file behind HTTP."""
    with _opened(url, ask) as file:
        return file.seek(0, io.SEEK_END)


def read_pages(
    url: str, begin: int, end: int, ask: Ask | None = None
) -> Iterator[ForeignPage | SkippedRecord | Damage]:
    """The records of the file that begin in [begin, end), in its order; damage is told and passed over.
    A range may begin anywhere: its first record is the first that begins there or behind."""
    with _opened(url, ask) as file:
        is_gzip = file.read(2) == _GZIP
        start = begin if begin == 0 else (next_start if is_gzip else plain_start)(file, begin)
        if start is None or start >= end:
            return
        for found in members(file, start, end) if is_gzip else plain_records(file, start, end):
            yield _read(found) if isinstance(found, Member) else found


def read_foreign(pointer: WarcPointer, ask: Ask | None = None) -> bytes:
    """The decoded body of a capture in a foreign file; raises `BadRecordError` where it is gone or changed."""
    found = _read(Member(pointer.offset, pointer.length, _content(_part(pointer, ask))))
    if not isinstance(found, ForeignPage) or payload_digest(found.body) != pointer.digest:
        raise BadRecordError(f"the record at {pointer.offset} of {pointer.file!r} is not the one that was captured")
    return found.body


def _part(pointer: WarcPointer, ask: Ask | None) -> bytes:
    if ask and pointer.file.startswith(_HTTP):
        return read_range(ask, pointer.file, pointer.offset, pointer.offset + pointer.length)[0]
    with _opened(pointer.file, ask) as file:
        file.seek(pointer.offset)
        return file.read(pointer.length)


def _content(record: bytes) -> bytes:
    found = next(members(io.BytesIO(record)), None) if record.startswith(_GZIP) else Member(0, len(record), record)
    return found.content if isinstance(found, Member) else b""


def _read(member: Member) -> ForeignPage | SkippedRecord | Damage:
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(member.content), parse_http=False)))
        there = len(member.content) - member.content.find(b"\r\n\r\n") - 2 * _TRAILER
        if record.content_length != there:
            return Damage(member.offset, f"the record says {record.content_length} bytes and has {there}")
        return _page(record, member)
    except (StopIteration, *_UNREADABLE) as error:
        return Damage(member.offset, f"no WARC record: {error}"[:200])


def _page(record: WarcRecord, member: Member) -> ForeignPage | SkippedRecord | Damage:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    if record.record_type != WarcRecordType.response or not url.startswith(_HTTP):
        return SkippedRecord(member.offset)
    record.parse_http(auto_decode="none")
    http: Any = record.http_headers
    headers = tuple((str(name), str(value)) for name, value in http.astuples()) if http else ()
    media_type, _ = content_type(headers)
    if http is None or http.status_code != 200 or media_type not in _PAGE_TYPES:
        return SkippedRecord(member.offset)
    if record.record_date is None:
        return Damage(member.offset, "the record has no date")
    return ForeignPage(
        capture_id=_id(record.record_id, url, record.record_date),
        url=url,
        at=record.record_date,
        status=http.status_code,
        headers=headers,
        body=_body(record, member, headers),
        offset=member.offset,
        length=member.length,
    )


def _id(record_id: str | None, url: str, at: datetime) -> UUID:
    """The record's own id, where it is a UUID."""
    try:
        return UUID((record_id or "").strip("<>").removeprefix("urn:uuid:"))
    except ValueError:
        return uuid5(NAMESPACE_URL, f"{record_id} {url} {at.isoformat()}")


def _body(record: WarcRecord, member: Member, headers: Headers) -> bytes:
    """Decoded as the headers say; as it is, where the archive decoded it and left them (as many do)."""
    raw: bytes = record.reader.read()
    if not (header(headers, "content-encoding") or header(headers, "transfer-encoding")):
        return raw
    again = next(iter(ArchiveIterator(io.BytesIO(member.content), parse_http=False)))
    try:
        again.parse_http(auto_decode="all")
        return bytes(again.reader.read()) or raw
    except OSError:
        return raw


@contextmanager
def _opened(url: str, ask: Ask | None) -> Iterator[BinaryIO]:
    """The file, to be read from anywhere."""
    try:
        with _file(url, ask) as file:
            yield file
    except _UNREADABLE as error:
        raise NewsdeskError(f"cannot read {url!r}: {type(error).__name__}: {error}"[:300]) from error


def _file(url: str, ask: Ask | None) -> Any:
    """A file behind HTTP is asked for under our own guard, never by fsspec. Other kinds of URL, and URLs that
    hide one in another, are refused: fsspec would open them."""
    scheme = url.partition("://")[0]
    if url.startswith(_HTTP):
        if ask is None:
            raise NewsdeskError(f"{url!r} is behind HTTP, and nothing here may ask for it")
        return open_ranges(ask, url)
    if scheme not in ("file", "s3"):
        raise NewsdeskError(f"cannot read {url!r}: a WARC file is a path, or begins with file, s3, http or https")
    if scheme == "s3":
        return fsspec.open(url, "rb", default_block_size=_BLOCK_BYTES, **store_options())
    return Path(unquote(urlsplit(url).path)).open("rb")
