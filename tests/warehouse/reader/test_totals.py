"""The totals of the status: counted again for the runs that wrote since the last reader file, else kept."""

from datetime import timedelta
from typing import Any

import duckdb
import pytest

from schemas.items.article import Article
from schemas.runs.batch import Batch, BatchLedger
from schemas.runs.status import Totals
from tests.support.warehouse.batch_samples import NOON, batch, batch_of, capture, full_batch, hours, request, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import only_on_files
from tests.support.warehouse.reading import ask, look, published
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_requests
from warehouse.reader import totals
from warehouse.reader.status import status
from warehouse.tables.compact_stories import compact_stories
from warehouse.tables.maintain import merge_files

ONE, TWO, THREE = "20261123T110000-aaaaaa", "20261123T120000-bbbbbb", "20261123T130000-cccccc"
REPORTS = ("unaccounted_urls", "politeness_breaches")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """From which run on each publishing counted; None: everything."""
    seen: list[str | None] = []
    write = totals.write_totals

    def noted(session: Any, kept: totals.Kept | None) -> None:
        seen.append(kept.since if kept else None)
        write(session, kept)

    monkeypatch.setattr("warehouse.reader.publish.write_totals", noted)
    return seen


def lost(name: str, run_id: str) -> Batch[Article]:
    """A batch with a capture that has no outcome."""
    return batch(
        [], name, run_id=run_id, ledger=BatchLedger(captures=(capture(f"https://a.example/{name}", NOON, run_id),))
    )


def kept_is_what_the_reports_say(warehouse: Warehouse) -> Totals:
    """The totals, of which each is what the whole history says."""
    path = published(warehouse)
    for report in REPORTS:
        assert sorted(ask(warehouse, f"FROM kept.{report}")) == sorted(ask(warehouse, f"FROM reports.{report}"))
    # Of two at one instant either may be the last.
    lines = "FROM {}.source_health SELECT * EXCLUDE (last_outcome, last_run_id)"
    assert ask(warehouse, lines.format("kept")) == ask(warehouse, lines.format("reports"))
    found = status(path).totals
    counts = [ask(warehouse, f"SELECT count(*) FROM {name}")[0][0] for name in ("main.captures", "ops.outcomes")]
    assert [found.captures, found.outcomes] == counts
    return found


def test_a_publishing_counts_only_the_runs_that_wrote_since_the_last(
    warehouse: Warehouse, counted: list[str | None]
) -> None:
    load_batch(warehouse, lost("one", ONE), NOON)
    published(warehouse)
    load_batch(warehouse, batch_of(urls(2), "two", TWO), NOON)
    load_batch(warehouse, lost("three", THREE), NOON)

    found = kept_is_what_the_reports_say(warehouse)

    assert (found.unaccounted_urls, found.articles) == (2, 2)
    assert counted[1:3] == [TWO, "~"]


def test_a_request_too_early_is_found_across_two_publishings(warehouse: Warehouse, counted: list[str | None]) -> None:
    load_requests(warehouse, ONE, [request(urls(1)[0], NOON, run_id=ONE)])
    published(warehouse)
    early = request(urls(2)[1], NOON + timedelta(seconds=1), run_id=TWO)
    load_requests(warehouse, TWO, [early])

    assert kept_is_what_the_reports_say(warehouse).politeness_breaches == 1
    assert counted[1] == TWO


def test_a_version_of_an_earlier_capture_is_compared_with_the_capture(
    warehouse: Warehouse, counted: list[str | None]
) -> None:
    first = batch_of(urls(2), "one", ONE)
    load_batch(warehouse, first, NOON)
    published(warehouse)
    again = batch_of(urls(2), "two", TWO, NOON + hours(1), "Another text of the ferry.")
    load_batch(warehouse, again, NOON + hours(1))

    assert kept_is_what_the_reports_say(warehouse).unaccounted_urls == 0
    twice = f"INSERT INTO main.article_versions SELECT * REPLACE ('{THREE}' AS run_id) FROM main.article_versions"
    warehouse.write(THREE, lambda session: session.script(twice))
    assert kept_is_what_the_reports_say(warehouse).unaccounted_urls > 0
    assert counted[1] == TWO


@only_on_files
def test_merged_files_are_no_reason_to_count_all_again(warehouse: Warehouse, counted: list[str | None]) -> None:
    for name, run_id in (("one", ONE), ("two", TWO)):
        load_batch(warehouse, batch_of(urls(2), name, run_id), NOON)
    published(warehouse)
    merge_files(warehouse)

    kept_is_what_the_reports_say(warehouse)

    assert counted[1] == "~"


def test_summed_tables_of_stories_are_no_reason_to_count_all_again(
    warehouse: Warehouse, counted: list[str | None]
) -> None:
    load_batch(warehouse, batch_of(urls(2), "one", ONE), NOON)
    load_batch(warehouse, batch_of(urls(4)[2:], "two", TWO), NOON)
    published(warehouse)
    assert compact_stories(warehouse, 1) > 0

    assert kept_is_what_the_reports_say(warehouse).articles == 4
    assert counted[1] == "~"


def test_rows_that_were_deleted_let_all_be_counted(warehouse: Warehouse, counted: list[str | None]) -> None:
    load_batch(warehouse, full_batch(), NOON)
    assert status(published(warehouse)).totals.unaccounted_urls == 0
    warehouse.write(TWO, lambda session: session.script("DELETE FROM ops.quarantine"))

    assert kept_is_what_the_reports_say(warehouse).unaccounted_urls == 1
    assert counted[1] is None


def test_another_history_lets_all_be_counted(warehouse: Warehouse) -> None:
    load_batch(warehouse, lost("one", ONE), NOON)
    before = totals.kept_before(published(warehouse))
    assert before is not None
    elsewhere = before.model_copy(update={"snapshot_at": before.snapshot_at + timedelta(seconds=1)})
    ahead = before.model_copy(update={"snapshot": before.snapshot + 50})

    with warehouse.read() as session:
        assert totals.counted_since(session, before, before.data_path) == "~"
        assert totals.counted_since(session, elsewhere, before.data_path) is None
        assert totals.counted_since(session, ahead, before.data_path) is None
        assert totals.counted_since(session, before, "/elsewhere/") is None


def test_a_reader_file_of_an_earlier_newsdesk_gives_the_status_and_is_replaced(warehouse: Warehouse) -> None:
    load_batch(warehouse, lost("one", ONE), NOON)
    path = published(warehouse)
    with duckdb.connect(str(path)) as file:
        file.execute("DROP SCHEMA kept CASCADE")

    assert status(path).totals.unaccounted_urls == 1
    assert kept_is_what_the_reports_say(warehouse).unaccounted_urls == 1
    assert look(warehouse, "SELECT count(*) FROM main.captures") == [(1,)]
