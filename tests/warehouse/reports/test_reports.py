"""The reports: what their rows are, and that the two that prove something are empty until it breaks."""

from datetime import datetime, timedelta

import pytest

from schemas.history.rows import SourceFileState
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.incident import Closing
from schemas.items.link import Precision
from schemas.items.outcome import Reason
from schemas.runs.batch import BatchLedger
from schemas.runs.run import RunState
from schemas.sources.health import Health, HealthState
from tests.support.warehouse.batch_samples import (
    FEED,
    NOON,
    article,
    batch,
    batch_of,
    capture,
    feed_state,
    full_batch,
    hours,
    outcome,
    quarantined,
    request,
    run,
    urls,
)
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_crashed_run, load_run

URL = "https://harbour.example/ferry"
PROBLEMS = "SELECT problem FROM reports.unaccounted_urls ORDER BY problem"


FIRST = "first_source, first_url, first_at, first_by, undated_articles, fetched_first_source, fetched_first_url"
Day = tuple[datetime, Precision]
WIRE = " ".join(f"word{number}" for number in range(60))
MIDNIGHT = NOON - hours(12)
SECOND, DAY = Precision.SECOND, Precision.DAY


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def test_articles_are_counted_by_the_day_of_publication_and_source(warehouse: Warehouse) -> None:
    undated, dated = capture(URL), capture("https://harbour.example/dated", NOON + hours(12.5))
    pair = [(article(undated, published_at=None, published_precision=None), undated), (article(dated), dated)]
    load_batch(warehouse, batch(pair), NOON)

    assert ask(
        warehouse, "SELECT day::VARCHAR, source, articles, undated_articles FROM reports.articles_per_day"
    ) == [("2026-11-23", "harbour", 2, 1)]


def test_headlines_come_newest_first(warehouse: Warehouse) -> None:
    older, newer = capture(URL, NOON), capture("https://harbour.example/newer", NOON + hours(1))
    load_batch(warehouse, batch([(article(older), older), (article(newer, title="Newer"), newer)]), NOON)

    assert ask(warehouse, "SELECT title FROM reports.latest_headlines") == [("Newer",), ("Ferry sails",)]


def test_a_source_shows_its_failing_feeds_and_its_articles(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)
    state = feed_state(NOON + hours(1), run_id="run-2", reason=Reason.HTTP_ERROR)
    ended = outcome(FEED, Reason.HTTP_ERROR, run_id="run-2", at=NOON + hours(1), kind="feed")
    load_batch(
        warehouse, batch([], "b", run_id="run-2", dropped=(ended,), ledger=BatchLedger(feed_states=(state,))), NOON
    )

    columns = "last_run_id, last_feed_ok_at, feeds_ok, feeds_failing, failing, articles"
    assert ask(warehouse, f"SELECT {columns} FROM reports.source_health") == [
        ("run-2", NOON, 0, 1, [f"http_error {FEED}"], 3)
    ]


def test_rejections_are_counted_by_reason_and_successes_are_none(warehouse: Warehouse) -> None:
    dropped = [outcome(url, Reason.HTTP_ERROR, detail="404") for url in urls(2)]
    dropped += [outcome(url, Reason.NOT_MODIFIED) for url in urls(2, start=2)]
    load_batch(warehouse, batch([], dropped=tuple(dropped)), NOON)

    assert ask(warehouse, "SELECT source, stage, reason, urls, last_detail FROM reports.rejections_by_reason") == [
        ("harbour", "fetch", "http_error", 2, "404")
    ]


def test_a_run_is_one_row_with_what_became_of_its_urls(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)
    load_run(warehouse, run(number_of_urls=5))

    columns = "run_id, seconds, urls, loaded, changed, quarantined, rejected, requests"
    assert ask(warehouse, f"SELECT {columns} FROM reports.runs") == [("run-1", 60.0, 5, 3, 0, 1, 1, 2)]


