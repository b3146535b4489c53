"""Texts of rows without texts: from the hash, else from the URL, else not at all."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from schemas.errors import NewsdeskError, RefusedError, UsageError
from schemas.exports import ExportFormat, ExportOptions
from tasks.exports.export_folder import Made, export
from tasks.exports.hydrate import hydrate, lacking_urls
from tests.support.warehouse.batch_samples import NOON, article, batch, capture
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from tests.support.warehouse.reading import published
from warehouse.database.connection import Warehouse
from warehouse.tables.migrate import migrate

TEXTS = {
    "https://harbour.example/1": "The ferry sails again, and again.",
    "https://harbour.example/2": 'A storm, with "quotes",\nand lines came over the quay.',
}
LOST = "https://harbour.example/lost?a=1,2"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader file of two articles, the first of which changed since."""
    home = tmp_path_factory.mktemp("home")
    with Warehouse(url_of(home)) as warehouse:
        migrate(warehouse, NOON)
        first = [(article(c, TEXTS[c.url]), c) for c in map(capture, TEXTS)]
        load_batch(warehouse, batch(first, "run-1"), datetime.now(UTC))
        later = capture("https://harbour.example/1", NOON + timedelta(hours=2), "run-2")
        load_batch(
            warehouse,
            batch([(article(later, "It rests in the harbour."), later)], "run-2", run_id="run-2"),
            datetime.now(UTC),
        )
        return published(warehouse)


def _without_text(reader: Path, folder: Path, form: ExportFormat) -> Path:
    options = ExportOptions(table="main.article_versions", without_text=True, form=form)
    export(reader, folder, options, Made("1.0", NOON, ""))
    (found,) = (folder / "data").iterdir()
    return found


@pytest.mark.parametrize("form", [ExportFormat.PARQUET, ExportFormat.CSV, ExportFormat.JSONL])
def test_every_version_gets_its_own_text_again(reader: Path, tmp_path: Path, form: ExportFormat) -> None:
    source = _without_text(reader, tmp_path / "export", form)
    told = hydrate(reader, source, tmp_path / f"out.{form}")
    assert (told.rows, told.same, told.other, told.missing) == (3, 3, 0, 0)
    query = f"SELECT url, version, body, text_found FROM '{tmp_path}/out.{form}' ORDER BY url, version"
    assert duckdb.sql(query).fetchall() == [
        ("https://harbour.example/1", 1, TEXTS["https://harbour.example/1"], "same"),
        ("https://harbour.example/1", 2, "It rests in the harbour.", "same"),
        ("https://harbour.example/2", 1, TEXTS["https://harbour.example/2"], "same"),
    ]


def test_a_folder_of_an_export_is_hydrated_file_by_file(reader: Path, tmp_path: Path) -> None:
    options = ExportOptions(without_text=True, by=("day",))
    export(reader, tmp_path / "export", options, Made("1.0", NOON, ""))
    told = hydrate(reader, tmp_path / "export", tmp_path / "out")
    assert (told.rows, told.same) == (2, 2)
    assert [path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.parquet")] == [
        "data/day=2026-11-23/part-00001.parquet"
    ]


def test_another_text_and_none_are_told_apart_and_listed(reader: Path, tmp_path: Path) -> None:
    rows = [
        {"canonical_url": "https://harbour.example/2", "body_hash": "0", "fetched_at": "2026-11-23T12:00:00+00:00"},
        {"canonical_url": LOST, "body_hash": "1", "mine": "=1"},
        {"canonical_url": None, "body_hash": None},
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    told = hydrate(reader, tmp_path / "rows.jsonl", tmp_path / "out.jsonl")
    assert (told.same, told.other, told.missing) == (0, 1, 2)
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["text_found"] for row in out] == ["other", "missing", "missing"]
    assert out[0]["body"] == TEXTS["https://harbour.example/2"]
    assert (out[1]["mine"], out[1]["body"]) == ("=1", None)
    assert list(lacking_urls(tmp_path / "out.jsonl")) == [
        ("https://harbour.example/2", "2026-11-23T12:00:00+00:00"),
        (LOST, ""),
    ]


def test_values_of_a_csv_stay_as_they_were(reader: Path, tmp_path: Path) -> None:
    with (tmp_path / "rows.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["canonical_url", "body_hash", "code"], [LOST, "007", "0012"]])
    hydrate(reader, tmp_path / "rows.csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row == {
        "canonical_url": LOST,
        "body_hash": "007",
        "code": "0012",
        "dek": "",
        "body": "",
        "text_found": "missing",
    }


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("rows.csv", "title,price\na,b\n", "need the columns body_hash and canonical_url"),
        ("rows.csv", "canonical_url,body_hash\n", "has no rows"),
        ("rows.jsonl", "{not json}\n", "cannot read"),
        ("rows.parquet", "no parquet", "cannot read"),
        ("rows.xlsx", "PK", "cannot be hydrated"),
    ],
)
def test_what_has_no_rows_of_articles_is_told(
    reader: Path, tmp_path: Path, name: str, content: str, told: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(NewsdeskError, match=told):
        hydrate(reader, tmp_path / name, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten(reader: Path, tmp_path: Path) -> None:
    source = _without_text(reader, tmp_path / "export", ExportFormat.CSV)
    (tmp_path / "mine.csv").write_text("mine")
    with pytest.raises(RefusedError, match="is there already"):
        hydrate(reader, source, tmp_path / "mine.csv")
    with pytest.raises(UsageError, match="no file of rows"):
        hydrate(reader, tmp_path / "nothing", tmp_path / "out.csv")
