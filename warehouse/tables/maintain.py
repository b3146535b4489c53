"""Keep the warehouse fast: merge small files, expire old snapshots, delete files that no reader can need.

Every step is one transaction under the write lock. The lock is released between steps, so a load waits for one step
at most. A process that is killed leaves each step committed or rolled back, and at worst files without a commit.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from schemas.items.capture import WarcPointer
from warehouse.database.connection import Session, Warehouse
from warehouse.tables.tables import TABLES, Table

SMALL_BYTES = 52_428_800
"""The hourly round merges only files below this size (0.4 s); docs/explanation/warehouse.md 6."""
ANY_BYTES = 2**40
SNAPSHOTS_KEPT = timedelta(days=7)
FILES_KEPT = timedelta(days=1)
PAUSE_S = 0.05
"""Pause between two steps in seconds: longer than the 20 ms between a waiting load's tries, so the load gets the
lock."""


def merge_files(warehouse: Warehouse, is_full: bool = False) -> tuple[int, int]:
    """Merge small files; returns (files merged, files made). `is_full`: merge files of any size, up to the target
    size of a file."""
    slices = list(chain.from_iterable(_merge(warehouse, table, is_full) for table in TABLES))
    return sum(merged for merged, _ in slices), sum(made for _, made in slices)


def expire_snapshots(warehouse: Warehouse, now: datetime) -> int:
    """Expire the snapshots older than seven days; returns their number."""
    return _count(warehouse, "expire_snapshots", now - SNAPSHOTS_KEPT)


def delete_old_files(warehouse: Warehouse, now: datetime) -> int:
    """Delete files that no snapshot needs, a day after a reader file without them was published: readers of the
    previous reader file have that day to finish. Deletes none before the first round of maintenance has published.
    Returns the number of files."""
    before = now - FILES_KEPT
    rows = warehouse.look(lambda session: session.rows("select_last_maintained", before=before), "looking up rounds")
    published_at = rows[0][0]
    return _count(warehouse, "delete_old_files", published_at) if published_at else 0


def delete_orphans(warehouse: Warehouse, now: datetime) -> int:
    """Delete files that were written more than a day ago and never committed, by processes that were killed. Returns
    their number."""
    return _count(warehouse, "delete_orphans", now - FILES_KEPT)


def sample_captures(warehouse: Warehouse, count: int, seed: int) -> list[WarcPointer]:
    """The places of `count` records of the archive, drawn at random; the same seed draws the same records."""

    def work(session: Session) -> list[WarcPointer]:
        rows = session.rows("select_capture_sample", count=count, seed=seed)
        return [WarcPointer(file=file, offset=at, length=length, digest=digest) for file, at, length, digest in rows]

    return warehouse.look(work, "drawing records")


def _merge(warehouse: Warehouse, table: Table, is_full: bool) -> Iterator[tuple[int, int]]:
    values = {
        "table": table.name,
        "schema": table.schema,
        "max_bytes": ANY_BYTES if is_full else SMALL_BYTES,
    }
    doing = f"merging files of {table.full_name}"
    while rows := warehouse.rearrange("maintain", lambda session: session.rows("merge_files", **values), doing):
        yield rows[0][2], rows[0][3]
        time.sleep(PAUSE_S)


def _count(warehouse: Warehouse, statement: str, before: datetime) -> int:
    doing = statement.replace("_", " ")
    rows = warehouse.rearrange("maintain", lambda session: session.rows(statement, before=before), doing)
    time.sleep(PAUSE_S)
    return len(rows)
