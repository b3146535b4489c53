"""Copy a warehouse into an empty one elsewhere, whole or not at all, and verify it before it is committed."""

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
"""The target's own migrations made its tables."""


class Copied(NamedTuple):
    """A table's rows; `hash` is the sum of the hashes of its rows, in whatever order they lie."""

    table: str
    rows: int
    hash: int


def copy_warehouse(source_url: str, target_url: str, now: datetime, memory: str = "1GB") -> list[Copied]:
    """Copy all rows in one transaction of the target, in its write gate; the source may be written meanwhile,
    one snapshot of it is copied.

    Raises `SettingsError` where a URL has another form, `RefusedError` where the target holds rows or shares its
    data folder with the source, and `NewsdeskError` where counts or hashes differ; the target is then as empty
    as before.
    """
    source, target = Address.parse(source_url, "FROM"), Address.parse(target_url, "TO")
    if source.data.startswith(target.data) or target.data.startswith(source.data):
        raise RefusedError(f"both warehouses would keep their files in {target.data!r}: give the copy one of its own")
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
