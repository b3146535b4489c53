"""Answers: four formats, and nothing but reading."""

import csv
import io
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from schemas.errors import NewsdeskError, UsageError
from tests.support.warehouse.batch_samples import NOON, article, batch_of, capture, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import only_on_files, url_of
from tests.support.warehouse.reading import published
from warehouse.database.connection import Warehouse
from warehouse.reader.headlines import latest_headlines
from warehouse.reader.queries import answer_bytes, answer_rows, read_report

URL = "https://harbour.example/ferry"


@pytest.fixture(scope="module")
def path(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader file of one article, beside its data; tests share it and write nothing."""
    home = Path(shutil.copytree(migrated, tmp_path_factory.mktemp("answers") / "home"))
    with Warehouse(url_of(home)) as warehouse:
        load_batch(warehouse, batch_of([URL]), NOON)
        return published(warehouse)


def test_rows_come_with_their_columns(path: Path) -> None:
    answer = answer_rows(path, "SELECT url, published_at, dek FROM main.articles")

    assert answer.columns == ["url", "published_at", "dek"]
    assert answer.rows == [(URL, NOON - hours(1), None)]


def test_json_is_one_array_of_objects_with_instants_and_ids_as_text(path: Path) -> None:
    columns = "article_id, published_at, authors, dek, sum(word_count) AS words, 1.50 AS price"
    sql = f"SELECT {columns} FROM main.articles GROUP BY ALL"

    told = json.loads(answer_bytes(path, sql, "json"))

    assert told == [
        {
            "article_id": str(article(capture(URL)).article_id),
            "published_at": "2026-11-23T11:00:00+00:00",
            "authors": ["Ada Quay", "Bo Pier"],
            "dek": None,
            "words": 4,
            "price": 1.5,
        }
    ]


def test_json_of_no_rows_is_an_empty_array(path: Path) -> None:
    assert json.loads(answer_bytes(path, "SELECT 1 WHERE false", "json")) == []


def test_json_of_values_beyond_it_is_still_json(path: Path) -> None:
    sql = "SELECT 'nan'::DOUBLE AS a, 2::HUGEINT ** 100 AS b, '\\xAA'::BLOB AS c, INTERVAL 2 HOURS AS d"

    assert json.loads(answer_bytes(path, sql, "json")) == [
        {"a": None, "b": 1.2676506002282294e30, "c": "aa", "d": 7200.0}
    ]


def test_columns_of_one_name_are_all_kept(path: Path) -> None:
    assert json.loads(answer_bytes(path, "SELECT 1 AS a, 2 AS a, 3 AS a_1", "json")) == [
        {"a": 1, "a_1": 2, "a_1_1": 3}
    ]


def test_csv_has_a_header_and_quotes_what_needs_it(path: Path) -> None:
    told = answer_bytes(
        path, "SELECT 'a,\"b\"\nc' AS text, NULL AS gap, published_at, authors FROM main.articles", "csv"
    )

    assert list(csv.reader(io.StringIO(told.decode(), newline=""))) == [
        ["text", "gap", "published_at", "authors"],
        ['a,"b"\nc', "", "2026-11-23T11:00:00+00:00", '["Ada Quay","Bo Pier"]'],
    ]


def test_parquet_reads_back(path: Path) -> None:
    told = answer_bytes(path, "SELECT url, published_at FROM main.articles", "parquet")

    assert pq.read_table(io.BytesIO(told)).to_pylist() == [{"url": URL, "published_at": NOON - hours(1)}]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO ops.published VALUES (1, now(), 'x')",
        "CREATE TABLE t (a INT)",
        "COPY (SELECT 1) TO '{data}/x.parquet'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{data}/x.parquet'",
        "ATTACH '/tmp/x.duckdb'",
        "SET memory_limit = '100GB'",
        "SELECT 1; SELECT 2",
        "",
    ],
)
def test_all_but_one_select_is_refused(path: Path, sql: str) -> None:
    data = path.parent / "data"

    with pytest.raises(UsageError, match="one SELECT statement"):
        answer_rows(path, sql.format(data=data))

    assert not (data / "x.parquet").exists()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELEKT 1", "syntax error"),
        ("SELECT nothing FROM main.articles", "nothing"),
        ("FROM read_text('/etc/hostname')", "disabled by configuration"),
        ("FROM read_text('{data}/../../../../etc/hostname')", "disabled by configuration"),
        ("FROM read_blob('{data}/../catalog.sqlite')", "disabled by configuration"),
        ("FROM read_csv('https://harbour.example/x.csv')", "disabled by configuration"),
        ("SELECT getenv('HOME')", "getenv"),
    ],
)
def test_a_query_that_fails_says_why(path: Path, sql: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        answer_rows(path, sql.format(data=path.parent / "data"))


def test_a_missing_reader_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match=r"newsdesk\.duckdb'.*newsdesk ingest"):
        answer_rows(tmp_path / "newsdesk.duckdb", "SELECT 1")


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "newsdesk.duckdb").write_text("not a database" * 1000)

    with pytest.raises(NewsdeskError, match="not a valid DuckDB database"):
        answer_rows(tmp_path / "newsdesk.duckdb", "SELECT 1")


@only_on_files
def test_missing_data_files_are_no_fault_of_the_query(own: Warehouse, home: Path) -> None:
    load_batch(own, batch_of([URL]), NOON)
    path = published(own)
    (home / "data").rename(home / "moved")

    with pytest.raises(NewsdeskError, match="run `newsdesk publish`") as caught:
        answer_rows(path, "SELECT * FROM main.articles")
    assert not isinstance(caught.value, UsageError)


def test_an_unknown_format_names_the_nearest(path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'json'"):
        answer_bytes(path, "SELECT 1", "jsom")


def test_a_report_is_read_by_name(path: Path) -> None:
    assert read_report(path, "latest_headlines", limit=1).rows[0][:2] == ("Ferry sails", "harbour")


def test_an_unknown_report_names_the_nearest(path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'latest_headlines'"):
        read_report(path, "latest_headline")


def test_headlines_are_the_newest(path: Path) -> None:
    assert [(one.title, one.version) for one in latest_headlines(path, 5)] == [("Ferry sails", 1)]
