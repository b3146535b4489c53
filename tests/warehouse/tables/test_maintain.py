"""Maintenance: the same rows in fewer files, nothing deleted that a reader may need, safe to kill."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from schemas.errors import RefusedError
from schemas.items.capture import WarcPointer
from schemas.runs.batch import BatchLedger
from schemas.runs.run import Run, RunState
from tests.support.repository import ROOT
from tests.support.warehouse.batch_samples import NOON, batch, batch_of, capture, hours, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import only_on_files, url_of
from tests.support.warehouse.reading import ask, look, published
from warehouse.database.columns import columns
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run
from warehouse.reader.file import Reader
from warehouse.tables.backup import back_up
from warehouse.tables.maintain import delete_old_files, delete_orphans, expire_snapshots, merge_files, sample_captures
from warehouse.tables.tables import TABLES

DAY = timedelta(days=1)
ROUNDS = """
import sys
from datetime import datetime, UTC
from warehouse.database.connection import Warehouse
from warehouse.tables.maintain import delete_orphans, expire_snapshots, merge_files

with Warehouse(sys.argv[1]) as warehouse:
    print("open", flush=True)
    merge_files(warehouse)
    print("merged", flush=True)
    merge_files(warehouse, is_full=True)
    expire_snapshots(warehouse, datetime(2100, 1, 1, tzinfo=UTC))
"""


def fill(warehouse: Warehouse, loads: int, start: int = 0) -> None:
    """So many loads of three articles each."""
    for number in range(start, start + loads):
        run_id = f"run-{number}"
        load_batch(warehouse, batch_of(urls(3, start=3 * number), run_id, run_id, NOON + hours(number)), NOON)


def data_files(home: Path) -> set[Path]:
    return set((home / "data").rglob("*.parquet"))


def rows_of(warehouse: Warehouse) -> dict[str, list[str]]:
    """All rows of all tables."""
    return {table.full_name: sorted(map(str, look(warehouse, f"FROM {table.full_name}"))) for table in TABLES}


def maintained(warehouse: Warehouse, at: datetime) -> None:
    """The row that a round leaves, which ended then."""
    run = Run(
        run_id=f"round-{at}",
        flow="maintain",
        runner="direct",
        started_at=at,
        finished_at=at,
        state=RunState.COMPLETED,
        sources=0,
        urls=0,
    )
    load_run(warehouse, run)


@pytest.fixture
def now() -> datetime:
    """The catalog notes by the machine's clock when a file is no longer needed."""
    return datetime.now(UTC)


def test_merging_leaves_one_file_a_table_and_the_same_rows(own: Warehouse) -> None:
    fill(own, 5)
    before = rows_of(own)

    merged, made = merge_files(own)

    assert merged > 4 * made > 0
    for table in ("article_versions", "captures"):
        assert look(own, f"SELECT count(*) FROM ducklake_list_files('lake', '{table}', schema = 'main')") == [(1,)]
    assert rows_of(own) == before
    assert merge_files(own) == (0, 0)


def test_merged_files_show_readers_the_same_rows_and_columns(own: Warehouse) -> None:
    fill(own, 3)
    queries = [f"FROM {table.full_name} ORDER BY ALL" for table in TABLES] + ["FROM main.articles ORDER BY ALL"]
    before = [ask(own, query) for query in queries]

    merge_files(own)

    assert [ask(own, query) for query in queries] == before
    with Reader(published(own)) as session:
        for table in TABLES:
            assert session.ask(f"FROM {table.full_name}")[0] == [column.name for column in columns(table.row)]


