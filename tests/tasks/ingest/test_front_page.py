"""The pages of the front page are written whole, or those of before stay."""

import errno
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import DiskFullError, NewsdeskError
from schemas.history.front_page import Period
from tasks.ingest.front_page import Written, is_of_this_hour, write_front_page
from tests.support.warehouse.batch_samples import NOON, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.story_samples import batches, told
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two events of three outlets, a day apart."""
    home = tmp_path_factory.mktemp("front")
    events = [told(event, outlet, NOON + hours(24 * event + outlet)) for event in (0, 1) for outlet in range(3)]
    with Warehouse(f"ducklake:sqlite:{home}/warehouse/catalog.sqlite?data={home}/warehouse/data/") as warehouse:
        migrate(warehouse, NOON)
        load_batch(warehouse, batches(events, 6)[0], NOON)
        publish_reader(warehouse, home / "newsdesk.duckdb")
    return home / "newsdesk.duckdb"


def write(reader: Path, folder: Path, day: int = 0) -> Written:
    since = NOON.replace(hour=0) + timedelta(days=day)
    period = Period(since=since, until=since + timedelta(days=1), day=since.date())
    return write_front_page(reader, folder, period, NOON, "UTC", has_runs=False)


def test_the_pages_stand_in_the_folder(reader: Path, tmp_path: Path) -> None:
    written = write(reader, tmp_path / "made" / "site")
    files = {path.name: path.stat().st_size for path in written.page.parent.iterdir()}
    assert written.page.name == "index.html"
    assert {"index.html", "style.css", "revisions.html", "copies.html", "sources.html"} < files.keys()
    assert (written.stories, written.articles, written.files) == (1, 3, len(files))
    assert written.bytes == sum(files.values())


def test_pages_of_stories_that_are_over_go_and_other_files_stay(reader: Path, tmp_path: Path) -> None:
    (tmp_path / "story-notes.html").write_text("mine")
    write(reader, tmp_path)
    before = {path.name for path in tmp_path.glob("story-*-*.html")}
    write(reader, tmp_path, day=1)
    after = {path.name for path in tmp_path.glob("story-*-*.html")}
    assert len(before) == len(after) == 1
    assert before != after
    assert (tmp_path / "story-notes.html").read_text() == "mine"


def test_a_disk_that_fills_leaves_the_last_whole_site(
    reader: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(reader, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    real = Path.write_text

    def full(path: Path, text: str, *words: Any, **named: Any) -> int:
        if path.name == "sources.html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, text, *words, **named)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(DiskFullError, match="those of before stay"):
        write(reader, tmp_path, day=1)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_without_a_reader_file_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match="no reader file"):
        write(tmp_path / "newsdesk.duckdb", tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_pages_are_of_this_hour_for_an_hour(reader: Path, tmp_path: Path) -> None:
    page = write(reader, tmp_path).page
    os.utime(page, (NOON.timestamp(), NOON.timestamp()))
    assert is_of_this_hour(tmp_path, NOON + hours(0.9))
    assert not is_of_this_hour(tmp_path, NOON + hours(1.1))
    assert not is_of_this_hour(tmp_path / "elsewhere", NOON)
