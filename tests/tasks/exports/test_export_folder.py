"""The folder of an export: each row once, whole files, and no half of anything."""

import csv
import errno
import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import openpyxl
import pytest

from schemas.errors import DiskFullError, RefusedError, UsageError
from schemas.exports import ExportFormat, ExportOptions
from tasks.exports import export_folder
from tasks.exports.export_folder import Made, export
from tests.support.warehouse.batch_samples import NOON, article, batch, capture
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import copy_of, url_of
from tests.support.warehouse.reading import published
from warehouse.database.connection import Warehouse
from warehouse.tables.migrate import migrate

MADE = Made("1.0", NOON, "")
FORMULA = '=HYPERLINK("https://evil.example")'
LATER = NOON + timedelta(hours=3)


def _load(home: Path, name: str, *wanted: tuple[str, str, str, datetime]) -> Path:
    """Loads articles (URL, title, text, fetched at) and publishes; the reader file."""
    captures = [(capture(url, at, name), title, text) for url, title, text, at in wanted]
    articles = [(article(one, text, title=title), one) for one, title, text in captures]
    with Warehouse(url_of(home)) as warehouse:
        load_batch(warehouse, batch(articles, name, run_id=name), datetime.now(UTC))
        return published(warehouse)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose reader file shows nothing."""
    home = tmp_path_factory.mktemp("empty")
    with Warehouse(url_of(home)) as warehouse:
        migrate(warehouse, NOON)
        published(warehouse)
    return home


@pytest.fixture(scope="module")
def filled(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three articles, to be copied; tests that only read use it as it is."""
    home = copy_of(empty, tmp_path_factory.mktemp("filled"))
    _load(
        home,
        "run-1",
        ("https://harbour.example/1", FORMULA, "The ferry sails again, and again.", NOON),
        (
            "https://harbour.example/2",
            'Quay, "new"\nline',
            "Bo Pier \u2014 \u043f\u043e\u0440\u0442 and more \U0001f6f3",
            NOON,
        ),
        ("https://harbour.example/3", "Tide", "x" * 40_000, NOON + timedelta(days=1)),
    )
    return home


def _reader(home: Path) -> Path:
    return home / "newsdesk.duckdb"


def _asked(query: str) -> list[tuple[object, ...]]:
    return duckdb.sql(query).fetchall()


def test_parquet_has_every_row_and_column(filled: Path, tmp_path: Path) -> None:
    result = export(_reader(filled), tmp_path / "out", ExportOptions(), MADE)
    assert (result.rows, result.rows_added, result.files_added) == (3, 3, ("data/part-00001.parquet",))
    rows = _asked(f"SELECT url, title, authors FROM '{tmp_path}/out/data/*.parquet' ORDER BY url")
    assert [row[0][-1] for row in rows] == ["1", "2", "3"]  # type: ignore[index]
    assert rows[0][1:] == (FORMULA, ["Ada Quay", "Bo Pier"])
    columns = [row[0] for row in _asked(f"DESCRIBE FROM '{tmp_path}/out/data/*.parquet'")]
    assert columns == [field["name"] for field in json.loads((tmp_path / "out/schema.json").read_text())["fields"]]


