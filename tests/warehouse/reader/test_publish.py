"""The reader file: whole, atomic, readable without an extension."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.errors import NewsdeskError, RefusedError
from tests.support.warehouse.batch_samples import NOON, batch_of, full_batch, hours, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import only_on_files, url_of
from tests.support.warehouse.reading import ask, published
from warehouse.database.columns import columns
from warehouse.database.connection import Warehouse
from warehouse.reader.file import Reader
from warehouse.reader.publish import publish_reader
from warehouse.reader.queries import answer_rows
from warehouse.tables.tables import TABLES

STRANGER = """
import duckdb, json, sys
file = duckdb.connect(sys.argv[1], read_only=True, config={"autoinstall_known_extensions": False})
rows = file.execute("SELECT title, source FROM main.articles ORDER BY url").fetchall()
extra = "SELECT count(*) FROM duckdb_extensions() WHERE loaded AND install_mode <> 'STATICALLY_LINKED'"
loaded = file.execute(extra).fetchall()
then = file.execute("SELECT count(*) FROM articles_as_of('2026-11-23 12:30:00+00')").fetchall()
before = file.execute("SELECT count(*) FROM articles_as_of('2026-11-23 11:30:00+00')").fetchall()
print(json.dumps([rows, then, before, loaded]))
"""


@only_on_files
def test_any_duckdb_reads_the_file_without_an_extension(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(2)), NOON)
    path = published(warehouse)

    told = subprocess.run([sys.executable, "-c", STRANGER, str(path)], capture_output=True, text=True, check=True)

    assert json.loads(told.stdout) == [[["Ferry sails", "harbour"]] * 2, [[2]], [[0]], [[0]]]


def test_an_empty_warehouse_has_every_table_and_report(warehouse: Warehouse) -> None:
    path = published(warehouse)

    for table in TABLES:
        names = [column.name for column in columns(table.row)]
        assert answer_rows(path, f"SELECT * FROM {table.full_name}").columns == names
    with Reader(path) as session:
        for name, _ in session.rows("select_reports"):
            assert answer_rows(path, f"SELECT * FROM reports.{name}").rows == []


def test_tables_and_columns_keep_their_comments(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)

    comments = ask(
        warehouse,
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "WHERE comment IS NULL AND schema_name IN ('main', 'ops', 'reports') AND NOT internal",
    )

    assert comments == []


def test_an_open_reader_keeps_what_it_saw(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(1)), NOON)
    with Reader(published(warehouse)) as session:
        load_batch(warehouse, batch_of(urls(3), "second", "run-2", NOON + hours(1)), NOON)
        published(warehouse)

        assert session.ask("SELECT count(*) FROM main.articles")[1] == [(1,)]


def test_a_reader_opened_after_a_publication_sees_it_though_another_is_open(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(1)), NOON)
    with Reader(published(warehouse)):
        load_batch(warehouse, batch_of(urls(3), "second", "run-2", NOON + hours(1)), NOON)

        assert ask(warehouse, "SELECT count(*) FROM main.articles") == [(3,)]


def test_the_file_says_which_snapshot_it_shows(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(1)), NOON)
    with warehouse.read() as session:
        latest = session.rows("select_snapshot")

    assert ask(warehouse, "SELECT snapshot, snapshot_at FROM ops.published") == latest


def test_a_new_report_is_a_new_file_and_nothing_else(warehouse: Warehouse, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "sources.sql").write_text("-- One row is one source.\nSELECT DISTINCT source FROM main.articles;\n")
    load_batch(warehouse, batch_of(urls(2)), NOON)

    publish_reader(warehouse, tmp_path / "newsdesk.duckdb", folder)

    with Reader(tmp_path / "newsdesk.duckdb") as session:
        assert session.rows("select_reports") == [("sources", "One row is one source.")]
        assert session.ask("FROM reports.sources")[1] == [("harbour",)]


def test_a_column_of_a_report_is_told_by_its_line_else_as_in_the_articles(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    folder = tmp_path / "reports" / "room"
    folder.mkdir(parents=True)
    (folder / "mine.sql").write_text(
        "-- One row is one article.\n--\n-- words: Words: those\n--     of the body.\n"
        "SELECT word_count AS words, body_hash, 1 AS untold FROM main.articles;\n"
    )

    publish_reader(warehouse, tmp_path / "newsdesk.duckdb", folder.parent)

    told = "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'reports' ORDER BY column_index"
    [(name, words), (_, hashed), (_, untold)] = answer_rows(tmp_path / "newsdesk.duckdb", told).rows
    assert (name, words, untold) == ("words", "Words: those of the body.", None)
    assert hashed.startswith("SHA-256")


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        (
            "-- One row is one.\n--\n-- two: A column that is not there.\nSELECT 1 AS one",
            r"'wrong\.sql' tells of columns .* two",
        ),
        ("-- One row is one.\n--\n-- two A line without a colon.\nSELECT 1 AS one", "lines other than"),
        ("-- One row is one mistake.\nSELECT no_such_column FROM main.articles", r"'wrong\.sql' cannot be a view"),
        ("SELECT 1 AS one", "needs a lower-case name and a first line"),
    ],
)
def test_a_wrong_report_is_named_and_the_file_before_stays(
    warehouse: Warehouse, tmp_path: Path, sql: str, says: str
) -> None:
    path = published(warehouse)
    before = path.read_bytes()
    (tmp_path / "wrong.sql").write_text(sql)

    with pytest.raises(NewsdeskError, match=says):
        publish_reader(warehouse, path, tmp_path)

    assert path.read_bytes() == before
    assert [left.name for left in path.parent.glob(".newsdesk*")] == [".newsdesk.duckdb.gate"]


@only_on_files
def test_the_draft_of_a_process_that_was_killed_is_cleared_away(warehouse: Warehouse) -> None:
    path = published(warehouse)
    left = path.with_name(f".{path.name}.draft-0badcafe")
    left.write_bytes(b"half a reader file")

    published(warehouse)

    assert not left.exists()
    assert ask(warehouse, "SELECT count(*) FROM main.articles") == [(0,)]


def test_a_place_that_cannot_be_written_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(RefusedError, match="reader file"):
        publish_reader(warehouse, tmp_path / "file" / "newsdesk.duckdb")


def test_rows_deleted_from_the_lake_are_refused_rather_than_shown_again(own: Warehouse) -> None:
    load_batch(own, batch_of(urls(2)), NOON)
    own.write("test", lambda session: session.script(f"DELETE FROM main.captures WHERE url = '{urls(1)[0]}'"))

    with pytest.raises(NewsdeskError, match=r"rows were deleted from main\.captures"):
        published(own)


def test_a_home_that_was_moved_is_published_from_its_place(home: Path, tmp_path: Path) -> None:
    with Warehouse(url_of(home)) as warehouse:
        load_batch(warehouse, batch_of(urls(2)), NOON)
    home.rename(tmp_path / "elsewhere")

    with Warehouse(url_of(tmp_path / "elsewhere")) as moved:
        assert ask(moved, "SELECT count(*) FROM main.articles") == [(2,)]
