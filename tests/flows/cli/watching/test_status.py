"""`newsdesk status`: what it shows of a source."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.group import app
from schemas.history.rows import SourceFileState
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.batch import BatchLedger
from schemas.settings import Settings
from schemas.sources.health import Health, HealthState
from tests.support.warehouse.batch_samples import FEED, NOON, batch, feed_state, outcome, run
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose one source is silent."""
    home = tmp_path_factory.mktemp("status")
    settings = Settings(home=home)
    told = "nothing unseen is listed"
    silent = HealthState(source="harbour", state=Health.SILENT, since=NOON, evidence=told, at=NOON, run_id="run-1")
    read = SourceFileState(
        slug="harbour",
        name="Harbour",
        country="gb",
        language="en",
        homepage="https://harbour.example/",
        places=(FEED,),
        at=NOON,
        run_id="run-1",
    )
    polled = outcome(FEED, Reason.OK, kind=UrlKind.FEED)
    ledger = BatchLedger(feed_states=(feed_state(),), health_states=(silent,))
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, NOON)
        load_batch(warehouse, batch([], dropped=(polled,), ledger=ledger), NOON)
        load_run(warehouse, run("run-1", 1), [read])
        publish_reader(warehouse, settings.reader_path)
    return home


def shown(home: Path, *words: str) -> str:
    environment = {"NEWSDESK_HOME": str(home), "NEWSDESK_SOURCES": str(home / "none"), "NEWSDESK_TIME_ZONE": "UTC"}
    done = CliRunner().invoke(app, ["status", *words], env=environment | {"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_table_shows_the_health_of_a_source_and_since_when_at_80_columns(home: Path) -> None:
    lines = shown(home).splitlines()
    head = next(line for line in lines if line.startswith("source "))
    row = next(line for line in lines if line.startswith("harbour "))
    assert head.split()[:3] == ["source", "health", "health_since"]
    assert row.split()[:4] == ["harbour", "silent", "11-23", "12:00"]


def test_the_json_has_the_health_its_instant_and_what_shows_it(home: Path) -> None:
    (line,) = json.loads(shown(home, "--json"))["sources"]
    assert (line["health"], line["health_since"]) == ("silent", "2026-11-23T12:00:00Z")
    assert line["health_evidence"] == "nothing unseen is listed"
