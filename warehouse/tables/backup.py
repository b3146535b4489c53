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

from schemas.errors import RefusedError

KEPT = 7


def back_up(catalog: Path, folder: Path, today: date) -> Path:
    """Copy the catalog to `folder`/catalog-DATE.sqlite, in place of today's; keep the newest seven copies.

    Raises `RefusedError` if that fails; earlier backups then stay.
    """
    target = folder / f"catalog-{today}.sqlite"
    unfinished = target.with_suffix(".open")
    command = [sys.executable, "-m", "warehouse.tables.backup", str(catalog), str(unfinished)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, check=True, capture_output=True, text=True)
        os.replace(unfinished, target)
        for old in sorted(folder.glob("catalog-*.sqlite"))[:-KEPT]:
            old.unlink()
    except subprocess.CalledProcessError as error:
        why = str(error.stderr).strip().rpartition("\n")[2]
        raise RefusedError(f"cannot back up the catalog {str(catalog)!r}: {why}") from error
    except OSError as error:
        raise RefusedError(f"cannot write backups in {str(folder)!r}: {error.strerror}") from error
    return target


def copy_catalog(source: Path, target: Path) -> None:
    """Write a consistent copy of the SQLite file `source` to `target`, in one transaction."""
    target.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as catalog,
        closing(sqlite3.connect(target)) as copy,
    ):
        catalog.backup(copy)


if __name__ == "__main__":
    copy_catalog(Path(sys.argv[1]), Path(sys.argv[2]))
