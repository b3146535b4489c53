"""Estimates requests, time and bytes of a backfill, and words its progress."""

from collections.abc import Sequence

from schemas.items.link import Link
from schemas.runs.backfill_plan import BackfillOptions, BackfillStatus, Chunk, Estimate
from tasks.pure.backfill.chunks import hours_of
from tasks.pure.reports.flow_results import options_line
from tasks.pure.reports.wording import counted, moment, span
from tasks.pure.text.escaping import safe_line

PAGE_BYTES = 120_000
"""Size of a page where none is captured yet; assumed, not measured."""
RECORDS_A_SECOND = 60.0
"""Read and extracted on two cores; assumed until `bench/backfill.py` has been run on a quiet machine."""
RECORD_BYTES = 25_000
"""Compressed, in CC-NEWS; assumed."""


def estimated(
    chunks: Sequence[Chunk],
    links: Sequence[Link],
    pace_s: float,
    mean_page_bytes: int | None,
    known: int,
    faults: int,
) -> Estimate:
    """The estimate: requests at `pace_s` for links, reading time for ranges of files."""
    file_bytes = sum(chunk.count for chunk in chunks if chunk.file)
    return Estimate(
        chunks=len(chunks),
        requests=len(links),
        hours=hours_of(links, pace_s) + file_bytes / RECORD_BYTES / RECORDS_A_SECOND / 3600,
        bytes=file_bytes + len(links) * (mean_page_bytes or PAGE_BYTES),
        known=known,
        faults=faults,
    )


def estimate_lines(estimate: Estimate) -> list[str]:
    """The estimate for a terminal."""
    return [
        f"chunks: {estimate.chunks:,}",
        f"requests: {estimate.requests:,}",
        f"time at the sources' pace: {span(estimate.hours * 3600)}",
        f"bytes to read: {estimate.bytes:,}",
        f"{'pages' if estimate.known_until else 'articles'} already there: {estimate.known:,}",
        *([f"faults in what was given: {estimate.faults:,}"] if estimate.faults else []),
    ]


def plan_line(estimate: Estimate) -> str:
    """One line about the plan. A file that was loaded before is read again, since the file may have grown or sources
    may be new; only missing pages are loaded."""
    planned = f"planned {counted(estimate.chunks, 'chunk')}" if estimate.chunks else "nothing left to do"
    until = estimate.known_until
    known = counted(estimate.known, "page" if until else "article") + (" is" if estimate.known == 1 else " are")
    files = f", taken from these files until {moment(until)}: only what is missing will be loaded" if until else ""
    return f"{planned}; {known} there already{files}"


def going_line(status: BackfillStatus) -> str:
    """One line about a stopped backfill that continues."""
    return f"going on with backfill {str(status.plan_id)[:8]}: {status.done} of {status.chunks} chunks loaded"


def status_line(status: BackfillStatus) -> str:
    """One backfill on one line."""
    wanted = BackfillOptions.model_validate_json(status.wanted)
    state = status.state.value if status.is_open or status.done < status.chunks else "done"
    return safe_line(
        f"{str(status.plan_id)[:8]}  {state:<9}  {status.done:,}/{status.chunks:,} chunks  {options_line(wanted)}"
    )
