"""Watched searches are told of what a run brought, once, and what is wrong with them stops nothing."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.runs.run import Run, RunState
from schemas.settings import Settings
from tasks.alerts.watched_searches import search_incidents
from tests.support.warehouse.batch_samples import ELEVEN, NOON, batch_of, hours, urls
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate

WATCHED = '[boats]\nquery = "ferry lighthouse"\nwatch = true\n\n[silent]\nquery = "ferry"\n'


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home after two runs, of which the second brought two articles with a lighthouse."""
    monkeypatch.setenv("NEWSDESK_SETTINGS", "")
    settings = Settings(home=tmp_path)
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, NOON)
        for number, text in (
            (0, "The ferry {} sails again to Nordhaven."),
            (1, "The ferry {} meets the lighthouse."),
        ):
            at, run_id = NOON + hours(number), f"run-{number}"
            for each in (0, 1):
                address = urls(1, 10 * number + each)
                load_batch(warehouse, batch_of(address, f"{run_id}-{each}", run_id, at, text.format(each)), at)
            load_run(warehouse, ended(run_id, at))
        publish_reader(warehouse, settings.reader_path)
    return settings


def ended(run_id: str, at: datetime) -> Run:
    return Run(
        run_id=run_id,
        flow="ingest",
        runner="direct",
        started_at=at,
        finished_at=at,
        state=RunState.COMPLETED,
        sources=1,
        sources_failed=(),
        urls=2,
        stages=(),
    )


def write(settings: Settings, toml: str, at: datetime = ELEVEN) -> None:
    path = settings.home / "searches.toml"
    path.write_text(toml)
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_a_run_that_brought_hits_is_one_incident(settings: Settings) -> None:
    write(settings, WATCHED)

    (found,) = search_incidents(settings, NOON + hours(2))

    assert found.incident_id == "search boats run-1"
    assert found.message.startswith("2 new articles for 'boats': Ferry sails; Ferry sails")
    assert found.opened_at == NOON + hours(1)
    assert search_incidents(settings, NOON + hours(2)) == [found]


def test_what_came_before_the_search_was_written_is_no_news(settings: Settings) -> None:
    write(settings, WATCHED, datetime(2026, 11, 23, 13, 30, tzinfo=UTC))

    assert search_incidents(settings, NOON + hours(2)) == []


def test_what_came_days_ago_is_no_news(settings: Settings) -> None:
    write(settings, WATCHED)

    assert search_incidents(settings, NOON + hours(48)) == []


def test_a_wrong_file_is_told_as_a_warning_and_stops_nothing(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    write(settings, '[boats]\nqery = "ferry"')

    assert search_incidents(settings, NOON + hours(2)) == []
    assert "did you mean 'query'?" in caplog.text


def test_without_a_file_nothing_is_watched(settings: Settings) -> None:
    assert search_incidents(settings, NOON + hours(2)) == []
