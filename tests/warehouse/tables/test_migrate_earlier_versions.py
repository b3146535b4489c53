"""Warehouses of every earlier version: migrated with their rows, whole or not at all, and frozen columns."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.errors import RefusedError
from tests.support.repository import ROOT
from tests.support.warehouse.batch_samples import NOON, batch_of, hours, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from tests.support.warehouse.reading import ask, look
from tests.warehouse.tables.test_migrate import Warmer, table_of
from warehouse.database.connection import Warehouse
from warehouse.database.sql_files import MIGRATIONS, migration_files
from warehouse.tables.freeze import freeze
from warehouse.tables.migrate import apply_files, migrate
from warehouse.tables.schema_drift import differences
from warehouse.tables.tables import TABLES

FILES = migration_files()
VALUES = {
    "UUID": "'00000000-0000-0000-0000-000000000001'::UUID",
    "BIGINT": "1",
    "DOUBLE": "0.5",
    "BOOLEAN": "true",
    "TIMESTAMP WITH TIME ZONE": "'2026-11-23 12:00:00+00'::TIMESTAMPTZ",
    "VARCHAR": "'x'",
}
"""A value of each type; lists stay empty."""
HALF = """
import os, signal, sys
from warehouse.database.connection import Warehouse
from warehouse.database.sql_files import migration_files

def half(session):
    statements = migration_files()[int(sys.argv[2]) - 1].sql.split(";")
    session.script(";".join(statements[: len(statements) // 2]))
    os.kill(os.getpid(), signal.SIGKILL)

with Warehouse(sys.argv[1]) as warehouse:
    warehouse.write("migrate", half)
"""


def first_files(count: int, folder: Path) -> Path:
    """A folder with the first migrations only."""
    folder.mkdir()
    for path in sorted(MIGRATIONS.rglob("*.sql"), key=lambda path: path.name)[:count]:
        shutil.copy(path, folder)
    return folder


def fill(warehouse: Warehouse) -> dict[str, int]:
    """One row in every table there is but that of migrations; the number of rows of each."""
    with warehouse.read() as session:
        found = session.rows("select_columns")
        tables = {row[0] for row in session.rows("select_tables")} - {"ops.migrations"}
    for table in tables:
        own = [(name, kind) for where, name, kind, *_ in found if where == table]
        values = ", ".join(f"{VALUES.get(kind, '[]')} AS {name}" for name, kind in own)
        insert = f"INSERT INTO {table} BY NAME SELECT {values}"
        warehouse.write("fill", lambda session, sql=insert: session.script(sql))  # type: ignore[misc]  # bound now
    return dict.fromkeys(tables, 1)


@pytest.mark.parametrize("count", range(1, len(FILES) + 1))
def test_a_filled_warehouse_of_every_earlier_version_is_migrated_with_its_rows(count: int, tmp_path: Path) -> None:
    with Warehouse(url_of(tmp_path)) as warehouse:
        assert len(apply_files(warehouse, NOON, first_files(count, tmp_path / "files"))) == count
        filled = fill(warehouse)

        done = migrate(warehouse, NOON)

        assert [name for name in done if name.endswith(".sql")] == [file.name for file in FILES[count:]]
        assert {name: look(warehouse, f"SELECT count(*) FROM {name}")[0][0] for name in filled} == filled
        with warehouse.read() as session:
            assert differences(session, TABLES) == []
        load_batch(warehouse, batch_of(urls(1)), NOON + hours(1))
        expected = 1 + ("main.article_versions" in filled)
        assert ask(warehouse, "SELECT count(*) FROM main.articles") == [(expected,)]
        assert ask(warehouse, f"SELECT count(*) FROM articles_as_of('{NOON + hours(2)}')") == [(expected,)]


def test_a_migration_that_is_killed_half_way_is_made_whole_by_the_next_start(tmp_path: Path) -> None:
    with Warehouse(url_of(tmp_path)) as warehouse:
        apply_files(warehouse, NOON, first_files(3, tmp_path / "files"))

    killed = subprocess.run([sys.executable, "-c", HALF, url_of(tmp_path), "4"], cwd=ROOT, check=False)

    assert killed.returncode == -9
    with Warehouse(url_of(tmp_path)) as warehouse:
        with warehouse.read() as session:
            assert "ops.events" not in {row[0] for row in session.rows("select_tables")}
            assert len(session.rows("select_migrations")) == 3
        assert [name for name in migrate(warehouse, NOON) if name.endswith(".sql")] == [
            file.name for file in FILES[3:]
        ]


def test_every_migration_that_was_applied_is_refused_once_it_is_edited(own: Warehouse, tmp_path: Path) -> None:
    for file in FILES:
        folder = Path(shutil.copytree(MIGRATIONS, tmp_path / f"{file.number}"))
        next(folder.rglob(file.name)).write_text(f"{file.sql}-- edited\n")

        with pytest.raises(RefusedError, match=f"{file.name}' was edited"):
            migrate(own, NOON, folder=folder)


def test_a_new_field_is_frozen_once_and_changes_nothing_where_its_column_is_there_already(
    own: Warehouse, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))
    tables = [table_of(Warmer)]
    migrate(own, NOON, tables)

    written = freeze(folder, tables)

    assert written is not None
    assert written.name == f"{len(FILES) + 1:04}_columns_of_article_versions.sql"
    assert "ADD COLUMN IF NOT EXISTS warmth DOUBLE;" in written.read_text()
    assert (
        "COMMENT ON COLUMN main.article_versions.warmth IS 'How warm the article is, 0 to 1.';" in written.read_text()
    )
    assert freeze(folder, tables) is None
    assert migrate(own, NOON, tables, folder) == [written.name]
