"""Reads one range of somebody else's WARC file: its pages become captures that point into the file."""

import threading
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from schemas.errors import NewsdeskError
from schemas.items.capture import Capture, WarcPointer
from schemas.items.finding import Finding, Severity
from schemas.items.link import Link
from schemas.items.outcome import Outcome, Reason, Refusal, Stage, end_of
from schemas.runs.backfill_plan import BackfillOptions, Chunk
from schemas.runs.batch import Batch, BatchLedger
from schemas.runs.run import StageCount
from tasks.archive.foreign import read_pages
from tasks.archive.formats.protocol import ForeignPage, ForeignRecord
from tasks.archive.members import Damage
from tasks.archive.records import payload_digest
from tasks.pure.backfill.chunks import Owners
from tasks.pure.http.headers import content_type, header
from tasks.run.kit_parts import ForeignKit, RunKit, WarehouseKit
from warehouse.lookups.backfill_plans import known_captures

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


def read_warc_range(kit: RangeKit, wanted: BackfillOptions, chunk: Chunk, owners: Owners) -> RangeCaptures:
    """The pages of wanted sources and days, as captures that point into the file. A damaged record becomes the
    outcome `bad_record` with its offset; a record that is no page, not wanted, or known is skipped. Where the file
    becomes unreadable, the captures before that place are kept and the chunk stays open."""
    started = time.monotonic()
    assert chunk.file is not None
    captures: list[Capture] = []
    dropped: list[Outcome] = []
    findings: list[Finding] = []
    bodies: dict[UUID, bytes] = {}
    room = HELD_BYTES
    with _ONE_AT_A_TIME:
        for each in _records(kit, chunk.file, chunk.first_byte or 0, chunk.end_byte or 0):
            if isinstance(each, Damage):
                refusal = Refusal(reason=Reason.BAD_RECORD, detail=f"offset {each.offset}: {each.why}")
                dropped.append(_dropped(kit, wanted, chunk.file, each.offset, refusal))
            elif isinstance(each, Refusal):
                dropped.append(_dropped(kit, wanted, chunk.file, chunk.first_byte or 0, each))
                findings.append(_finding(kit, chunk, each))
            elif isinstance(each, ForeignPage) and (slug := _owner(wanted, owners, each)):
                captures.append(_capture(kit, chunk.file, each, slug))
                if len(each.body) <= room:
                    bodies[each.capture_id] = each.body
                    room -= len(each.body)
    kept = _unknown(kit, captures)
    count = StageCount(
        stage=Stage.FETCH,
        taken=len(kept) + len(dropped),
        kept=len(kept),
        dropped=len(dropped),
        seconds=time.monotonic() - started,
    )
    batch = Batch[Capture](
        batch_id=chunk.batch_id,
        run_id=kit.run_id,
        kept=kept,
        dropped=tuple(dropped),
        ledger=BatchLedger(captures=kept, requests=kit.foreign_client.requests(), findings=tuple(findings)),
        counts=(count,),
    )
    return RangeCaptures(
        batch, {capture.capture_id: bodies[capture.capture_id] for capture in kept if capture.capture_id in bodies}
    )


def _owner(wanted: BackfillOptions, owners: Owners, page: ForeignPage) -> str | None:
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


def _records(kit: RangeKit, file: str, begin: int, end: int) -> Iterator[ForeignRecord | Refusal]:
    """The records of the range; where the file becomes unreadable, the last item is the reason."""
    try:
        yield from read_pages(file, begin, end, kit.foreign_client.range_of)
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
    )
