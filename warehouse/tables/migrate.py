"""Apply the numbered migrations that a warehouse lacks, then add the columns and comments of the row types."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from schemas.errors import RefusedError
from schemas.history.published import Migration
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.database.sql_files import MIGRATIONS, MigrationFile, migration_files
from warehouse.tables.schema_drift import Change, differences
from warehouse.tables.tables import TABLES, Table

OPTIONS = {
    "parquet_compression": "zstd",
    "parquet_row_group_size": "16384",
    "target_file_size": "256MB",
    "data_inlining_row_limit": "0",
}
"""docs/explanation/warehouse.md 6: measured as best for articles of 4 KB. Rows are never inlined in the catalog:
readers see Parquet files only."""
DOING = "migrating the warehouse"


def migrate(
    warehouse: Warehouse, now: datetime, tables: Iterable[Table] = TABLES, folder: Path = MIGRATIONS
) -> list[str]:
    """Apply the missing changes and return their names: files first, then columns and comments; [] if there are none.

    Raises `RefusedError` for a file that was edited after it was applied and for a warehouse that a
    newer version migrated; `NewsdeskError` if a table contradicts its row type.
    """
    with warehouse.read(DOING) as session:  # One session for both: most warehouses need nothing.
        waiting = _waiting(session, migration_files(folder))
        changes = [] if waiting else differences(session, tables)
    done: list[str] = []
    if waiting:
        done = apply_files(warehouse, now, folder)
        with warehouse.read(DOING) as session:
            changes = differences(session, tables)
    if changes:
        done += warehouse.write("migrate", partial(_agree, tables=tables), DOING)
    return done


def apply_files(warehouse: Warehouse, now: datetime, folder: Path = MIGRATIONS) -> list[str]:
    """Apply only the missing numbered files and return their names. A new warehouse gets them all in one transaction,
    which takes a fifth of the time of one for each (DuckLake reads its catalog anew behind every commit); an older
    one keeps what was applied before a file that fails. Raises as `migrate`."""
    done: list[str] = []
    with warehouse.read(DOING) as session:
        waiting = _waiting(session, migration_files(folder))
    is_new = bool(waiting) and waiting[0].number == 1
    for files in [waiting] if is_new else [[file] for file in waiting]:
        done += warehouse.write("migrate", partial(_apply, files=files, folder=folder, now=now), DOING)
    return done


def _waiting(session: Session, files: list[MigrationFile]) -> list[MigrationFile]:
    is_new = "ops.migrations" not in {row[0] for row in session.rows("select_tables")}
    applied = [] if is_new else session.models("select_migrations", Migration)
    if len(applied) > len(files):
        raise RefusedError(
            f"a newer Newsdesk migrated this warehouse ({applied[-1].name!r} was applied): update Newsdesk"
        )
    for past, file in zip(applied, files, strict=False):
        if past.sha256 != file.sha256:
            raise RefusedError(
                f"the migration {file.name!r} was edited after it was applied: restore it, add a new file"
            )
    return files[len(applied) :]


def _apply(session: Session, files: list[MigrationFile], folder: Path, now: datetime) -> list[str]:
    waiting = _waiting(session, migration_files(folder))
    files = [file for file in files if file in waiting]
    if not files:  # Another process was faster.
        return []
    for file in files:
        if file.number == 1:
            _set_options(session)
        session.script(file.sql)
    rows = [Migration(number=file.number, name=file.name, sha256=file.sha256, applied_at=now) for file in files]
    session.bring(arrow_rows(Migration, rows))
    session.rows("insert_migrations")
    return [file.name for file in files]


def _set_options(session: Session) -> None:
    for name, value in OPTIONS.items():
        session.rows("set_option", name=name, value=value)


def _agree(session: Session, tables: Iterable[Table]) -> list[str]:
    changes: list[Change] = differences(session, tables)
    for change in changes:
        session.script(change.sql)
    return list(dict.fromkeys(change.name for change in changes))
