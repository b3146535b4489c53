"""Migrations: the tables follow the numbered files and the types."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, Field

from schemas.errors import NewsdeskError, RefusedError
from schemas.items.article import ArticleVersion
from tests.support.warehouse.batch_samples import NOON, batch_of, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from warehouse.database.columns import columns
from warehouse.database.connection import Warehouse
from warehouse.database.sql_files import MIGRATIONS, migration_files
from warehouse.tables.migrate import apply_files, migrate
from warehouse.tables.schema_drift import described
from warehouse.tables.tables import TABLES, Table

FILES = migration_files()
NEXT = f"{len(FILES) + 1:04}"


class Warmer(ArticleVersion):
    """Article versions with a pretend field."""

    warmth: float | None = Field(None, description="How warm the article is, 0 to 1.")


class Stricter(ArticleVersion):
    """Article versions with a field that older rows cannot have."""

    warmth: float = Field(description="How warm the article is, 0 to 1.")


class Shorter(BaseModel):
    """Migrations whose number is a text, and that need no name."""

    number: str = Field(description="The number.")


def table_of(row: type[BaseModel], name: str = "article_versions", schema: str = "main") -> Table:
    return Table(schema, name, row, "One row is one version of one article.")


def table_names() -> list[Any]:
    return [pytest.param(table, id=table.full_name) for table in TABLES]


@pytest.mark.parametrize("table", table_names())
def test_the_migrated_table_is_what_its_type_declares(shared: Warehouse, table: Table) -> None:
    with shared.read() as session:
        found = [row[1:] for row in session.rows("select_columns") if row[0] == table.full_name]
        types = described(session, columns(table.row))
        comments = dict(session.rows("select_tables"))

    declared = [(c.name, types[c.name], c.is_nullable, c.comment) for c in columns(table.row)]
    assert sorted(found) == sorted(declared)  # A field that was added later is the table's last column.
    assert comments[table.full_name] == table.comment


@pytest.mark.parametrize("table", table_names())
def test_every_column_says_what_it_holds(table: Table) -> None:
    assert [column.name for column in columns(table.row) if not column.comment] == []


def test_no_table_is_there_that_no_type_declares(shared: Warehouse) -> None:
    with shared.read() as session:
        assert {row[0] for row in session.rows("select_tables")} == {table.full_name for table in TABLES}


def test_migrating_twice_changes_nothing(own: Warehouse) -> None:
    with own.read() as session:
        before = session.rows("select_snapshot")

    assert migrate(own, NOON) == []

    with own.read() as session:
        assert session.rows("select_snapshot") == before


def test_the_first_migration_names_what_it_did(tmp_path: Path) -> None:
    with Warehouse(url_of(tmp_path)) as warehouse:
        done = migrate(warehouse, NOON)

    assert done[: len(FILES)] == [file.name for file in FILES]
    assert "main.captures (comments)" in done


def test_a_new_warehouse_gets_all_files_in_one_transaction(tmp_path: Path) -> None:
    with Warehouse(url_of(tmp_path)) as warehouse:
        apply_files(warehouse, NOON)

        with warehouse.read() as session:
            messages = session.script("SELECT commit_message FROM ducklake_snapshots('lake') ORDER BY snapshot_id")

    assert len(messages) == 2  # DuckLake's own first one, and ours


def test_a_field_declared_on_a_type_becomes_a_column(own: Warehouse) -> None:
    load_batch(own, batch_of(urls(1)), NOON)

    done = migrate(own, NOON, [table_of(Warmer)])

    assert done == ["main.article_versions.warmth"]
    with own.read() as session:
        columns_now = {row[1]: row[2:] for row in session.rows("select_columns") if row[0] == "main.article_versions"}
        assert columns_now["warmth"] == ("DOUBLE", True, "How warm the article is, 0 to 1.")
        assert session.script("SELECT warmth FROM main.articles") == [(None,)]


def test_a_batch_is_loaded_by_a_program_that_does_not_know_a_column_yet(own: Warehouse) -> None:
    migrate(own, NOON, [table_of(Warmer)])

    load_batch(own, batch_of(urls(1)), NOON)

    with own.read() as session:
        assert session.script("SELECT warmth FROM main.article_versions") == [(None,)]


def test_a_required_field_without_a_default_is_refused_for_a_table_that_has_rows(own: Warehouse) -> None:
    with pytest.raises(NewsdeskError, match=r"main\.article_versions\.warmth needs a default"):
        migrate(own, NOON, [table_of(Stricter)])


def test_a_type_that_contradicts_its_table_asks_for_a_migration(own: Warehouse) -> None:
    with pytest.raises(NewsdeskError, match=r"ops\.migrations\.number is BIGINT, its type says VARCHAR"):
        migrate(own, NOON, [table_of(Shorter, "migrations", "ops")])


def test_a_file_edited_after_it_was_applied_is_refused(own: Warehouse, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))
    first = min(folder.rglob("*.sql"), key=lambda path: path.name)
    first.write_text(first.read_text() + "-- one more word\n")

    with pytest.raises(RefusedError, match=f"{first.name}' was edited"):
        migrate(own, NOON, folder=folder)


def test_a_new_file_is_applied_once(own: Warehouse, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))
    (folder / f"{NEXT}_harbours.sql").write_text(
        "-- One row is one harbour.\nCREATE TABLE main.harbours (name VARCHAR);\n"
    )

    assert migrate(own, NOON, folder=folder) == [f"{NEXT}_harbours.sql"]
    assert migrate(own, NOON, folder=folder) == []


def test_a_file_that_fails_leaves_nothing_of_itself(own: Warehouse, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))
    (folder / f"{NEXT}_half.sql").write_text(
        "-- Half.\nCREATE TABLE main.half (a INT);\nCREATE TABLE main.half (a INT);\n"
    )

    with pytest.raises(NewsdeskError, match="half"):
        migrate(own, NOON, folder=folder)

    with own.read() as session:
        assert "main.half" not in {row[0] for row in session.rows("select_tables")}
        assert len(session.rows("select_migrations")) == len(FILES)


def test_a_gap_in_the_numbers_is_refused(own: Warehouse, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))
    (folder / f"{len(FILES) + 2:04}_late.sql").write_text("-- Late.\nSELECT 1;\n")

    with pytest.raises(NewsdeskError, match="without a gap"):
        migrate(own, NOON, folder=folder)


def test_a_warehouse_of_a_newer_program_is_refused(own: Warehouse, tmp_path: Path) -> None:
    folder = tmp_path / "older"
    folder.mkdir()
    shutil.copy(min(MIGRATIONS.rglob("*.sql"), key=lambda path: path.name), folder)

    with pytest.raises(RefusedError, match="newer Newsdesk"):
        migrate(own, NOON, folder=folder)
