"""One WARC record that others wrote, parsed: the one file that imports fastwarc."""

import io
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tasks.archive.formats.protocol import ForeignPage, ForeignRecord, SkippedRecord
from tasks.archive.members import Damage, Member
from tasks.pure.http.headers import Headers, content_type, header

_PAGE_TYPES = frozenset({None, "text/html", "application/xhtml+xml"})
_TRAILER = 4
_HTTP = ("http://", "https://")
_UNREADABLE = (OSError, ValueError, ImportError, RuntimeError)
"""What fastwarc raises for a record that it cannot parse."""


def read_warc_record(member: Member) -> ForeignRecord:
    """What one WARC record says, for every format whose records are WARC: a page is a response with status 200 and
    the media type of HTML, or none. A record whose stated length is wrong, or that cannot be parsed, is damage."""
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(member.content), parse_http=False)))
        there = len(member.content) - member.content.find(b"\r\n\r\n") - 2 * _TRAILER
        if record.content_length != there:
            return Damage(member.offset, f"the record says {record.content_length} bytes and has {there}")
        return _page(record, member)
    except (StopIteration, *_UNREADABLE) as error:
        return Damage(member.offset, f"no WARC record: {error}"[:200])


def _page(record: WarcRecord, member: Member) -> ForeignRecord:
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
    """Decoded as the headers say; unchanged where the archive stored it decoded and kept the headers (many do)."""
    raw: bytes = record.reader.read()
    if not (header(headers, "content-encoding") or header(headers, "transfer-encoding")):
        return raw
    again = next(iter(ArchiveIterator(io.BytesIO(member.content), parse_http=False)))
    try:
        again.parse_http(auto_decode="all")
        return bytes(again.reader.read()) or raw
    except OSError:
        return raw
