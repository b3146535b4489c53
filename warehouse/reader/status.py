"""The status of the warehouse, read from the reader file."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from schemas.history.published import Migration, Published
from schemas.items.finding import Finding
from schemas.runs.status import RunLine, SourceLine, Status, Totals
from warehouse.reader.file import Reader
from warehouse.reader.totals import has_totals


def status(reader_path: Path) -> Status:
    """Totals, a line for each source, the open findings, and runs: the last five, the last of each flow, and those
    that failed within a day."""
    with Reader(reader_path) as session:
        is_kept = has_totals(session)
        return Status(
            snapshot_at=session.models("select_published", Published)[0].snapshot_at,
            totals=session.models("select_kept_totals" if is_kept else "select_totals", Totals)[0],
            runs=tuple(session.models("select_status_runs", RunLine)),
            sources=tuple(session.models("select_kept_sources" if is_kept else "select_status_sources", SourceLine)),
            findings=tuple(session.models("select_open_findings", Finding)),
        )


def has_ended_run(reader_path: Path) -> bool:
    """Whether the file has the row of a run; False: the first run of the home published it on its way."""
    with Reader(reader_path) as session:
        return bool(session.rows("select_any_run"))


class RunTimes(NamedTuple):
    """When the last run of a flow ended well, and when the last run of any flow began (UTC); None: there is none."""

    ended_well_at: datetime | None
    begun_at: datetime | None


def run_times(reader_path: Path, flow: str) -> RunTimes:
    """The times of the last runs. A run whose sources failed ended well: it asked them all."""
    with Reader(reader_path) as session:
        return RunTimes(*session.rows("select_last_good_run", flow=flow)[0])


def applied_migrations(reader_path: Path) -> list[str]:
    """The names of the migrations of the warehouse that the file shows, in their order."""
    with Reader(reader_path) as session:
        return [each.name for each in session.models("select_migrations", Migration)]


def latest_runs(reader_path: Path, limit: int) -> tuple[RunLine, ...]:
    """The last runs of all flows, latest first."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_latest_runs", RunLine, limit=limit))
