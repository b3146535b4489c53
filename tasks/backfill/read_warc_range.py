"""Reads one range of somebody else's WARC file: its pages become captures that point into the file."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol
from uuid import UUID

from schemas.errors import NewsdeskError
from schemas.items.capture import Capture, WarcPointer
from schemas.items.finding import Finding, Severity
from schemas.items.link import Link
from schemas.items.outcome import Outcome, Reason, Refusal, Stage, end_of
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin, Chunk
from schemas.runs.batch import Batch, BatchLedger
from schemas.runs.run import StageCount
from tasks.archive.foreign import read_pages, size_of, url_of
from tasks.archive.formats.protocol import ForeignPage, ForeignRecord, RevisitRecord, SkippedRecord
from tasks.archive.members import Damage
from tasks.archive.payloads import Payload, Payloads
from tasks.archive.records import payload_digest
from tasks.pure.backfill.chunks import Owners
from tasks.pure.http.headers import content_type, header
from tasks.run.kit_parts import ForeignKit, RunKit, WarehouseKit
from warehouse.lookups.backfill_plans import captures_named, known_captures

HELD_BYTES = 96 * 1024 * 1024
"""Bytes of bodies kept in memory, so that a page is read once. A range of 32 MiB of a news crawl has about as many;
further bodies are read from the file again."""
_ONE_AT_A_TIME = threading.Lock()
"""Two ranges read at once take as long as one after the other, and the cage would wait until both are read."""


class RangeKit(ForeignKit, RunKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


class RangeCaptures(NamedTuple):
    """The captures of a range, and the decoded bodies of as many of them as are held, by capture."""

    batch: Batch[Capture]
    bodies: dict[UUID, bytes]


@dataclass
class _RangeRead:
    """What was read of a range so far. `revisits`: those of wanted pages, with the page's source. `room`: bytes of
    bodies that may still be held."""

    captures: list[Capture] = field(default_factory=list)
    revisits: list[tuple[RevisitRecord, str]] = field(default_factory=list)
    dropped: list[Outcome] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    bodies: dict[UUID, bytes] = field(default_factory=dict)
    room: int = HELD_BYTES


def read_warc_range(
    kit: RangeKit, wanted: BackfillOptions, chunk: Chunk, owners: Owners, payloads: Payloads | None = None
) -> RangeCaptures:
    """The pages of wanted sources and days, as captures that point into the file. A revisit becomes a capture that
    points at the record to which it refers; `payloads` has the records that the backfill has read before. A damaged
    record, or a revisit whose target is not at hand, becomes the outcome `bad_record` with its offset; a record that
    is no page, not wanted, or known is skipped. Where the file becomes unreadable, the captures before that place are
    kept and the chunk stays open."""
    started = time.monotonic()
    with _ONE_AT_A_TIME:
        read = _read(kit, wanted, chunk, owners, payloads if payloads is not None else Payloads())
    kept = _unknown(kit, read.captures)
    count = StageCount(
        stage=Stage.FETCH,
        taken=len(kept) + len(read.dropped),
        kept=len(kept),
        dropped=len(read.dropped),
        seconds=time.monotonic() - started,
    )
    batch = Batch[Capture](
        batch_id=chunk.batch_id,
        run_id=kit.run_id,
        kept=kept,
        dropped=tuple(read.dropped),
        ledger=BatchLedger(captures=kept, requests=kit.foreign_client.requests(), findings=tuple(read.findings)),
        counts=(count,),
    )
    bodies = {each.capture_id: read.bodies[each.capture_id] for each in kept if each.capture_id in read.bodies}
    return RangeCaptures(batch, bodies)


def _read(kit: RangeKit, wanted: BackfillOptions, chunk: Chunk, owners: Owners, payloads: Payloads) -> _RangeRead:
    assert chunk.file is not None
    file, begin, end = chunk.file, chunk.first_byte or 0, chunk.end_byte or 0
    read = _RangeRead()
    for each in _records(kit, file, begin, end, owners, payloads):
        if isinstance(each, Damage):
            refusal = Refusal(reason=Reason.BAD_RECORD, detail=f"offset {each.offset}: {each.why}")
            read.dropped.append(_dropped(kit, wanted, file, each.offset, refusal))
        elif isinstance(each, Refusal):
            _interrupted(kit, wanted, chunk, each, read)
        elif isinstance(each, ForeignPage) and (slug := _owner(wanted, owners, each)):
            read.captures.append(_capture(kit, file, each, slug))
            if len(each.body) <= read.room:
                read.bodies[each.capture_id] = each.body
                read.room -= len(each.body)
        elif isinstance(each, RevisitRecord) and (slug := _owner(wanted, owners, each)):
            read.revisits.append((each, slug))
    _follow(kit, wanted, chunk, owners, payloads, read)
    return read


def _follow(
    kit: RangeKit, wanted: BackfillOptions, chunk: Chunk, owners: Owners, payloads: Payloads, read: _RangeRead
) -> None:
    """Turns the revisits into captures. A target is looked up among the records that this process has read, then in
    the warehouse, then in what lies before the range: another process may have read that."""
    assert chunk.file is not None
    left = _repeated(kit, chunk.file, read.revisits, payloads, read)
    if left:
        for capture in captures_named(
            kit.warehouse,
            {revisit.target_id for revisit, _ in left if revisit.target_id},
            {(revisit.target_url or revisit.url, revisit.target_at) for revisit, _ in left if revisit.target_at},
        ):
            payloads.know(capture)
        left = _repeated(kit, chunk.file, left, payloads, read)
    if left:
        refusals = list(_before(kit, wanted, chunk, owners, payloads))
        for refusal in refusals:
            _interrupted(kit, wanted, chunk, refusal, read)
        left = _repeated(kit, chunk.file, left, payloads, read)
        left = [] if refusals else left  # The chunk stays open: they are looked up again.
    for revisit, _ in left:
        detail = f"offset {revisit.offset}: a revisit of {revisit.url} whose target is not in this file or one before"
        refusal = Refusal(reason=Reason.BAD_RECORD, detail=detail[:300])
        read.dropped.append(_dropped(kit, wanted, chunk.file, revisit.offset, refusal))


def _repeated(
    kit: RangeKit, file: str, revisits: Sequence[tuple[RevisitRecord, str]], payloads: Payloads, read: _RangeRead
) -> list[tuple[RevisitRecord, str]]:
    """Adds the captures of revisits whose target is known; returns the others. What is no page is left out."""
    held = {capture.warc: capture.capture_id for capture in read.captures if capture.capture_id in read.bodies}
    left: list[tuple[RevisitRecord, str]] = []
    for revisit, slug in revisits:
        payload = payloads.find(revisit)
        if payload is None:
            left.append((revisit, slug))
        elif payload.pointer:
            payloads.repeat(revisit, payload)
            read.captures.append(_capture_again(kit, file, revisit, slug, payload, payload.pointer))
            if payload.pointer in held:
                read.bodies[revisit.capture_id] = read.bodies[held[payload.pointer]]
    return left


def _before(
    kit: RangeKit, wanted: BackfillOptions, chunk: Chunk, owners: Owners, payloads: Payloads
) -> Iterator[Refusal]:
    """Reads what lies before the range, in its file and in the files named before it, as far as `payloads` does not
    have it. Yields why a file cannot be read."""
    assert chunk.file is not None
    files = [url_of(name) for name in wanted.inputs] if wanted.ground is BackfillOrigin.WARC else []
    earlier = files[: files.index(chunk.file)] if chunk.file in files else []
    for file in earlier:
        if file not in payloads.whole:
            refusals = list(_caught_up(kit, file, None, owners, payloads))
            yield from refusals
            payloads.whole |= set() if refusals else {file}
    yield from _caught_up(kit, chunk.file, chunk.first_byte or 0, owners, payloads)


def _caught_up(kit: RangeKit, file: str, until: int | None, owners: Owners, payloads: Payloads) -> Iterator[Refusal]:
    try:
        end = size_of(file, kit.foreign_client.range_of) if until is None else until
    except NewsdeskError as error:
        yield Refusal(reason=Reason.INTERRUPTED, detail=str(error))
        return
    if unread := payloads.unread(file, end):
        found = _records(kit, file, *unread, owners, payloads)
        yield from (each for each in found if isinstance(each, Refusal))


def _interrupted(kit: RangeKit, wanted: BackfillOptions, chunk: Chunk, refusal: Refusal, read: _RangeRead) -> None:
    assert chunk.file is not None
    read.dropped.append(_dropped(kit, wanted, chunk.file, chunk.first_byte or 0, refusal))
    read.findings.append(_finding(kit, chunk, refusal))


def _owner(wanted: BackfillOptions, owners: Owners, page: ForeignPage | RevisitRecord) -> str | None:
    return owners.slug(page.url) if wanted.covers(page.at) else None


def _unknown(kit: RangeKit, captures: Sequence[Capture]) -> tuple[Capture, ...]:
    known = known_captures(kit.warehouse, {capture.capture_id for capture in captures})
    return tuple({each.capture_id: each for each in captures if each.capture_id not in known}.values())


def _capture(kit: RangeKit, file: str, page: ForeignPage, slug: str) -> Capture:
    media_type, charset = content_type(page.headers)
    return Capture(
        capture_id=page.capture_id,
        run_id=kit.run_id,
        link=Link(url=page.url, source=slug, found_in=file, found_at=kit.at()),
        final_url=page.url,
        status=page.status,
        media_type=media_type,
        charset=charset,
        etag=header(page.headers, "etag"),
        last_modified=header(page.headers, "last-modified"),
        fetched_at=page.at,
        elapsed_s=0.0,
        attempts=0,
        body_bytes=len(page.body),
        warc=WarcPointer(file=file, offset=page.offset, length=page.length, digest=payload_digest(page.body)),
    )


def _capture_again(
    kit: RangeKit, file: str, revisit: RevisitRecord, slug: str, payload: Payload, pointer: WarcPointer
) -> Capture:
    """The page answered with the payload again. What the revisit's own headers do not say is as it was then."""
    media_type, charset = content_type(revisit.headers)
    return Capture(
        capture_id=revisit.capture_id,
        run_id=kit.run_id,
        link=Link(url=revisit.url, source=slug, found_in=file, found_at=kit.at()),
        final_url=revisit.url,
        status=200,
        media_type=media_type or payload.media_type,
        charset=charset or payload.charset,
        etag=header(revisit.headers, "etag"),
        last_modified=header(revisit.headers, "last-modified"),
        fetched_at=revisit.at,
        elapsed_s=0.0,
        attempts=0,
        body_bytes=payload.body_bytes,
        warc=pointer,
    )


