"""The load: idempotence, versions, conservation."""

import pytest

from schemas.errors import NewsdeskError
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Stage
from schemas.runs.batch import BatchLedger
from tests.support.warehouse.batch_samples import (
    NOON,
    article,
    batch,
    batch_of,
    capture,
    full_batch,
    hours,
    outcome,
    run,
    urls,
)
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import look
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run

COUNTS = """
SELECT
    (SELECT count(*) FROM main.article_versions), (SELECT count(*) FROM main.captures),
    (SELECT count(*) FROM main.links_out), (SELECT count(*) FROM ops.outcomes),
    (SELECT count(*) FROM ops.requests), (SELECT count(*) FROM ops.feed_states),
    (SELECT count(*) FROM ops.quarantine), (SELECT count(*) FROM ops.findings), (SELECT count(*) FROM ops.loads)
"""
URL = "https://harbour.example/ferry"


def reasons(warehouse: Warehouse, run_id: str) -> list[tuple[str, int | None]]:
    return look(warehouse, f"SELECT reason, version FROM ops.outcomes WHERE run_id = '{run_id}' ORDER BY url")


def test_a_batch_is_loaded_with_all_its_papers(warehouse: Warehouse) -> None:
    full = full_batch()

    loaded = load_batch(warehouse, full, NOON)

    assert (loaded.is_replay, loaded.versions_inserted, len(loaded.outcomes)) == (False, 3, 5)
    assert look(warehouse, COUNTS) == [(3, 5, 3, 5, 2, 1, 1, 2, 1)]


def test_the_same_batch_loaded_twice_changes_nothing_and_tells_what_was_stored(warehouse: Warehouse) -> None:
    full = full_batch()
    first = load_batch(warehouse, full, NOON)

    again = load_batch(warehouse, full, NOON + hours(1))

    assert (again.is_replay, again.versions_inserted) == (True, 0)
    assert again.outcomes == first.outcomes
    assert look(warehouse, COUNTS) == [(3, 5, 3, 5, 2, 1, 1, 2, 1)]


def test_the_same_content_under_another_batch_id_adds_only_the_batch(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)

    again = load_batch(warehouse, full_batch().model_copy(update={"batch_id": batch([], "other").batch_id}), NOON)

    assert (again.is_replay, again.versions_inserted) == (False, 0)
    assert look(warehouse, COUNTS) == [(3, 5, 3, 5, 2, 1, 1, 2, 2)]


def test_every_url_of_a_batch_ends_as_one_outcome(warehouse: Warehouse) -> None:
    full = full_batch()

    loaded = load_batch(warehouse, full, NOON)

    given = {one.url for one in full.kept} | {one.url for one in full.dropped}
    assert len(loaded.outcomes) == full.size()
    assert {one.url for one in loaded.outcomes} == given


def test_the_load_counts_what_it_kept_behind_the_counts_of_before(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(2)), NOON)

    loaded = load_batch(warehouse, batch_of(urls(5), "second", "run-2", NOON + hours(1)), NOON + hours(1))

    count = loaded.counts[-1]
    assert (count.stage, count.taken, count.kept, count.dropped) == (Stage.LOAD, 5, 3, 2)


def test_a_changed_text_becomes_version_2_and_an_unchanged_one_stays(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of([URL], "a"), NOON)

    load_batch(warehouse, batch_of([URL], "b", "run-2", NOON + hours(1), "The ferry is late again."), NOON)
    load_batch(warehouse, batch_of([URL], "c", "run-3", NOON + hours(2), "The ferry is late again."), NOON)

    assert reasons(warehouse, "run-2") == [("loaded", 2)]
    assert reasons(warehouse, "run-3") == [("unchanged", 2)]
    assert look(warehouse, "SELECT version, body FROM main.articles") == [(2, "The ferry is late again.")]


def test_of_two_urls_of_one_article_the_newer_fetch_is_kept_and_named(warehouse: Warehouse) -> None:
    older, newer = capture(URL + "?from=feed", NOON), capture(URL, NOON + hours(1))
    same_id = article(newer).article_id

    loaded = load_batch(
        warehouse, batch([(article(older, article_id=same_id), older), (article(newer), newer)]), NOON
    )

    assert {one.url: (one.reason, one.detail) for one in loaded.outcomes} == {
        older.url: (Reason.DUPLICATE, f"same article as {newer.url}"),
        newer.url: (Reason.LOADED, None),
    }
    assert look(warehouse, "SELECT url FROM main.articles") == [(newer.url,)]


def test_an_outcome_tells_what_the_requests_of_its_capture_cost(warehouse: Warehouse) -> None:
    loaded = load_batch(warehouse, batch_of([URL]), NOON)

    row = loaded.outcomes[0]
    assert (row.kind, row.stage, row.at, row.found_in) == (
        UrlKind.ARTICLE,
        Stage.LOAD,
        NOON,
        capture(URL).link.found_in,
    )
    assert (row.attempts, row.status, row.body_bytes, row.elapsed_s) == (1, 200, 4096, 0.25)
    assert (row.capture_id, row.article_id, row.version) == (
        capture(URL).capture_id,
        article(capture(URL)).article_id,
        1,
    )


def test_an_article_without_its_capture_is_refused_and_nothing_is_written(warehouse: Warehouse) -> None:
    orphan = batch_of(urls(2)).model_copy(update={"ledger": BatchLedger()})

    with pytest.raises(NewsdeskError, match="no capture"):
        load_batch(warehouse, orphan, NOON)

    assert look(warehouse, COUNTS) == [(0, 0, 0, 0, 0, 0, 0, 0, 0)]


def test_the_first_outcome_of_a_url_in_a_run_stays_the_only_one(warehouse: Warehouse) -> None:
    dropped = outcome(URL, Reason.HTTP_ERROR)
    load_batch(warehouse, batch([], "a", dropped=(dropped, dropped)), NOON)

    load_batch(warehouse, batch([], "b", dropped=(outcome(URL, Reason.TIMEOUT_READ),)), NOON)

    assert reasons(warehouse, "run-1") == [("http_error", None)]


def test_texts_that_look_like_code_are_stored_as_they_are(warehouse: Warehouse) -> None:
    title = '\'; DROP TABLE x; -- "<script>" $1 {{7*7}} \u202e\U0001f468\u200d\U0001f469'
    one = capture(URL)

    load_batch(warehouse, batch([(article(one, title=title), one)]), NOON)

    assert look(warehouse, "SELECT title FROM main.articles") == [(title,)]


def test_a_run_is_recorded_once(warehouse: Warehouse) -> None:
    load_run(warehouse, run())
    load_run(warehouse, run().model_copy(update={"flow": "other"}))

    assert look(warehouse, "SELECT run_id, flow FROM ops.runs") == [("run-1", "ingest")]


def test_the_commit_carries_the_run(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of([URL]), NOON)

    with warehouse.read() as session:
        last = session.script("FROM ducklake_snapshots('lake') ORDER BY snapshot_id DESC LIMIT 1")

    assert last[0][4:6] == ("newsdesk", "run-1")