def test_an_article_that_changed_shows_its_first_and_last_form(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(2)), NOON)
    load_batch(warehouse, batch_of(urls(1), "b", "run-2", NOON + hours(1), "The last ferry sailed late."), NOON)

    columns = "url, versions, first_word_count, last_word_count"
    assert ask(warehouse, f"SELECT {columns} FROM reports.versions_changed") == [(urls(1)[0], 2, 4, 5)]


def test_findings_are_open_until_they_are_closed_and_not_only_until_the_next_run(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)
    assert ask(warehouse, "SELECT source, code FROM reports.open_findings") == [
        ("harbour", "undated"),
        (None, "undated"),
    ]

    load_batch(warehouse, batch_of(urls(1), "b", "run-2", NOON + hours(1)), NOON + hours(1))
    assert len(ask(warehouse, "FROM reports.open_findings")) == 2

    end = {"code": "undated", "at": NOON + hours(1), "run_id": "run-2", "who": "ingest", "why": "they have dates"}
    ends = (Closing(source="harbour", **end), Closing(**end))
    load_batch(warehouse, batch([], "c", run_id="run-2", ledger=BatchLedger(closings=ends)), NOON + hours(1))
    assert ask(warehouse, "SELECT source, code FROM reports.open_findings") == []


def source_state(slug: str, *places: str) -> SourceFileState:
    said = {"name": slug, "country": "gb", "language": "en", "homepage": "https://harbour.example/"}
    return SourceFileState(slug=slug, places=places, at=NOON, run_id="run-1", **said)


def test_a_feed_that_the_file_names_no_longer_does_not_fail(warehouse: Warehouse) -> None:
    gone, below = "https://harbour.example/old-feed", "https://harbour.example/map-1"
    states = (
        feed_state(),
        feed_state(url=gone, reason=Reason.HTTP_ERROR),
        feed_state(url=below, kind="sitemap", named_by=FEED, reason=Reason.HTTP_ERROR),
    )
    load_batch(warehouse, batch_of(urls(1)), NOON)
    load_batch(warehouse, batch([], "b", ledger=BatchLedger(feed_states=states)), NOON)
    load_run(warehouse, run(), [source_state("harbour", FEED)])

    assert ask(warehouse, "SELECT feeds_ok, feeds_failing, failing FROM reports.source_health") == [
        (1, 1, [f"http_error {below}"])
    ]


def test_a_source_that_rests_has_no_failing_feed_and_one_without_a_file_is_none(warehouse: Warehouse) -> None:
    rests = HealthState(source="harbour", state=Health.RESTING, since=NOON, evidence="gone", at=NOON, run_id="run-1")
    ledger = BatchLedger(feed_states=(feed_state(reason=Reason.HTTP_ERROR),), health_states=(rests,))
    load_batch(warehouse, batch_of(urls(1)), NOON)
    load_batch(warehouse, batch([], "b", ledger=ledger, dropped=(outcome(FEED, Reason.OK, source="wayback"),)), NOON)
    load_run(warehouse, run(), [source_state("harbour", FEED)])

    assert ask(warehouse, "SELECT source, health, health_evidence, feeds_failing FROM reports.source_health") == [
        ("harbour", "resting", "gone", 0)
    ]


def test_requests_at_their_pace_are_no_breach(warehouse: Warehouse) -> None:
    sent = [request(url, NOON + seconds(2 * number)) for number, url in enumerate(urls(5))]
    other = request("https://lighthouse.example/", NOON + seconds(0.1), domain="lighthouse.example")
    load_batch(warehouse, batch([], ledger=BatchLedger(requests=(*sent, other))), NOON)

    assert ask(warehouse, "SELECT * FROM reports.politeness_breaches") == []


