"""One WARC record that others wrote, parsed: the one file that imports fastwarc."""

import base64
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from fastwarc.stream_io import BrotliReader, WarcReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeadersParser

from schemas.items.outcome import Refusal
from tasks.archive.formats.coded_body import plain_body
from tasks.archive.formats.protocol import ForeignPage, ForeignRecord, RevisitRecord, SkippedRecord, names_of
from tasks.archive.members import Damage, Member
from tasks.archive.uncompressed import BLANK, TRAILER, plain_records
from tasks.pure.http.headers import PAGE_TYPES, Headers, content_type

_HTTP = ("http://", "https://")
_HTML = frozenset({None, "text/html", "application/xhtml+xml"})
_SITE_FILE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,500}>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>]{0,500}>\s*){0,9}"
    rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
"""Feeds, sitemaps and lists of feeds. Many come as XML of no stated kind."""
_STATUS = re.compile(r"HTTP[/ ]?(?:\d(?:\.\d)?)?\s*([1-9]\d\d)(?:\s|$)", re.IGNORECASE)
"""Old servers left out the version, or the blank behind it: `HTTP 200 Document follows`, `HTTP/1.0200 OK`."""
_HEAD_BYTES_AT_MOST = 256 * 1024
"""As of a response that is fetched."""
_INTERIM = range(100, 200)
_DATE_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_ANSWERS = (WarcRecordType.response, WarcRecordType.revisit)
_PAGE = frozenset({200})
_REVISITED = frozenset({200, 304, ""})
"""Status of a revisit of a page; it is empty where the record says nothing but its target."""
_SHORT_DATES = {4: "-01-01", 7: "-01"}
"""Characters of a date without day or month (WARC 1.1, 5.4), and what is read for them."""
_UNREADABLE = (OSError, ValueError, ImportError, RuntimeError)
"""What fastwarc raises for a record that it cannot parse."""


def read_warc_record(member: Member) -> ForeignRecord:
    """What one WARC record says, for every format whose records are WARC: a page is a response with status 200 and
    a media type that a fetch takes for a page, but for robots.txt, feeds and sitemaps. A revisit may be of a page
    where its headers do not say otherwise. A record whose stated length is wrong, or that cannot be parsed or
    decoded, is damage."""
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(member.content), parse_http=False, quirks_mode=True)))
        blank = BLANK.search(member.content)
        there = len(member.content) - blank.end() if blank else 0
        trailer = member.content[-max(there - record.content_length, 0) :] if there > record.content_length else b""
        if there < record.content_length or not TRAILER.fullmatch(trailer):
            return Damage(member.offset, f"the record says {record.content_length} bytes and has {there}")
        return _parsed(record, member)
    except (StopIteration, *_UNREADABLE) as error:
        return Damage(member.offset, f"no WARC record: {error}"[:200])


def read_warc_member(member: Member) -> Iterator[ForeignRecord]:
    """What a compressed member says: one record, as WARC asks, or several where somebody compressed the whole file at
    once. Each of these then has the member's place, and is told from the others by its digest."""
    only = read_warc_record(member)
    content = io.BytesIO(member.content)
    first = next(plain_records(content, 0, 1), None) if isinstance(only, Damage) else None
    if not isinstance(first, Member) or first.length == len(member.content):
        yield only
        return
    for each in plain_records(content, 0, len(member.content)):
        if isinstance(each, Damage):
            yield Damage(member.offset, f"{each.why}, at byte {each.offset} of what the compressed bytes hold")
        else:
            yield read_warc_record(Member(member.offset, member.length, each.content))


def unpack_zstd(frame: bytes, at_most: int) -> bytes:
    """At most so many bytes of what a Zstandard frame holds. Raises OSError where it is cut off, damaged, or made
    with a dictionary."""
    return _READERS["zstd"](frame, at_most)


def _parsed(record: WarcRecord, member: Member) -> ForeignRecord:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    if record.record_type not in _ANSWERS or not url.startswith(_HTTP):
        return SkippedRecord(member.offset)
    block: bytes = record.reader.read()
    status, headers, begin = _http_head(block[:_HEAD_BYTES_AT_MOST])
    is_revisit = record.record_type == WarcRecordType.revisit
    if isinstance(status, str) and (block or not is_revisit):
        return Damage(member.offset, f"no HTTP status in {status[:60]!r}")
    if begin == _HEAD_BYTES_AT_MOST < len(block):
        return Damage(member.offset, f"HTTP headers of more than {_HEAD_BYTES_AT_MOST >> 10} KiB")
    at = _date(record.headers.get("WARC-Date"))
    media_type, _ = content_type(headers)
    is_page = media_type in PAGE_TYPES and not url.endswith("/robots.txt")
    if not is_page or status not in (_REVISITED if is_revisit else _PAGE):
        return _skipped(record, url, at, _digest(record), member)
    if at is None:
        return Damage(member.offset, f"the record has no date: {record.headers.get('WARC-Date')!r}"[:200])
    if is_revisit:
        return _revisit(record, url, at, headers, status == 304, member.offset)
    return _page(record, url, at, headers, block[begin:], member)


