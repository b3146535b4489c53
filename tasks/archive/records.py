"""The WARC records of one response: the response, its request, and metadata (the link, as JSON)."""

import base64
import hashlib
import io
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from schemas.items.link import Link
from schemas.items.outcome import Reason
from schemas.items.reservation import Reservation
from tasks.pure.http.headers import Headers

MARK = "X-Crawler-"
MARKED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that no longer describe the decoded body; kept behind `MARK`, as news-crawl does."""
NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class ArchivedResponse(NamedTuple):
    """One response as it is archived; `body` is decoded, `truncated` is a value of WARC-Truncated, `reason` is the
    end of the fetch."""

    url: str
    at: datetime
    elapsed_s: float
    status: int
    headers: Headers
    request_headers: Headers
    body: bytes = b""
    truncated: str | None = None
    reason: Reason = Reason.OK
    detail: str | None = None


class Note(Link):
    """The metadata record: the link of a capture, and facts for which a response record has no field."""

    attempts: int = 1
    elapsed_s: float = 0.0
    reason: Reason = Reason.OK
    detail: str | None = None
    reserved: tuple[Reservation, ...] = ()


def written(
    capture_id: UUID, response: ArchivedResponse, link: Link, attempts: int, reserved: tuple[Reservation, ...] = ()
) -> tuple[bytes, int]:
    """Response, request and metadata, a gzip member each, the latter two pointing at the first; and how
    many bytes the first has."""
    records = io.BytesIO()
    writer = WARCWriter(records, gzip=True, warc_version="1.1")
    writer.write_record(_response(writer, capture_id, response))
    length = records.tell()
    writer.write_record(_request(writer, capture_id, response))
    writer.write_record(_metadata(writer, capture_id, response, link, attempts, reserved))
    return records.getvalue(), length


def warcinfo(name: str, at: datetime) -> bytes:
    """The first record of an exported file, dated `at` (UTC)."""
    records = io.BytesIO()
    writer = WARCWriter(records, gzip=True, warc_version="1.1")
    about = {"software": "newsdesk", "format": "WARC file version 1.1"}
    record = writer.create_warcinfo_record(name, about)
    record.rec_headers.replace_header("WARC-Date", _warc_date(at))
    writer.write_record(record)
    return records.getvalue()


def payload_digest(body: bytes) -> str:
    """`sha256:` and the digest in base 32, the form of WARC-Payload-Digest."""
    return "sha256:" + base64.b32encode(hashlib.sha256(body).digest()).decode()


def _response(writer: WARCWriter, capture_id: UUID, response: ArchivedResponse) -> ArcWarcRecord:
    kept = [(f"{MARK}{name}" if name.lower() in MARKED else name, value) for name, value in response.headers]
    kept.append(("Content-Length", str(len(response.body))))
    named = {
        "WARC-Record-ID": f"<urn:uuid:{capture_id}>",
        "WARC-Date": _warc_date(response.at),
        "WARC-Payload-Digest": payload_digest(response.body),
        **({"WARC-Truncated": response.truncated} if response.truncated else {}),
        **({"WARC-Profile": NOT_MODIFIED_PROFILE} if response.status == 304 else {}),
    }
    return writer.create_warc_record(
        response.url,
        "revisit" if response.status == 304 else "response",
        payload=io.BytesIO(response.body),
        length=len(response.body),
        http_headers=StatusAndHeaders(f"{response.status:03d} ", kept, protocol="HTTP/1.1"),
        warc_headers_dict=named,
    )


def _request(writer: WARCWriter, capture_id: UUID, response: ArchivedResponse) -> ArcWarcRecord:
    path = "/" + response.url.split("://", 1)[-1].partition("/")[2].partition("#")[0]
    return writer.create_warc_record(
        response.url,
        "request",
        payload=io.BytesIO(b""),
        length=0,
        http_headers=StatusAndHeaders(f"GET {path} HTTP/1.1", list(response.request_headers), is_http_request=True),
        warc_headers_dict={"WARC-Concurrent-To": f"<urn:uuid:{capture_id}>", "WARC-Date": _warc_date(response.at)},
    )


def _metadata(
    writer: WARCWriter,
    capture_id: UUID,
    response: ArchivedResponse,
    link: Link,
    attempts: int,
    reserved: tuple[Reservation, ...],
) -> ArcWarcRecord:
    note = Note(
        **dict(link),
        attempts=attempts,
        elapsed_s=response.elapsed_s,
        reason=response.reason,
        detail=response.detail,
        reserved=reserved,
    )
    text = note.model_dump_json(exclude=set() if reserved else {"reserved"}).encode()
    return writer.create_warc_record(
        response.url,
        "metadata",
        payload=io.BytesIO(text),
        length=len(text),
        warc_content_type="application/json",
        warc_headers_dict={"WARC-Refers-To": f"<urn:uuid:{capture_id}>", "WARC-Date": _warc_date(response.at)},
    )


def _warc_date(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
