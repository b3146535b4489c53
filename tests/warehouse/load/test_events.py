"""Events: deletions, redirections, retractions and returns, and the reports that show them beside changes."""

from typing import Any

import pytest

from schemas.items.article import Article, Notice
from schemas.items.outcome import Reason
from schemas.runs.batch import Batch, BatchLedger
from tasks.pure.reports.url_history import story_lines
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours, outcome
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask, look, published
from warehouse.database.connection import Warehouse
from warehouse.reader.url_history import explain

URL = "https://harbour.example/ferry"
LONG = " ".join(f"The ferry number {number} sails to the island." for number in range(12))
KINDS = "SELECT kind FROM ops.events ORDER BY at_utc, kind"
KEY = article(capture(URL)).article_id


def read(at_hour: float, text: str = LONG, **changes: Any) -> Batch[Article]:
    """A batch in which the article was read."""
    run_id = f"run-{at_hour}"
    final_url = changes.pop("final_url", URL)
    its = capture(URL, NOON + hours(at_hour), run_id, final_url=final_url)
    fields = {"published_at": NOON - hours(9)} | changes
    return batch([(article(its, text, **fields), its)], run_id, run_id=run_id)


def gone(at_hour: float, status: int = 404, run_id: str | None = None, url: str = URL) -> Batch[Article]:
    """A batch in which the article's URL answered with the status."""
    run_id = run_id or f"run-{at_hour}"
    its = capture(url, NOON + hours(at_hour), run_id, status=status)
    ended = outcome(
        url,
        Reason.HTTP_ERROR,
        run_id,
        status=status,
        at=its.fetched_at,
        capture_id=its.capture_id,
        article_id=KEY,
        version=1,
    )
    return batch(
        [], f"{run_id} {at_hour} {url}", run_id=run_id, dropped=(ended,), ledger=BatchLedger(captures=(its,))
    )


def load(warehouse: Warehouse, *batches: Batch[Article]) -> list[str]:
    """The kinds of events after these batches, in the order of time."""
    for each in batches:
        load_batch(warehouse, each, NOON + hours(100))
    return [row[0] for row in look(warehouse, KINDS)]


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_that_is_gone_in_two_runs_is_deleted_and_its_row_stays(warehouse: Warehouse, status: int) -> None:
    assert load(warehouse, read(0), gone(1, status)) == []

    assert load(warehouse, gone(2, status)) == ["deleted"]

    assert ask(warehouse, "SELECT title, gone_at, len(evidence) FROM reports.deleted_articles") == [
        ("Ferry sails", NOON + hours(2), 2)
    ]
    assert look(warehouse, "SELECT count(*) FROM main.articles") == [(1,)]
    assert [
        ask(warehouse, f"SELECT count(*) FROM articles_as_of('{NOON + hours(hour)}')") for hour in (1.5, 2.5)
    ] == [
        [(1,)],
        [(0,)],
    ]


def test_a_third_time_that_it_is_gone_is_no_further_event(warehouse: Warehouse) -> None:
    assert load(warehouse, read(0), gone(1), gone(2), gone(3), gone(4, 410)) == ["deleted"]


@pytest.mark.parametrize(
    "batches",
    [
        [gone(1, run_id="one"), gone(1.1, run_id="one", url=f"{URL}?page=2")],
        [gone(1), read(2), gone(3)],
        [gone(1, 503), gone(2, 503)],
        [gone(1, 403), gone(2, 404)],
    ],
    ids=["twice in one run", "an answer between", "the server's fault", "refused once"],
)
def test_what_may_still_be_there_is_not_deleted(warehouse: Warehouse, batches: list[Batch[Article]]) -> None:
    assert load(warehouse, read(0), *batches) == []


def test_an_article_that_answers_again_is_restored_and_may_be_deleted_again(warehouse: Warehouse) -> None:
    assert load(warehouse, read(0), gone(1), gone(2), read(3)) == ["deleted", "restored"]
    assert ask(warehouse, "FROM reports.deleted_articles") == []

    assert load(warehouse, gone(4), gone(5)) == ["deleted", "restored", "deleted"]