def test_requests_too_close_together_are_a_breach_whatever_run_sent_them(warehouse: Warehouse) -> None:
    first, second = request(URL, NOON), request(FEED, NOON + seconds(1.5), run_id="run-2")
    load_batch(warehouse, batch([], "a", ledger=BatchLedger(requests=(first,))), NOON)
    load_batch(warehouse, batch([], "b", run_id="run-2", ledger=BatchLedger(requests=(second,))), NOON)

    assert ask(warehouse, "SELECT breach, url, gap_s, before_run_id FROM reports.politeness_breaches") == [
        ("too_close", FEED, 1.5, "run-1")
    ]


def test_a_request_while_any_earlier_one_is_in_flight_is_a_breach(warehouse: Warehouse) -> None:
    slow = request(URL, NOON, elapsed_s=10.0)
    later = [request(url, NOON + seconds(start)) for url, start in zip(urls(2), (11.0, 14.0), strict=True)]
    within = request(FEED, NOON + seconds(9))
    load_batch(warehouse, batch([], ledger=BatchLedger(requests=(slow, *later, within))), NOON)

    assert ask(warehouse, "SELECT breach, url, overlap_s FROM reports.politeness_breaches") == [
        ("overlap", FEED, 1.0)
    ]


def test_nothing_is_unaccounted_for_when_all_is_well(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)
    load_batch(warehouse, batch_of(urls(3), "b", "run-2", NOON + hours(1), "The last ferry sailed late."), NOON)
    load_run(warehouse, run(number_of_urls=5))

    assert ask(warehouse, "SELECT * FROM reports.unaccounted_urls") == []


@pytest.mark.parametrize(
    ("ledger", "problems"),
    [
        (BatchLedger(captures=(capture(URL),)), ["capture without an outcome"]),
        (BatchLedger(feed_states=(feed_state(),)), ["feed without an outcome"]),
        (
            BatchLedger(feed_states=(feed_state(entries_due=2),)),
            ["feed without an outcome", "links of the feed without an outcome"],
        ),
        (BatchLedger(quarantined=(quarantined(capture(URL)),)), ["put aside without an outcome"]),
    ],
)
def test_papers_without_their_outcomes_are_unaccounted_for(
    warehouse: Warehouse, ledger: BatchLedger, problems: list[str]
) -> None:
    load_batch(warehouse, batch([], ledger=ledger), NOON)

    assert [row[0] for row in ask(warehouse, PROBLEMS)] == problems


@pytest.mark.parametrize(
    ("lost", "problems"),
    [
        ("DELETE FROM main.article_versions", ["loaded, but no such version"]),
        ("DELETE FROM main.captures", ["version without a capture"]),
        (
            "DELETE FROM ops.outcomes",
            [
                "capture without an outcome",
                "loads and ledger differ",
                "put aside without an outcome",
                "run and ledger differ",
                "version without a loaded outcome",
            ],
        ),
        ("DELETE FROM ops.quarantine", ["broke a rule, but was not put aside"]),
        (
            "INSERT INTO ops.outcomes FROM ops.outcomes WHERE reason = 'loaded'",
            ["loads and ledger differ", "run and ledger differ", "several outcomes in one run"],
        ),
        ("INSERT INTO main.article_versions FROM main.article_versions", ["version twice"]),
    ],
)
def test_what_is_lost_or_doubled_behind_our_back_is_unaccounted_for(
    warehouse: Warehouse, lost: str, problems: list[str]
) -> None:
    broken = capture("https://harbour.example/broken")
    pair = batch_of(urls(1))
    ledger = pair.ledger + BatchLedger(captures=(broken,), quarantined=(quarantined(broken),))
    dropped = (outcome(broken.url, Reason.RULE_BROKEN),)
    load_batch(warehouse, pair.model_copy(update={"ledger": ledger, "dropped": dropped}), NOON)
    load_run(warehouse, run(number_of_urls=2))

    warehouse.write("vandal", lambda session: session.script(lost))

    assert sorted({row[0] for row in ask(warehouse, PROBLEMS)}) == problems