def _records(
    kit: RangeKit, file: str, begin: int, end: int, owners: Owners, payloads: Payloads
) -> Iterator[ForeignRecord | Refusal]:
    """The records of the range, their payloads noted; where the file becomes unreadable, the last item is the
    reason."""
    try:
        for record in read_pages(file, begin, end, kit.foreign_client.range_of):
            if isinstance(record, SkippedRecord) or (isinstance(record, ForeignPage) and owners.slug(record.url)):
                payloads.remember(file, record)
            yield record
        payloads.has_read(file, begin, end)
    except NewsdeskError as error:
        yield Refusal(reason=Reason.INTERRUPTED, detail=str(error))


def _dropped(kit: RangeKit, wanted: BackfillOptions, file: str, offset: int, refusal: Refusal) -> Outcome:
    link = Link(url=f"{file}#{offset}", source=wanted.ground.value, found_in=file, found_at=kit.at())
    return end_of(link, kit.run_id, Stage.FETCH, refusal, kit.at())


def _finding(kit: RangeKit, chunk: Chunk, refusal: Refusal) -> Finding:
    return Finding(
        run_id=kit.run_id,
        code="unread_range",
        severity=Severity.WARNING,
        message=f"{chunk.label}: chunk not read to its end: {refusal.detail}; rerun the same command to retry",
        at=kit.at(),
        about=chunk.label,
    )