def test_an_older_capture_restores_nothing(warehouse: Warehouse) -> None:
    assert load(warehouse, read(0), gone(1), gone(2), read(0.5)) == ["deleted"]


def test_an_address_that_answers_elsewhere_is_one_redirection(warehouse: Warehouse) -> None:
    elsewhere = "https://harbour.example/timetable"
    moved = [read(hour, final_url=elsewhere) for hour in (1, 2)]

    assert load(warehouse, read(0), *moved) == ["redirected"]
    assert look(warehouse, "SELECT detail FROM ops.events") == [(f"answers at {elsewhere}, before at {URL}",)]


@pytest.mark.parametrize("final_url", ["http://www.harbour.example/ferry/", f"{URL}?session=2"])
def test_another_scheme_or_query_is_no_redirection(warehouse: Warehouse, final_url: str) -> None:
    assert load(warehouse, read(0), read(1, final_url=final_url)) == []


def test_an_article_that_says_that_it_is_withdrawn_is_retracted_until_it_no_longer_says_so(
    warehouse: Warehouse,
) -> None:
    withdrawn = {"notice": Notice.RETRACTION, "title": "RETRACTED: Ferry sails"}

    assert load(warehouse, read(0), read(1, f"{LONG} Sorry.", **withdrawn)) == ["retracted"]
    assert load(warehouse, read(2, f"{LONG} Very sorry.", **withdrawn)) == ["retracted"]
    assert load(warehouse, read(3, f"{LONG} It sails.")) == ["retracted", "restored"]


def test_a_short_notice_in_the_place_of_a_text_is_a_retraction_and_one_that_was_always_short_is_none(
    warehouse: Warehouse,
) -> None:
    notice = read(1, "This story has been removed.", notice=Notice.REMOVAL)

    assert load(warehouse, read(0, "The ferry sails at six."), notice) == []
    assert load(warehouse, read(2), read(3, "This story was removed.", notice=Notice.REMOVAL)) == ["retracted"]


def test_batches_loaded_again_under_other_ids_add_no_event(warehouse: Warehouse) -> None:
    batches = [read(0), gone(1), gone(2), read(3, final_url="https://harbour.example/other")]
    before = load(warehouse, *batches)
    again = [each.model_copy(update={"batch_id": batch([], f"again {each.run_id}").batch_id}) for each in batches]

    assert load(warehouse, *again) == before == ["deleted", "redirected", "restored"]


def test_the_revisions_tell_changes_and_events_in_words(warehouse: Warehouse) -> None:
    load(warehouse, read(0), read(1, f"{LONG} It is free.", title="Ferry is free"), gone(2), gone(3))

    rows = ask(warehouse, "SELECT what, version, title, told FROM reports.revisions")

    assert [row[:3] for row in rows] == [("deleted", 1, "Ferry sails"), ("changed", 2, "Ferry is free")]
    assert rows[0][3].startswith("gone in two runs; run-2 2026-11-23T14:00:00Z 404")
    assert rows[1][3] == "title, body; title was Ferry sails; 5 words added, 1 removed; 97 % alike"


def test_the_story_of_a_url_tells_what_changed_what_happened_and_whose_article_it_is(warehouse: Warehouse) -> None:
    load(warehouse, read(0), read(1, f"{LONG} It is free."), gone(2), gone(3))
    twin = capture(f"{URL}/amp", NOON + hours(0.5), "run-amp")
    row = article(twin, LONG, published_at=NOON - hours(9))
    load(warehouse, batch([(row, twin)], "amp", run_id="run-amp"))

    story = explain(published(warehouse), f"{URL}/amp")
    lines = "\n".join(story_lines(story))

    assert story.urls == (URL, f"{URL}/amp")
    assert "changed against version 1: body; 3 words added, 0 removed" in lines
    assert "event deleted, version 1: gone in two runs (run-2" in lines
    assert f"identity {URL}/amp is {URL} by variant: another form of the address {URL}, with its text" in lines
