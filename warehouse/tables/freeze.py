"""Freeze: write the columns that `migrate` would add from the types into a numbered migration (`make freeze`).

A new field of a row type becomes a column at the next start, so that it can be tried. A release freezes the column
into a file: from then on every warehouse gets its columns in the same order.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.database.connection import Warehouse
from warehouse.database.sql_files import MIGRATIONS, migration_files
from warehouse.tables.migrate import apply_files
from warehouse.tables.schema_drift import Change, differences
from warehouse.tables.tables import TABLES, Table

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HEAD = """-- Columns of fields that were declared on types since the file before; written by `make freeze`.
-- A warehouse that got them from `migrate` already keeps them as they are.
"""


def freeze(folder: Path = MIGRATIONS, tables: Iterable[Table] = TABLES) -> Path | None:
    """Write the migration and return its file; None: the numbered files make every declared column already.

    Raises `NewsdeskError` if adding a column is not enough: write that migration by hand.
    """
    missing = _missing(folder, tables)
    if not missing:
        return None
    names = sorted({change.name.rpartition(".")[0].rpartition(".")[2] for change in missing})
    path = folder / f"{len(migration_files(folder)) + 1:04}_columns_of_{'_'.join(names)[:60]}.sql"
    path.write_text(HEAD + "".join(f"\n{change.sql};\n" for change in missing), encoding="utf-8")
    return path


def _missing(folder: Path, tables: Iterable[Table]) -> list[Change]:
    with (
        TemporaryDirectory() as empty,
        Warehouse(f"ducklake:sqlite:{empty}/catalog.sqlite?data={empty}/data/") as one,
    ):
        apply_files(one, EPOCH, folder)
        with one.read("comparing tables with types") as session:
            return [change for change in differences(session, tables) if change.is_column]


if __name__ == "__main__":
    written = freeze()
    print(f"wrote {written.name}" if written else "nothing to freeze: the migrations make every declared column")