def test_a_crashed_run_is_counted_from_the_ledger(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)

    row = load_crashed_run(warehouse, run().model_copy(update={"state": RunState.CRASHED, "sources": 0}))

    assert (row.urls, row.sources) == (5, 1)
    assert ask(warehouse, "SELECT state, urls, sources FROM ops.runs") == [("crashed", 5, 1)]
    assert ask(warehouse, "SELECT * FROM reports.unaccounted_urls") == []


def test_the_row_of_a_crashed_run_that_an_earlier_newsdesk_wrote_without_urls_is_no_lost_url(
    warehouse: Warehouse,
) -> None:
    load_batch(warehouse, full_batch(), NOON)
    load_run(warehouse, run().model_copy(update={"state": RunState.CRASHED}))

    assert ask(warehouse, "SELECT * FROM reports.unaccounted_urls") == []


def test_what_a_repair_of_the_archive_loads_for_an_ended_run_is_no_lost_url(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(2)), NOON)
    load_run(warehouse, run(number_of_urls=2))
    load_batch(warehouse, batch_of(urls(3, start=2), "repair"), NOON + hours(5))

    assert ask(warehouse, "SELECT * FROM reports.unaccounted_urls") == []


def test_a_text_of_two_sources_is_shared_and_any_other_is_not(warehouse: Warehouse) -> None:
    ours, theirs, other = (
        capture(URL),
        capture("https://quay.example/ferry", NOON + hours(1)),
        capture(f"{URL}/other"),
    )
    made = [
        (article(ours, WIRE), ours),
        (article(theirs, f"{WIRE} It is free.", source="quay", title="Ferry is back"), theirs),
        (article(other, " ".join(f"another{number}" for number in range(60))), other),
    ]
    load_batch(warehouse, batch(made), NOON)

    columns = "sources, articles, first_source, first_url"
    assert ask(warehouse, f"SELECT {columns} FROM reports.shared_texts") == [(["harbour", "quay"], 2, "harbour", URL)]


@pytest.mark.parametrize(
    ("harbour", "quay", "first"),
    [
        pytest.param((NOON - hours(1), SECOND), (NOON - hours(2), SECOND), ("quay", 2, "published", 0), id="earlier"),
        pytest.param(
            (NOON - hours(2), SECOND), (NOON - hours(2), SECOND), ("harbour", 2, "tie", 0), id="same instant"
        ),
        pytest.param((NOON - hours(1), SECOND), (MIDNIGHT, DAY), ("harbour", 1, "tie", 0), id="only the same day"),
        pytest.param((MIDNIGHT, SECOND), (MIDNIGHT - hours(24), DAY), ("quay", 36, "published", 0), id="day before"),
        pytest.param((NOON - hours(1), SECOND), None, ("harbour", 1, "published", 1), id="second undated"),
        pytest.param(None, (NOON, SECOND), ("quay", 0, "published", 1), id="first undated"),
        pytest.param(None, None, ("harbour", 0, "fetched", 2), id="no dates"),
    ],
)
def test_a_shared_text_names_who_published_it_first_and_apart_who_was_fetched_first(
    warehouse: Warehouse, harbour: Day | None, quay: Day | None, first: tuple[str, float, str, int]
) -> None:
    pages = {"harbour": capture(URL), "quay": capture("https://quay.example/ferry", NOON + hours(3))}
    made = [_copy(pages["harbour"], "harbour", harbour), _copy(pages["quay"], "quay", quay)]
    load_batch(warehouse, batch(made), NOON)

    source, hours_before, decided_by, undated = first
    at = NOON - hours(hours_before)
    assert ask(warehouse, f"SELECT {FIRST} FROM reports.shared_texts") == [
        (source, pages[source].url, at, decided_by, undated, "harbour", URL)
    ]


def _copy(page: Capture, source: str, day: Day | None) -> tuple[Article, Capture]:
    at, precision = day or (None, None)
    made = article(
        page,
        WIRE,
        source=source,
        published_at=at,
        published_precision=precision,
        evidence=(),
    )
    return made, page