def _page(record: WarcRecord, url: str, at: datetime, headers: Headers, sent: bytes, member: Member) -> ForeignRecord:
    if record.headers.get("WARC-Segment-Number"):
        return Damage(member.offset, "a page in several records (WARC-Segment-Number), which are not put together")
    body = plain_body(sent, headers, _READERS)
    if isinstance(body, Refusal):
        return Damage(member.offset, f"{body.reason}: {body.detail}"[:200])
    # A revisit names its target by a digest that not every crawler writes into the target's record.
    digest = (
        _digest(record) or f"sha1:{base64.b32encode(hashlib.sha1(sent, usedforsecurity=False).digest()).decode()}"
    )
    if content_type(headers)[0] not in _HTML and _SITE_FILE.match(body):
        return _skipped(record, url, at, digest, member)
    return ForeignPage(
        capture_id=_id(record, url, at),
        url=url,
        at=at,
        status=200,
        headers=headers,
        body=body,
        offset=member.offset,
        length=member.length,
        payload_digest=digest,
    )


def _revisit(
    record: WarcRecord, url: str, at: datetime, headers: Headers, is_304: bool, offset: int
) -> RevisitRecord:
    named = record.headers.get
    profile = (named("WARC-Profile") or "").strip("<>").lower()
    target_url = (named("WARC-Refers-To-Target-URI") or "").strip("<>") or None
    return RevisitRecord(
        capture_id=_id(record, url, at),
        url=url,
        at=at,
        headers=headers,
        offset=offset,
        is_not_modified=is_304 or profile.endswith("server-not-modified"),
        target_id=_uuid(named("WARC-Refers-To")),
        target_url=target_url,
        target_at=_date(named("WARC-Refers-To-Date")),
        payload_digest=_digest(record),
    )


def _skipped(record: WarcRecord, url: str, at: datetime | None, digest: str | None, member: Member) -> SkippedRecord:
    names = names_of(_id(record, url, at), url, at, digest)
    return SkippedRecord(member.offset, (*names, (url,)))


def _digest(record: WarcRecord) -> str | None:
    return (record.headers.get("WARC-Payload-Digest") or "").strip() or None


def _http_head(block: bytes) -> tuple[int | str, Headers, int]:
    """Status and headers of the final response, and where its body begins; where the first line has no status, that
    line."""
    lines = io.BytesIO(block)
    while True:
        try:
            head = StatusAndHeadersParser([], verify=False).parse(lines)
        except EOFError:
            return "", (), 0
        line = f"{head.protocol} {head.statusline}".strip()
        status = int(match[1]) if (match := _STATUS.match(line)) else line
        if status not in _INTERIM:
            return status, tuple((str(name), str(value)) for name, value in head.headers), lines.tell()


def _date(said: str | None) -> datetime | None:
    """A date of a WARC header in UTC; None: there is none, or one that no calendar has. A file of 2009 may have the
    offset of a time zone, or digits alone."""
    text = (said or "").strip()
    text = _DATE_DIGITS.sub(r"\1-\2-\3T\4:\5:\6", text) + _SHORT_DATES.get(len(text), "")
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _id(record: WarcRecord, url: str, at: datetime | None) -> UUID:
    """The record's own id, where it is a UUID."""
    own = record.record_id
    return _uuid(own) or uuid5(NAMESPACE_URL, f"{own} {url} {at.isoformat() if at else ''}")


def _uuid(said: str | None) -> UUID | None:
    try:
        return UUID((said or "").strip().strip("<>").removeprefix("urn:uuid:"))
    except ValueError:
        return None


def _reader(open_stream: Callable[[io.BytesIO], WarcReader]) -> Callable[[bytes, int], bytes]:
    """A reader of one coding: at most so many bytes of what the coded body holds. fastwarc decodes a whole body in
    one call without a bound, and ends an archive at the first record that is chunked and coded; so it gets one body
    at a time, in pieces."""

    def read(coded: bytes, at_most: int) -> bytes:
        stream, decoded = open_stream(io.BytesIO(coded)), bytearray()
        while len(decoded) < at_most and (piece := stream.read(min(at_most - len(decoded), 1 << 20))):
            decoded += piece
        return bytes(decoded)

    return read


_READERS = {"br": _reader(BrotliReader), "zstd": _reader(ZstdReader)}
