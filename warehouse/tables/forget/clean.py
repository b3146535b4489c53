"""Takes the words of deleted rows out of the data folder and the catalog."""

import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from schemas.errors import RefusedError
from warehouse.database.connection import Session, Warehouse

AHEAD = timedelta(days=1)
"""A command takes minutes, and clocks of an object store and of a catalog's server may be ahead of ours."""
STEPS = ("expire_snapshots", "delete_old_files", "delete_orphans")
PAUSE_S = 0.05
"""Longer than the 20 ms between the tries of a load that waits for the lock."""


def clean(warehouse: Warehouse, now: datetime) -> None:
    """Expire every snapshot but the latest, delete the files that only those had and those that were never committed,
    narrow the catalog's statistics to the rows that are left, and write a SQLite catalog anew.

    The rows must be gone, and a reader file published after that: a query that still reads an earlier reader file,
    and a backup under way, find files missing and must begin again. Nobody loads during the deletion, so no file of a
    transaction that is under way looks as if it was never committed."""
    for step in STEPS:
        doing = step.replace("_", " ")
        warehouse.rearrange("forget", lambda session, step=step: session.rows(step, before=now + AHEAD), doing)  # type: ignore[misc]
        time.sleep(PAUSE_S)
    warehouse.amend_catalog(_narrow, "narrowing the catalog's statistics")
    if warehouse.address.catalog == "sqlite":
        with warehouse.alone():
            vacuum(Path(warehouse.address.target))


def vacuum(file: Path) -> None:
    """Write a SQLite file anew without what its free pages hold, in a process of its own: one that closes a SQLite
    file loses its locks on it (see `warehouse.tables.backup`). Raises `RefusedError` if that fails."""
    command = [sys.executable, "-m", "warehouse.tables.forget.vacuum", str(file)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, start_new_session=True)
    except subprocess.CalledProcessError as error:
        why = str(error.stderr).strip().rpartition("\n")[2]
        raise RefusedError(f"cannot write {str(file)!r} anew: {why}") from error


def _narrow(session: Session) -> None:
    session.rows("narrow_stats")
    session.rows("renew_cached_stats")