def test_loads_come_in_between_the_slices_of_a_merge(own: Warehouse, home: Path) -> None:
    fill(own, 3)
    with subprocess.Popen(
        [sys.executable, "-c", ROUNDS, url_of(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        fill(own, 3, start=3)
        assert process.wait(60) == 0

    assert look(own, "SELECT count(*), count(DISTINCT article_id) FROM main.article_versions") == [(18, 18)]


def test_a_round_that_is_killed_at_any_moment_changes_no_row(own: Warehouse, home: Path) -> None:
    fill(own, 6)
    before = rows_of(own)
    seed = random.randrange(1000)
    moments = random.Random(seed)
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", ROUNDS, url_of(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(moments.uniform(0, 1.0))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)

        assert rows_of(own) == before, f"seed {seed}"
    merge_files(own)

    assert rows_of(own) == before
    assert ask(own, "SELECT count(*) FROM main.articles") == [(18,)]


def test_an_open_reader_keeps_its_files_until_a_day_after_one_without_them_was_published(
    own: Warehouse, home: Path, now: datetime
) -> None:
    fill(own, 3)
    with Reader(published(own)) as session:
        before = data_files(home)
        merge_files(own)
        expire_snapshots(own, now + 8 * DAY)
        deleted = [delete_old_files(own, now + 8 * DAY)]
        maintained(own, now + 1 * DAY)
        deleted.append(delete_old_files(own, now + 2 * DAY - hours(1)))

        assert deleted == [0, 0]
        assert data_files(home) >= before
        assert session.ask("SELECT count(body) FROM main.articles")[1] == [(9,)]

    assert delete_old_files(own, now + 2 * DAY + hours(1)) > 10
    assert ask(own, "SELECT count(body) FROM main.articles") == [(9,)]


@only_on_files
def test_a_file_deleted_by_a_round_that_was_killed_is_no_trouble_to_the_next(
    own: Warehouse, home: Path, now: datetime
) -> None:
    fill(own, 3)
    before = data_files(home)
    merge_files(own)
    maintained(own, now + 1 * DAY)
    next(iter(before - {path for path in before if path.parent.name == "migrations"})).unlink()

    assert delete_old_files(own, now + 3 * DAY) > 0
    assert ask(own, "SELECT count(*) FROM main.articles") == [(9,)]


def test_a_clock_that_jumps_either_way_costs_no_row(own: Warehouse, now: datetime) -> None:
    old = now - 5000 * DAY
    load_batch(own, batch_of(urls(2), "a", "run-a", NOON, published_at=old), NOON)
    earlier = batch_of(urls(2, start=2), "b", "run-b", NOON - 400 * DAY, published_at=old)
    load_batch(own, earlier, NOON - 400 * DAY)
    for at in (now, now + 4000 * DAY, now - 4000 * DAY, now):
        load_batch(own, batch_of(urls(2), f"{at}", f"run-{at}", at, published_at=old), at)
        merge_files(own)
        maintained(own, at)
        expire_snapshots(own, at)
        delete_old_files(own, at)
        delete_orphans(own, at)

    assert ask(own, "SELECT count(body) FROM main.articles") == [(4,)]
    assert ask(own, "FROM reports.unaccounted_urls") == []


@only_on_files
def test_what_was_never_committed_is_deleted_when_it_is_a_day_old(own: Warehouse, home: Path, now: datetime) -> None:
    fill(own, 1)
    kept = data_files(home)
    orphan = home / "data" / "main" / "captures" / "orphan.parquet"
    orphan.write_bytes(b"half a file")

    assert delete_orphans(own, now + hours(1)) == 0
    assert delete_orphans(own, now + DAY + hours(1)) == 1
    assert data_files(home) == kept


def test_old_snapshots_are_forgotten_and_the_latest_stays(own: Warehouse, now: datetime) -> None:
    fill(own, 3)

    assert expire_snapshots(own, now) == 0
    assert expire_snapshots(own, now + 8 * DAY) > 3
    assert look(own, "SELECT count(*) FROM main.articles") == [(9,)]


def test_a_sample_of_the_archive_hangs_on_its_seed_and_asks_no_site(own: Warehouse) -> None:
    ours = [f"2026/{number}.warc.gz" for number in range(40)]
    files = [*ours, *(f"https://crawl.example/{number}.warc.gz" for number in range(40))]
    captures = [
        capture(url, warc=WarcPointer(file=file, offset=0, length=900, digest="sha256:AAAA"))
        for url, file in zip(urls(80), files, strict=True)
    ]
    load_batch(own, batch([], ledger=BatchLedger(captures=tuple(captures))), NOON)

    def drawn(seed: int) -> set[str]:
        return {pointer.file for pointer in sample_captures(own, 5, seed)}

    assert len(drawn(1)) == 5
    assert drawn(1) < set(ours)
    assert drawn(1) == drawn(1) != drawn(2)


@only_on_files
def test_a_backup_is_a_whole_catalog_and_seven_days_are_kept(own: Warehouse, home: Path, tmp_path: Path) -> None:
    fill(own, 1)
    catalog = Path(own.address.target)

    made = [back_up(catalog, home / "backups", date(2026, 11, day)) for day in (*range(1, 10), 9)]

    assert sorted(path.name for path in (home / "backups").iterdir()) == [
        f"catalog-2026-11-0{day}.sqlite" for day in range(3, 10)
    ]
    os.replace(made[-1], tmp_path / "catalog.sqlite")
    with Warehouse(f"ducklake:sqlite:{tmp_path}/catalog.sqlite?data={home}/data/") as restored:
        assert look(restored, "SELECT count(*) FROM main.articles") == [(3,)]


def test_a_catalog_that_cannot_be_read_is_not_backed_up_over_the_last_one(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_text("no database" * 1000)
    folder = tmp_path / "backups"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "catalog-2026-11-01.sqlite")) as good:
        good.execute("VACUUM")
    before = (folder / "catalog-2026-11-01.sqlite").read_bytes()

    with pytest.raises(RefusedError, match="file is not a database"):
        back_up(tmp_path / "catalog.sqlite", folder, date(2026, 11, 1))

    assert (folder / "catalog-2026-11-01.sqlite").read_bytes() == before
