"""Keeps maintenance from deleting data files that a reader still has open (SQLite catalogs only).

Outside a writing transaction DuckDB's SQLite scanner reads a table's highest row id in one connection and the rows in
another, which sees later commits. A merge replaces a table's list of files by a new row: the old rows are gone, the
new row lies beyond the highest id that was read, and the table is empty to that session, without an error (DuckDB
1.5.5 with DuckLake; found by `make chaos`). PostgreSQL shows all connections of a transaction one snapshot.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from warehouse.database.address import Address
from warehouse.database.write_lock import FileLock, hold


@contextmanager
def while_reading(address: Address) -> Iterator[None]:
    """Hold the lock of a reader. Many sessions may read at once, but none begins while a merge waits: it would wait
    for ever."""
    if address.catalog != "sqlite":
        yield
        return
    with ExitStack() as held:
        with hold(FileLock(_queue_file(address), is_shared=True), address.name):
            held.enter_context(hold(FileLock(_lock_file(address), is_shared=True), address.name))
        yield


@contextmanager
def while_merging(address: Address) -> Iterator[None]:
    """Hold the lock of a merge, which excludes all readers. Take it before the write lock: loads must not wait for
    readers."""
    if address.catalog != "sqlite":
        yield
        return
    with hold(FileLock(_queue_file(address)), address.name), hold(FileLock(_lock_file(address)), address.name):
        yield


def _queue_file(address: Address) -> Path:
    return address.gate_path.with_name("catalog.merge")


def _lock_file(address: Address) -> Path:
    return address.gate_path.with_name("catalog.readers")
