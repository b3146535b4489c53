"""Copy a warehouse into an empty one, in one transaction, and verify the copy before the commit."""

from datetime import datetime
from functools import partial
from typing import NamedTuple

from schemas.errors import NewsdeskError, RefusedError
from warehouse.database import merge_lock
from warehouse.database.address import Address
from warehouse.database.columns import columns
from warehouse.database.connection import Session, Warehouse
from warehouse.tables.migrate import migrate
from warehouse.tables.tables import TABLES, Table

COPIED = tuple(table for table in TABLES if table.name != "migrations")
"""The tables whose rows are copied; migrating the target writes its own `migrations` rows."""


class Copied(NamedTuple):
    """A table's row count, and the sum of its rows' hashes: it does not depend on their order."""

    table: str
    rows: int
    hash: int


def copy_warehouse(source_url: str, target_url: str, now: datetime, memory: str = "1GB") -> list[Copied]:
    """Copy all rows in one transaction of the target, under its write lock. The source may be written meanwhile: one
    snapshot of it is copied.

    Raises `SettingsError` if a URL has an unknown form, `RefusedError` if the target holds rows or shares its data
    folder with the source, and `NewsdeskError` if counts or hashes differ; the target then stays empty.
    """
    source, target = Address.parse(source_url, "FROM"), Address.parse(target_url, "TO")
    if source.data.startswith(target.data) or target.data.startswith(source.data):
        raise RefusedError(f"both warehouses would keep their files in {target.data!r}: give the copy another folder")
    if not source.is_there():
        raise RefusedError(f"there is no warehouse at {source.name!r}")
    with Warehouse(source_url, memory) as before:
        migrate(before, now)
    with merge_lock.while_reading(source), Warehouse(target_url, memory) as after:
        migrate(after, now)
        after.attach(source, "source")
        return after.write("copy", partial(_copy, name=target.name), f"copying {source.name!r} to {target.name!r}")


def _copy(session: Session, name: str) -> list[Copied]:
    full = [table.full_name for table in COPIED if _measure(session, "lake", table).rows]
    if full:
        raise RefusedError(f"the warehouse {name!r} is not empty ({full[0]} has rows): copy into a fresh one")
    return [_copy_table(session, table) for table in COPIED]


def _copy_table(session: Session, table: Table) -> Copied:
    names = _names(table)
    session.script(f"INSERT INTO lake.{table.full_name} BY NAME SELECT {names} FROM source.{table.full_name}")
    given, taken = _measure(session, "source", table), _measure(session, "lake", table)
    if given != taken:
        raise NewsdeskError(f"the copy of {table.full_name} differs: {given.rows} rows became {taken.rows}")
    return taken


def _measure(session: Session, database: str, table: Table) -> Copied:
    sums = f"count(*), coalesce(sum(hash({_names(table)})), 0)"
    rows, total = session.script(f"SELECT {sums} FROM {database}.{table.full_name}")[0]
    return Copied(table.full_name, int(rows), int(total))


def _names(table: Table) -> str:
    return ", ".join(column.name for column in columns(table.row))
