"""Keep the warehouse fast: merge small files, expire old snapshots, delete files that no reader can need.

Every step is a transaction of its own inside the write gate, which is let go between them, so that loads
wait for one slice at most. A process that is killed leaves a step done or not done, and orphans at worst.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from schemas.items.capture import WarcPointer
from warehouse.database.connection import Session, Warehouse
from warehouse.tables.tables import TABLES, Table

SMALL_BYTES = 52_428_800
"""Hourly: only files below it are merged (0.4 s); docs/explanation/warehouse.md 6."""
ANY_BYTES = 2**40
SNAPSHOTS_KEPT = timedelta(days=7)
FILES_KEPT = timedelta(days=1)
PAUSE_S = 0.05
"""Between two slices: longer than a waiting load sleeps (20 ms), so that it comes in."""


def merge_files(warehouse: Warehouse, is_full: bool = False) -> tuple[int, int]:
    """How many files were merged into how many; with `is_full` all that fit into one of the target size."""
    slices = list(chain.from_iterable(_merge(warehouse, table, is_full) for table in TABLES))
    return sum(merged for merged, _ in slices), sum(made for _, made in slices)


def expire_snapshots(warehouse: Warehouse, now: datetime) -> int:
    """Expire the snapshots that are older than seven days."""
    return _count(warehouse, "expire_snapshots", now - SNAPSHOTS_KEPT)


def delete_old_files(warehouse: Warehouse, now: datetime) -> int:
    """Delete files that were merged away or expired, a day after a reader file without them was published: an
    open reader of the one before has had that day. Nothing before the first round has published."""
    before = now - FILES_KEPT
    rows = warehouse.look(lambda session: session.rows("select_last_maintained", before=before), "looking up rounds")
    published_at = rows[0][0]
    return _count(warehouse, "delete_old_files", published_at) if published_at else 0


def delete_orphans(warehouse: Warehouse, now: datetime) -> int:
    """Delete what killed processes wrote and never committed, more than a day ago."""
    return _count(warehouse, "delete_orphans", now - FILES_KEPT)


def sample_captures(warehouse: Warehouse, count: int, seed: int) -> list[WarcPointer]:
    """Where so many records of the archive lie; the same seed names the same ones."""

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
