"""The story of one URL, and the status of all."""

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.batch import BatchLedger
from schemas.runs.run import RunState
from tests.support.warehouse.batch_samples import (
    FEED,
    NOON,
    article,
    batch,
    capture,
    full_batch,
    hours,
    outcome,
    request,
    run,
)
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import published
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run
from warehouse.reader.status import status
from warehouse.reader.url_history import explain

URL = "https://harbour.example/ferry?from=feed"
CANONICAL = "https://harbour.example/ferry"


def tell_a_long_story(warehouse: Warehouse) -> None:
    first = capture(URL, final_url="https://www.harbour.example/ferry")
    ledger = BatchLedger(
        captures=(first,), requests=(request(URL, NOON), request(first.final_url, NOON + hours(0.1)))
    )
    load_batch(warehouse, batch([(article(first, canonical_url=CANONICAL), first)], "a", ledger=ledger), NOON)
    second = capture(URL, NOON + hours(6), "run-2")
    load_batch(
        warehouse,
        batch(
            [(article(second, "The last ferry sailed late.", canonical_url=CANONICAL), second)], "b", run_id="run-2"
        ),
        NOON,
    )
    ended = outcome(URL, Reason.TIMEOUT_READ, run_id="run-3", at=NOON + hours(12))
    load_batch(warehouse, batch([], "c", run_id="run-3", dropped=(ended,)), NOON)


def test_a_story_tells_every_step_from_the_feed_to_the_last_version(warehouse: Warehouse) -> None:
    tell_a_long_story(warehouse)

    story = explain(published(warehouse), URL)

    assert story.urls == (URL,)
    assert [(one.run_id, one.found_in, one.entry.title) for one in story.sightings] == [
        ("run-1", FEED, "Ferry"),
        ("run-2", FEED, "Ferry"),
    ]
    assert [one.url for one in story.requests] == [URL, "https://www.harbour.example/ferry"]
    assert [(one.warc_file, one.warc_offset) for one in story.captures] == [("2026/11/23/a.warc.gz", 0)] * 2
    assert [one.reason for one in story.outcomes] == [Reason.LOADED, Reason.LOADED, Reason.TIMEOUT_READ]
    assert [(one.version, one.evidence[0].chosen) for one in story.versions] == [(1, True), (2, True)]


def test_a_story_is_found_by_the_canonical_and_by_the_final_url(warehouse: Warehouse) -> None:
    tell_a_long_story(warehouse)
    path = published(warehouse)

    assert explain(path, CANONICAL).urls == (URL,)
    assert explain(path, "https://www.harbour.example/ferry").urls == (URL,)
    assert explain(path, f"{CANONICAL}?fbclid=1", CANONICAL).urls == (URL,)


def test_a_story_tells_of_the_other_urls_of_its_article(warehouse: Warehouse) -> None:
    one, twin = capture(CANONICAL), capture(URL)
    same = article(one).article_id
    load_batch(warehouse, batch([(article(one), one), (article(twin, article_id=same), twin)]), NOON)

    story = explain(published(warehouse), CANONICAL)

    assert story.urls == (CANONICAL, URL)
    assert {outcome.reason for outcome in story.outcomes} == {Reason.LOADED, Reason.DUPLICATE}


def test_a_rejected_url_has_its_story_too(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)

    story = explain(published(warehouse), "https://harbour.example/broken")

    assert [one.rules for one in story.quarantined] == [("title:too_long",)]
    assert [one.reason for one in story.outcomes] == [Reason.RULE_BROKEN]
    assert story.versions == ()


def test_a_url_never_met_has_a_story_without_steps(warehouse: Warehouse) -> None:
    story = explain(published(warehouse), "https://harbour.example/never")

    assert (story.urls, story.outcomes, story.captures) == ((), (), ())


def test_the_status_tells_totals_runs_sources_and_findings(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)
    load_run(warehouse, run(number_of_urls=5))

    told = status(published(warehouse))

    totals = told.totals
    assert (totals.sources, totals.articles, totals.captures, totals.outcomes, totals.quarantined) == (1, 3, 5, 5, 1)
    assert (totals.unaccounted_urls, totals.politeness_breaches) == (0, 0)
    assert [(one.run_id, one.loaded, one.rejected) for one in told.runs] == [("run-1", 3, 1)]
    assert [(one.source, one.feeds_ok, one.feeds_failing, one.articles) for one in told.sources] == [
        ("harbour", 1, 0, 3)
    ]
    assert [one.code for one in told.findings] == ["undated", "undated"]


def test_the_status_of_an_empty_warehouse_is_empty(warehouse: Warehouse) -> None:
    told = status(published(warehouse))

    assert (told.totals.outcomes, told.runs, told.sources, told.findings) == (0, (), (), ())


def test_five_runs_are_told_the_latest_first(warehouse: Warehouse) -> None:
    for number in range(7):
        load_run(warehouse, run(f"run-{number}").model_copy(update={"started_at": NOON - hours(10 - number)}))

    assert [one.run_id for one in status(published(warehouse)).runs] == [
        f"run-{number}" for number in (6, 5, 4, 3, 2)
    ]


def test_the_last_run_of_each_flow_and_what_failed_in_a_day_is_told_however_many_came_after(
    warehouse: Warehouse,
) -> None:
    for number in range(9):
        load_run(warehouse, run(f"run-{number}").model_copy(update={"started_at": NOON - hours(9 - number)}))
    for name, ago, changes in (
        ("maintain", 20, {"flow": "maintain"}),
        ("maintain-before", 21, {"flow": "maintain"}),
        ("failed", 22, {"state": RunState.FAILED, "error": "no space left"}),
        ("long-ago", 26, {"state": RunState.CRASHED}),
    ):
        load_run(warehouse, run(name).model_copy(update=changes | {"started_at": NOON - hours(ago)}))

    told = status(published(warehouse)).runs
    assert [one.run_id for one in told] == [f"run-{n}" for n in (8, 7, 6, 5, 4)] + ["maintain", "failed"]
    assert told[-1].error == "no space left"


def test_a_feed_has_a_story_as_well(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)

    story = explain(published(warehouse), FEED)

    assert [(one.kind, one.reason) for one in story.outcomes] == [(UrlKind.FEED, Reason.OK)]
    assert len(story.captures) == 1
