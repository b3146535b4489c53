"""Back up a SQLite catalog while others write: `python -m warehouse.tables.backup FROM TO`, in its own process.

A process that closes a SQLite file loses all its POSIX locks on that file, those of DuckDB's own SQLite too. So a
process that has the warehouse open must not open the catalog a second time.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from schemas.errors import RefusedError
from warehouse.database.sql_files import statement

KEPT = 7


class Contents(NamedTuple):
    """What a catalog holds: the names of its data files, and the rows of each table in its latest snapshot."""

    files: frozenset[str]
    rows: dict[str, int]


def back_up(catalog: Path, folder: Path, today: date) -> Path:
    """Copy the catalog to `folder`/catalog-DATE.sqlite, in place of today's; keep the newest seven copies.

    Raises `RefusedError` if that fails; earlier backups then stay.
    """
    target = folder / f"catalog-{today}.sqlite"
    unfinished = target.with_suffix(".open")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy_apart(catalog, unfinished)
        os.replace(unfinished, target)
        for old in sorted(folder.glob("catalog-*.sqlite"))[:-KEPT]:
            old.unlink()
    except OSError as error:
        raise RefusedError(f"cannot write backups in {str(folder)!r}: {error.strerror}") from error
    return target


def copy_apart(source: Path, target: Path) -> None:
    """Copy the SQLite file in a process of its own; raises `RefusedError` if that fails."""
    command = [sys.executable, "-m", "warehouse.tables.backup", str(source), str(target)]
    try:
        # A session of its own: Ctrl-C is for us, who then end between two files.
        subprocess.run(command, check=True, capture_output=True, text=True, start_new_session=True)
    except subprocess.CalledProcessError as error:
        why = str(error.stderr).strip().rpartition("\n")[2]
        raise RefusedError(f"cannot back up the catalog {str(source)!r}: {why}") from error


def contents(copy: Path) -> Contents:
    """What the copy of a catalog holds. It must not be in use: it is read without locks, and nothing is written
    beside it."""
    with closing(sqlite3.connect(f"file:{quote(str(copy))}?immutable=1", uri=True)) as catalog:
        files = frozenset(path.rpartition("/")[2] for (path,) in catalog.execute(statement("select_catalog_files")))
        return Contents(files, dict(catalog.execute(statement("select_catalog_rows"))))


def copy_catalog(source: Path, target: Path) -> None:
    """Write a consistent copy of the SQLite file `source` to `target`, in one transaction."""
    target.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as catalog,
        closing(sqlite3.connect(target)) as copy,
    ):
        catalog.backup(copy)


if __name__ == "__main__":
    copy_catalog(Path(sys.argv[1]), Path(sys.argv[2]))
