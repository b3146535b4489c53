"""Reads which runs are under way from the hot state, for a command that has no kit."""

from contextlib import closing
from datetime import UTC, datetime

from schemas.runs.lease import Life
from schemas.settings import Settings
from tasks.machine.clock import SharedClock
from tasks.machine.processes import is_running, machine
from tasks.pure.runs.liveness import is_dead, life
from warehouse.database.address import Address
from warehouse.hot.state import HotState, open_hot


def runs_under_way(settings: Settings) -> tuple[Life, ...]:
    """The runs of this installation that began and did not end, dead ones among them; none before the first run."""
    if Address.parse(settings.warehouse_url).catalog == "sqlite" and not settings.hot_path.exists():
        return ()
    with closing(open_hot(settings)) as hot:
        return _leased_runs(hot, datetime.fromtimestamp(SharedClock(hot.clock_s)(), UTC))


def first_run(settings: Settings) -> Life | None:
    """The run under way of a home in which no run has ended; None: there is no such run."""
    alive = [run for run in runs_under_way(settings) if run.state == "running"]
    if not alive:
        return None
    from warehouse.reader.status import has_ended_run  # Loads DuckDB, which a search has no other use for.

    is_first = not settings.reader_path.is_file() or not has_ended_run(settings.reader_path)
    return alive[0] if is_first else None


def _leased_runs(hot: HotState, now: datetime) -> tuple[Life, ...]:
    """The runs that hold a lease: those under way, and those that died and were not closed yet."""
    here = machine()
    return tuple(
        life(run, is_dead(run, here, is_running(run.process), now), hot.counts(run.run_id)) for run in hot.runs()
    )
