"""Our own segments read back into captures, every record of them verified."""

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from pydantic import ValidationError
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import Link
from tasks.archive.members import Damage, Member, members
from tasks.archive.records import MARK, Note, payload_digest
from tasks.pure.http.headers import Headers, content_type, header
from tasks.pure.http.reserved_rights import joined

UNFINISHED = ".open"
_BLANK = b"\r\n\r\n"
_TRAILER = 4


class StoredCapture(NamedTuple):
    """One capture as its segment holds it: response, request and metadata stand together in
    [capture.warc.offset, end)."""

    capture: Capture
    note: Note
    body: bytes
    end: int


class _Record(NamedTuple):
    member: Member
    kind: str
    about: str | None
    record: ArcWarcRecord
    body: bytes


def run_of(name: str) -> tuple[str, str]:
    """The run and the first digits of the batch that a segment's name holds."""
    run_id, batch, _ = name.rpartition("/")[2].removesuffix(UNFINISHED).removesuffix(".warc.gz").rsplit("-", 2)
    return run_id, batch


def read_back(path: Path, name: str) -> Iterator[StoredCapture | Damage]:
    """The captures of the segment, oldest first, and its damaged records. `name` is its path below the
    archive. Everything is verified: each record's length, its digest, and that a response is followed by
    its metadata."""
    response: _Record | None = None
    with path.open("rb") as file:
        for found in members(file):
            one = _verified(found) if isinstance(found, Member) else found
            if isinstance(one, Damage):
                yield one
            elif one.kind in ("response", "revisit"):
                if response:
                    yield Damage(response.member.offset, "a response without its metadata")
                response = one
            elif one.kind == "metadata" and response and one.about == response.record.rec_headers["WARC-Record-ID"]:
                yield _kept(response, one, name)
                response = None
    if response:
        yield Damage(response.member.offset, "a response without its metadata", is_tail=True)


def _verified(member: Member) -> _Record | Damage:
    _, blank, rest = member.content.partition(_BLANK)
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(member.content), check_digests=True)))
        body = record.content_stream().read()
    except (StopIteration, ArchiveLoadFailed, ValueError) as error:
        return Damage(member.offset, f"no WARC record: {error}")
    stated, there = record.rec_headers.get_header("Content-Length"), len(rest) - _TRAILER
    if not blank or stated != str(there) or not rest.endswith(_BLANK):
        return Damage(member.offset, f"the record says {stated} bytes and has {there}")
    if not _is_intact(record, body):
        return Damage(member.offset, "the digest differs")
    about = record.rec_headers.get_header("WARC-Refers-To")
    return _Record(member, record.rec_headers.get_header("WARC-Type"), about, record, body)


def _is_intact(record: ArcWarcRecord, body: bytes) -> bool:
    """warcio does not check the digest of a revisit record, and reports `None` for a record without one."""
    if record.rec_headers.get_header("WARC-Type") == "revisit":
        return bool(record.rec_headers.get_header("WARC-Payload-Digest") == payload_digest(body))
    return record.digest_checker.passed is True


def _kept(response: _Record, metadata: _Record, name: str) -> StoredCapture | Damage:
    try:
        note = Note.model_validate_json(metadata.body)
    except ValidationError as error:
        return Damage(metadata.member.offset, f"metadata without a link: {error.error_count()} faults")
    member, head = response.member, response.record.rec_headers
    headers = _headers(response.record)
    media_type, charset = content_type(headers)
    capture = Capture(
        capture_id=UUID(head["WARC-Record-ID"].removeprefix("<urn:uuid:").removesuffix(">")),
        run_id=run_of(name)[0],
        link=Link.model_validate(note.model_dump()),
        final_url=head["WARC-Target-URI"],
        status=int(response.record.http_headers.get_statuscode()),
        media_type=media_type,
        charset=charset,
        etag=header(headers, "etag"),
        last_modified=header(headers, "last-modified"),
        policies=joined(headers, note.reserved),
        policy_evidence=tuple(each.evidence for each in note.reserved),
        fetched_at=datetime.fromisoformat(head["WARC-Date"]),
        elapsed_s=note.elapsed_s,
        attempts=note.attempts,
        body_bytes=len(response.body),
        warc=WarcPointer(file=name, offset=member.offset, length=member.length, digest=head["WARC-Payload-Digest"]),
    )
    return StoredCapture(capture, note, response.body, metadata.member.offset + metadata.member.length)


def _headers(record: ArcWarcRecord) -> Headers:
    """The headers as they were sent."""
    return tuple((name.removeprefix(MARK), value) for name, value in record.http_headers.headers)
