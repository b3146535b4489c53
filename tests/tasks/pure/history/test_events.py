"""What happened to articles, decided from answers and events that are given."""

from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from schemas.history.event import ArticleAnswer, ArticleState, EventKind, PlaceBefore
from schemas.history.load_decisions import KnownEvents
from schemas.items.article import Notice
from schemas.items.outcome import Reason
from schemas.runs.batch import BatchLedger
from tasks.pure.history.events import ArticleFetch, decide_events, events_to_look_up, state_events
from tests.support.warehouse.batch_samples import NOON, batch, capture, hours

URL = "https://harbour.example/ferry"
KEY = uuid5(NAMESPACE_URL, URL)
NOTHING = KnownEvents((), (), ())


def answer(hour: float, status: int, version: int | None = None, run_id: str | None = None) -> ArticleAnswer:
    return ArticleAnswer(
        article_id=KEY,
        source="harbour",
        url=URL,
        run_id=run_id or f"run-{hour}",
        reason=Reason.UNCHANGED if status == 200 else Reason.HTTP_ERROR,
        status=status,
        version=version,
        seen_at=NOON + hours(hour),
    )


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        ([answer(0, 200), answer(1, 404), answer(2, 410)], ["deleted"]),
        ([answer(0, 200), answer(1, 404)], []),
        ([answer(1, 404, run_id="a"), answer(2, 404, run_id="a")], []),
        ([answer(1, 404), answer(2, 200), answer(3, 404)], []),
        ([answer(1, 404), answer(2, 403)], []),
        ([answer(1, 404), answer(2, 404), answer(3, 404)], ["deleted"]),
    ],
)
def test_an_article_is_deleted_when_it_is_gone_in_two_runs_without_an_answer_between(
    answers: list[ArticleAnswer], kinds: list[str]
) -> None:
    events = decide_events(batch([]), [], NOTHING._replace(answers=answers), NOON)

    assert [event.kind.value for event in events] == kinds


def test_a_deletion_names_its_two_answers_and_the_last_known_version() -> None:
    answers = [answer(1, 404, version=2), answer(2, 410)]

    [event] = decide_events(batch([]), [], NOTHING._replace(answers=answers), NOON)

    assert (event.at, event.version) == (NOON + hours(2), 2)
    assert event.evidence == (f"run-1 2026-11-23T13:00:00Z 404 {URL}", f"run-2 2026-11-23T14:00:00Z 410 {URL}")


@pytest.mark.parametrize(
    ("final_url", "before", "count"),
    [
        ("https://harbour.example/other", URL, 1),
        ("https://harbour.example/other", "https://harbour.example/other?x=1", 0),
        ("http://www.harbour.example/ferry/?x=1", URL, 0),
    ],
)
def test_a_redirect_is_an_event_when_it_leads_to_another_place_than_before(
    final_url: str, before: str, count: int
) -> None:
    its = capture(URL, final_url=final_url)
    places = [PlaceBefore(capture_id=its.capture_id, article_id=KEY, final_url_before=before)]
    whole = batch([], ledger=BatchLedger(captures=(its,)))

    wanted = events_to_look_up(whole, [])
    known = NOTHING._replace(places=places if wanted.moved else [])

    assert len(decide_events(whole, [], known, NOON)) == count


def sighting(hour: float, notice: Notice | None = None, is_text: bool = True) -> ArticleFetch:
    return ArticleFetch(KEY, NOON + hours(hour), "harbour", URL, 1, uuid5(KEY, f"{hour}"), notice, is_text)


@pytest.mark.parametrize(
    ("kind", "seen", "kinds"),
    [
        (None, sighting(1), []),
        (None, sighting(1, Notice.RETRACTION), ["retracted"]),
        (EventKind.RETRACTED, sighting(1, Notice.RETRACTION), []),
        (EventKind.RETRACTED, sighting(1), ["restored"]),
        (EventKind.RETRACTED, sighting(1, is_text=False), []),
        (EventKind.DELETED, sighting(1), ["restored"]),
        (EventKind.DELETED, sighting(1, Notice.RETRACTION), ["restored", "retracted"]),
        (EventKind.DELETED, sighting(-1), []),
        (EventKind.RESTORED, sighting(1, Notice.REMOVAL), ["retracted"]),
    ],
)
def test_a_sighting_after_the_last_event_changes_whether_an_article_is_there(
    kind: EventKind | None, seen: ArticleFetch, kinds: list[str]
) -> None:
    state = ArticleState(event_id=UUID(int=1), article_id=KEY, kind=kind, at=NOON) if kind else None

    assert [event.kind.value for event in state_events(seen, state, "run-1", NOON)] == kinds
