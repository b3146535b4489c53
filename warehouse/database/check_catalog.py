"""Checks the catalog without changing it, also where it may only be read."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from schemas.errors import DamagedError
from warehouse.database.errors import meaning

DOING = "checking the catalog"


def check_sqlite_catalog(path: Path) -> None:
    """SQLite's own quick check of a catalog file. Raises `DamagedError` that says what is wrong, and what
    `warehouse.database.errors` makes of a file that cannot be opened."""
    # Nobody has a file without a WAL open, and SQLite would make one beside it (https://www.sqlite.org/wal.html). A
    # fault may come from a process that has opened it meanwhile, so it is read a second time as others do.
    has_wal = path.with_name(f"{path.name}-wal").exists()
    if has_wal or _faults(path, "immutable=1"):
        found = _faults(path, "mode=ro" if has_wal or os.access(path.parent, os.W_OK) else "immutable=1")
        if found:
            raise DamagedError(f"the catalog {str(path)!r} is damaged: {found}")


def _faults(path: Path, how: str) -> str:
    """What is wrong with the file opened this way; empty: nothing."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as file:
            found = [str(row[0]) for row in file.execute("PRAGMA quick_check(5)")]
    except sqlite3.OperationalError as error:
        raise meaning(str(error), DOING) from error
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == ["ok"] else "; ".join(found)
