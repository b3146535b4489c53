"""What discovery is told of URLs and feeds that it met before."""

from datetime import datetime

from schemas.items.capture import Capture
from schemas.items.outcome import Reason
from schemas.runs.batch import BatchLedger
from tests.support.warehouse.batch_samples import (
    FEED,
    NOON,
    article,
    batch,
    batch_of,
    capture,
    feed_state,
    hours,
    outcome,
    urls,
)
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.lookups.known_urls import feed_states, known_urls, new_entries

URL = "https://harbour.example/ferry"


def revisit(warehouse: Warehouse, name: str, reason: Reason, at: datetime, *captures: Capture) -> None:
    ended = outcome(URL, reason, run_id=name, at=at)
    ledger = BatchLedger(captures=captures)
    load_batch(warehouse, batch([], name, run_id=name, dropped=(ended,), ledger=ledger), at)


def test_a_loaded_url_is_known_with_its_version_dates_and_validators(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of([URL]), NOON)

    known = known_urls(warehouse, {("harbour", URL): URL})["harbour"][URL]

    assert (known.last_reason, known.last_at) == (Reason.LOADED, NOON)
    assert (known.article_id, known.version) == (article(capture(URL)).article_id, 1)
    assert (known.entry_newest_at, known.published_at) == (NOON - hours(1), NOON - hours(1))
    assert (known.etag, known.last_modified) == ('"23-12"', None)


def test_a_url_never_met_is_not_known(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of([URL]), NOON)

    assert known_urls(warehouse, {("harbour", f"{URL}/other"): f"{URL}/other"}) == {}


def test_a_url_met_by_another_source_is_not_known(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of([URL]), NOON)

    assert known_urls(warehouse, {("lighthouse", URL): URL}) == {}


def test_a_url_is_known_under_every_spelling_of_its_canonical_form(warehouse: Warehouse) -> None:
    spelt = f"{URL}?utm_source=feed"
    ended = outcome(spelt, Reason.ROBOTS_DENIED, canonical_form=URL)
    load_batch(warehouse, batch([], dropped=(ended,)), NOON)

    wanted = {("harbour", url): URL for url in (URL, spelt, f"{URL}?fbclid=1")}
    known = known_urls(warehouse, {**wanted, ("harbour", f"{URL}?id=1"): f"{URL}?id=1"})["harbour"]

    assert {url: (each.url, each.last_reason) for url, each in known.items()} == dict.fromkeys(
        (URL, spelt, f"{URL}?fbclid=1"), (spelt, Reason.ROBOTS_DENIED)
    )


def test_a_url_whose_row_is_older_than_the_canonical_form_is_known_as_it_was_found(warehouse: Warehouse) -> None:
    spelt = f"{URL}?utm_source=feed"
    load_batch(warehouse, batch([], dropped=(outcome(spelt, Reason.ROBOTS_DENIED),)), NOON)

    assert known_urls(warehouse, {("harbour", spelt): URL})["harbour"].keys() == {spelt}


def test_asking_for_nothing_gives_nothing(warehouse: Warehouse) -> None:
    assert known_urls(warehouse, {}) == {}


def test_after_a_304_the_article_and_the_validators_of_its_body_are_still_known(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of([URL]), NOON)

    answer = capture(URL, NOON + hours(6), "run-2", status=304, etag=None, body_bytes=0)
    revisit(warehouse, "run-2", Reason.NOT_MODIFIED, NOON + hours(6), answer)

    known = known_urls(warehouse, {("harbour", URL): URL})["harbour"][URL]
    assert (known.last_reason, known.last_at) == (Reason.NOT_MODIFIED, NOON + hours(6))
    assert (known.article_id, known.version) == (article(capture(URL)).article_id, 1)
    assert (known.etag, known.entry_newest_at) == ('"23-12"', NOON + hours(5))


