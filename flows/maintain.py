"""Maintain: keep the warehouse quick and whole, once an hour."""

import os
import secrets
from datetime import UTC, datetime

from flows.runner import flow, runner_name
from schemas.errors import NewsdeskError
from schemas.maintenance import Maintained
from schemas.settings import Settings
from tasks.lock import hold
from tasks.maintain import maintain as run_round
from tasks.maintain import record
from warehouse.connection import Warehouse
from warehouse.migrate import migrate


@flow
def maintain(full: bool = False) -> Maintained:
    """One round over the warehouse and a sample of the archive. Settings come from `NEWSDESK_*`.

    Raises `NewsdeskError` where records of the archive are damaged, `RefusedError` where another round runs.

    Args:
        full: Merge large files, too: once a week.
    """
    done = maintain_with(Settings.from_environment(os.environ), datetime.now(UTC), full)
    if done.damaged:
        raise NewsdeskError(f"the archive is damaged; run `newsdesk archive check`: {'; '.join(done.damaged)}")
    return done


def maintain_with(settings: Settings, now: datetime, full: bool = False) -> Maintained:
    """One round with these settings, as of `now`."""
    run_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    with (
        hold(settings.home / "maintain.lock", "maintain"),
        Warehouse(settings.warehouse_url, settings.duckdb_memory) as warehouse,
    ):
        migrate(warehouse, now)
        done = run_round(warehouse, settings, run_id, now, full, secrets.randbits(32))
        record(warehouse, done, runner_name(), now)
    return done