def test_csv_is_read_back_and_runs_no_formula(filled: Path, tmp_path: Path) -> None:
    export(_reader(filled), tmp_path / "out", ExportOptions(form=ExportFormat.CSV), MADE)
    with (tmp_path / "out/data/part-00001.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["url"])
    assert [row["title"] for row in rows] == [f"'{FORMULA}", 'Quay, "new"\nline', "Tide"]
    assert rows[1]["body"] == "Bo Pier \u2014 \u043f\u043e\u0440\u0442 and more \U0001f6f3"


def test_json_lines_are_objects_with_instants_as_text(filled: Path, tmp_path: Path) -> None:
    export(_reader(filled), tmp_path / "out", ExportOptions(form=ExportFormat.JSONL), MADE)
    rows = [json.loads(line) for line in (tmp_path / "out/data/part-00001.jsonl").read_bytes().splitlines()]
    assert sorted(row["title"] for row in rows) == sorted([FORMULA, 'Quay, "new"\nline', "Tide"])
    assert {row["published_at"] for row in rows} == {"2026-11-23T11:00:00+00:00", "2026-11-24T11:00:00+00:00"}


def test_a_sheet_has_texts_as_texts_and_tells_of_cut_cells(filled: Path, tmp_path: Path) -> None:
    result = export(_reader(filled), tmp_path / "out", ExportOptions(form=ExportFormat.XLSX), MADE)
    sheet = openpyxl.load_workbook(tmp_path / "out/data/part-00001.xlsx")["rows"]
    names = [cell.value for cell in sheet[1]]
    titles = [row[names.index("title")] for row in sheet.iter_rows(min_row=2)]
    assert {(cell.value, cell.data_type) for cell in titles} == {
        (FORMULA, "s"),
        ('Quay, "new"\nline', "s"),
        ("Tide", "s"),
    }
    assert result.cut_cells == 1
    assert "1 cell was shortened" in (tmp_path / "out/README.md").read_text()


def test_a_feed_has_the_newest_first(filled: Path, tmp_path: Path) -> None:
    export(_reader(filled), tmp_path / "out", ExportOptions(form=ExportFormat.RSS), MADE)
    feed = (tmp_path / "out/feed.xml").read_text()
    assert feed.index("<title>Tide</title>") < feed.index("HYPERLINK")


def test_rows_are_parted_as_hive_does_and_readers_find_them(filled: Path, tmp_path: Path) -> None:
    export(_reader(filled), tmp_path / "out", ExportOptions(by=("day", "source")), MADE)
    folders = sorted(str(path.parent.relative_to(tmp_path / "out/data")) for path in tmp_path.rglob("part-*"))
    assert folders == ["day=2026-11-23/source=harbour", "day=2026-11-24/source=harbour"]
    counted = _asked(f"SELECT day::VARCHAR, count(*) FROM '{tmp_path}/out/data/**/*.parquet' GROUP BY 1 ORDER BY 1")
    assert counted == [("2026-11-23", 2), ("2026-11-24", 1)]


def test_the_descriptor_has_the_hash_of_each_file(filled: Path, tmp_path: Path) -> None:
    export(_reader(filled), tmp_path / "out", ExportOptions(by=("day",)), MADE)
    resources = json.loads((tmp_path / "out/datapackage.json").read_text())["resources"]
    assert sum(each["rowCount"] for each in resources) == 3
    for each in resources:
        content = (tmp_path / "out" / each["path"]).read_bytes()
        assert (each["bytes"], each["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_texts_can_be_left_out(filled: Path, tmp_path: Path) -> None:
    export(_reader(filled), tmp_path / "out", ExportOptions(without_text=True, form=ExportFormat.JSONL), MADE)
    text = (tmp_path / "out/data/part-00001.jsonl").read_text()
    assert "sails again" not in text
    assert {"url", "title", "body_hash", "word_count", "fingerprint"} <= set(json.loads(text.splitlines()[0]))


def test_time_and_source_choose_rows(filled: Path, tmp_path: Path) -> None:
    second = ExportOptions(since=NOON)
    assert export(_reader(filled), tmp_path / "since", second, MADE).rows == 1
    assert export(_reader(filled), tmp_path / "until", ExportOptions(until=NOON), MADE).rows == 2
    assert export(_reader(filled), tmp_path / "other", ExportOptions(sources=("other",)), MADE).rows == 0


def test_the_second_time_only_what_is_new_is_added(filled: Path, tmp_path: Path) -> None:
    home, out = copy_of(filled, tmp_path), tmp_path / "out"
    export(_reader(home), out, ExportOptions(), MADE)
    first = (out / "data/part-00001.parquet").read_bytes()
    assert export(_reader(home), out, ExportOptions(), MADE).rows_added == 0
    _load(
        home,
        "run-2",
        ("https://harbour.example/1", "Ferry rests", "The ferry rests in the harbour.", LATER),
        ("https://harbour.example/4", "Storm", "A storm came over the quay.", LATER),
    )
    result = export(_reader(home), out, ExportOptions(), MADE)
    assert (result.rows_added, result.rows) == (2, 5)
    assert (out / "data/part-00001.parquet").read_bytes() == first
    rows = _asked(f"SELECT version, title FROM '{out}/data/*.parquet' WHERE url LIKE '%/1' ORDER BY version")
    assert rows == [(1, FORMULA), (2, "Ferry rests")]


def test_equal_rows_of_a_query_are_each_exported_once(filled: Path, tmp_path: Path) -> None:
    options = ExportOptions(query="SELECT source FROM main.articles -- all")
    assert export(_reader(filled), tmp_path / "out", options, MADE).rows_added == 3
    assert export(_reader(filled), tmp_path / "out", options, MADE).rows_added == 0


def test_other_options_are_refused_and_anew_replaces(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(_reader(filled), out, ExportOptions(), MADE)
    with pytest.raises(UsageError, match="form was 'parquet', and is 'csv'"):
        export(_reader(filled), out, ExportOptions(form=ExportFormat.CSV), MADE)
    export(_reader(filled), out, ExportOptions(form=ExportFormat.CSV), MADE, is_anew=True)
    assert [path.name for path in (out / "data").iterdir()] == ["part-00002.csv"]


def test_a_folder_with_other_things_is_left_alone(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    for is_anew in (False, True):
        with pytest.raises(UsageError, match="holds no export of Newsdesk"):
            export(_reader(filled), tmp_path, ExportOptions(), MADE, is_anew)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_killed_export_leaves_what_was_there(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, out = copy_of(filled, tmp_path), tmp_path / "out"
    export(_reader(home), out, ExportOptions(), MADE)
    _load(home, "run-2", ("https://harbour.example/4", "Storm", "A storm came over the quay.", LATER))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(export_folder, "_commit", full)
        with pytest.raises(DiskFullError, match="it is as it was"):
            export(_reader(home), out, ExportOptions(), MADE)
    assert [path.name for path in (out / "data").iterdir()] == ["part-00001.parquet"]
    (out / "data/part-00002.parquet").write_text("half a file")  # A kill leaves it.
    assert export(_reader(home), out, ExportOptions(), MADE).rows_added == 1
    assert _asked(f"SELECT count(*) FROM '{out}/data/*.parquet'") == [(4,)]


def test_a_place_that_cannot_be_written_is_told(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises((RefusedError, UsageError)):
        export(_reader(filled), tmp_path / "file", ExportOptions(), MADE)


def test_an_empty_warehouse_gives_an_empty_export(empty: Path, tmp_path: Path) -> None:
    for form in ExportFormat:
        result = export(_reader(empty), tmp_path / form, ExportOptions(form=form), MADE)
        assert result.rows == 0
        assert "0 rows" in (tmp_path / form / "README.md").read_text()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"table": "articels"}, "did you mean 'main.articles'"),
        ({"query": "DROP TABLE main.articles"}, "must be one SELECT"),
        ({"query": "SELECT nothing FROM main.articles"}, "the query failed"),
        ({"by": ("sorce",)}, "did you mean 'source'"),
        ({"table": "ops.migrations", "by": ("day",)}, "published_at or fetched_at"),
        ({"table": "ops.migrations", "since": NOON}, "need a column published_at"),
        ({"table": "ops.migrations", "sources": ("a",)}, "needs a column source"),
        ({"query": "SELECT 1 AS a", "form": ExportFormat.RSS}, "needs a column url"),
    ],
)
def test_what_cannot_be_exported_is_told(filled: Path, tmp_path: Path, options: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        export(_reader(filled), tmp_path / "out", ExportOptions.model_validate(options), MADE)
    assert not list(tmp_path.rglob("part-*"))
