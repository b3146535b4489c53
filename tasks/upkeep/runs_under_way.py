"""Reads which runs are under way from the hot state, for a command that has no kit."""

from contextlib import closing
from datetime import UTC, datetime

from schemas.runs.lease import Life
from schemas.settings import Settings
from tasks.machine.clock import SharedClock
from tasks.upkeep.run_lease import leased_runs
from warehouse.database.address import Address
from warehouse.hot.state import open_hot


def runs_under_way(settings: Settings) -> tuple[Life, ...]:
    """The runs of this installation that began and did not end, dead ones among them; none before the first run."""
    if Address.parse(settings.warehouse_url).catalog == "sqlite" and not settings.hot_path.exists():
        return ()
    with closing(open_hot(settings)) as hot:
        return leased_runs(hot, datetime.fromtimestamp(SharedClock(hot.clock_s)(), UTC))
