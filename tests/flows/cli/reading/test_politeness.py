"""`newsdesk politeness` as a user meets it, after a run against the newsroom."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.runs.batch import BatchLedger
from schemas.settings import Settings
from tasks.demo_site import Newsroom
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for
from tests.support.warehouse.batch_samples import FEED, NOON, batch, request
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate

HOST = "talblick.example"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A home in which one source was ingested, fast but not at once."""
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        settings = settings_for(tmp_path_factory.mktemp("politeness"), newsroom, pace_floor_s=0.05)
        desk = Desk(environment_for(settings))
        done = desk.run("ingest", "talblick")
        assert done.returncode == 0, done.stderr
        yield desk


def test_every_domain_is_a_line_with_its_smallest_gap_beside_what_was_owed(desk: Desk) -> None:
    rows = desk.json("politeness", "--json")
    assert [row["domain"] for row in rows] == [HOST]  # type: ignore[attr-defined]  # JSON
    row = rows[0]  # type: ignore[index]  # JSON
    assert (row["requests"], row["breaches"], row["pace_s"]) == (23, 0, 0.05)
    assert row["gap_s"] >= 0.05


def test_a_host_is_its_requests_one_by_one(desk: Desk) -> None:
    rows = desk.json("politeness", HOST, "--json")
    assert next(row["url"] for row in rows) == f"http://{HOST}/robots.txt"  # type: ignore[attr-defined]  # JSON
    assert sum(row["url"].endswith("/.well-known/tdmrep.json") for row in rows) == 1  # type: ignore[attr-defined]  # JSON
    assert all(row["breach"] is None for row in rows)  # type: ignore[attr-defined]  # JSON


def test_people_see_milliseconds(desk: Desk) -> None:
    done = desk.run("politeness", HOST)
    assert done.returncode == 0
    assert "0.050" in done.stdout


def test_a_host_that_was_never_asked_is_an_empty_list(desk: Desk) -> None:
    assert desk.json("politeness", "nowhere.example", "--json") == []


def test_before_the_first_run_it_says_what_to_do(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    done = desk.run("politeness", NEWSDESK_HOME=str(tmp_path_factory.mktemp("empty")))
    assert (done.returncode, "newsdesk ingest" in done.stderr) == (1, True)


def test_a_request_that_came_too_early_ends_the_command_with_one(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    early = tuple(request(f"{FEED}/{after}", NOON + timedelta(seconds=after)) for after in (0, 1))
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, NOON)
        load_batch(warehouse, batch([], ledger=BatchLedger(requests=early)), NOON)
        publish_reader(warehouse, settings.reader_path)
    desk = Desk({"NEWSDESK_HOME": str(tmp_path)})
    assert desk.run("politeness").returncode == 1
    done = desk.run("politeness", "harbour.example")
    assert (done.returncode, done.stdout.count("too_close")) == (1, 1)
    assert desk.run("politeness", "nowhere.example").returncode == 0
