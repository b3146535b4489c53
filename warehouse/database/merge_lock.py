"""Calm: while a session reads a SQLite catalog, nobody merges its files.

Outside a writing transaction DuckDB's SQLite scanner notes a table's highest row id in one connection and reads it in
another, which sees what was committed meanwhile. A merge replaces a table's list of files by a new row: the old rows
are gone, the new one lies beyond the highest id that was noted, and the table is empty to that session, without an
error (DuckDB 1.5.5 with DuckLake; found by `make chaos`). PostgreSQL shows all connections of a transaction one
snapshot.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from warehouse.database.address import Address
from warehouse.database.write_lock import FileLock, hold


@contextmanager
def reading(address: Address) -> Iterator[None]:
    """Any number read at once. A merge that waits comes first, so that it is not kept waiting for ever."""
    if address.catalog != "sqlite":
        yield
        return
    with ExitStack() as held:
        with hold(FileLock(_door(address), is_shared=True), address.name):
            held.enter_context(hold(FileLock(_room(address), is_shared=True), address.name))
        yield


@contextmanager
def merging(address: Address) -> Iterator[None]:
    """Alone. It is to be taken before the write gate, as loads must not wait for readers."""
    if address.catalog != "sqlite":
        yield
        return
    with hold(FileLock(_door(address)), address.name), hold(FileLock(_room(address)), address.name):
        yield


def _door(address: Address) -> Path:
    return address.gate_path.with_name("catalog.merge")


def _room(address: Address) -> Path:
    return address.gate_path.with_name("catalog.readers")