def test_after_a_failure_the_article_is_still_known(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of([URL]), NOON)

    revisit(warehouse, "run-2", Reason.TIMEOUT_READ, NOON + hours(6))

    known = known_urls(warehouse, {("harbour", URL): URL})["harbour"][URL]
    assert (known.last_reason, known.version, known.etag) == (Reason.TIMEOUT_READ, 1, '"23-12"')


def test_a_changed_article_is_known_in_its_latest_version(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of([URL], "a"), NOON)

    load_batch(warehouse, batch_of([URL], "b", "run-2", NOON + hours(6), "The ferry is late again."), NOON + hours(6))

    known = known_urls(warehouse, {("harbour", URL): URL})["harbour"][URL]
    assert (known.version, known.etag, known.published_at) == (2, '"23-18"', NOON - hours(1))


def test_a_url_that_only_ever_failed_is_known_without_an_article(warehouse: Warehouse) -> None:
    revisit(warehouse, "run-1", Reason.HTTP_ERROR, NOON)

    known = known_urls(warehouse, {("harbour", URL): URL})["harbour"][URL]
    assert (known.last_reason, known.article_id, known.version, known.etag) == (Reason.HTTP_ERROR, None, None, None)


def test_each_url_is_known_once_among_many(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(300)), NOON)
    load_batch(warehouse, batch_of(urls(300, start=150), "b", "run-2", NOON + hours(1)), NOON + hours(1))

    known = known_urls(warehouse, {("harbour", url): url for url in urls(500)})["harbour"]

    assert len(known) == 450
    assert {one.version for one in known.values()} == {1}


def test_the_latest_state_of_each_feed_is_known(warehouse: Warehouse) -> None:
    other = feed_state(url="https://harbour.example/sitemap.xml")
    load_batch(warehouse, batch([], "a", ledger=BatchLedger(feed_states=(feed_state(), other))), NOON)
    later = feed_state(NOON + hours(1), run_id="run-2", reason=Reason.HTTP_ERROR, failures=0.5)
    load_batch(warehouse, batch([], "b", run_id="run-2", ledger=BatchLedger(feed_states=(later,))), NOON)

    assert feed_states(warehouse, ["harbour", "lighthouse"], NOON + hours(2)) == {
        "harbour": {FEED: later, other.url: other}
    }
    assert feed_states(warehouse, ["lighthouse"], NOON) == {}


def test_a_state_of_a_time_to_come_counts_only_where_there_is_no_other(warehouse: Warehouse) -> None:
    ahead = feed_state(NOON + hours(9000), run_id="run-2")
    load_batch(warehouse, batch([], "a", run_id="run-2", ledger=BatchLedger(feed_states=(ahead,))), NOON)
    assert feed_states(warehouse, ["harbour"], NOON) == {"harbour": {FEED: ahead}}

    load_batch(warehouse, batch([], "b", ledger=BatchLedger(feed_states=(feed_state(),))), NOON)
    assert feed_states(warehouse, ["harbour"], NOON) == {"harbour": {FEED: feed_state()}}


def test_new_entries_of_polls_are_counted_by_hour(warehouse: Warehouse) -> None:
    first = feed_state(entries_new_at=(NOON - hours(1), NOON - hours(1)))
    second = feed_state(NOON + hours(1), run_id="run-2", entries_new_at=(NOON - hours(1), NOON))
    load_batch(warehouse, batch([], "a", ledger=BatchLedger(feed_states=(first,))), NOON)
    load_batch(warehouse, batch([], "b", run_id="run-2", ledger=BatchLedger(feed_states=(second,))), NOON)

    hour = int(NOON.timestamp()) // 3600
    wanted = [("harbour", FEED), ("lighthouse", FEED)]
    assert new_entries(warehouse, wanted, NOON - hours(9)) == {"harbour": {FEED: {hour - 1: 3, hour: 1}}}
    assert new_entries(warehouse, wanted, NOON + hours(1)) == {"harbour": {FEED: {hour - 1: 1, hour: 1}}}
    assert new_entries(warehouse, [], NOON) == {}
