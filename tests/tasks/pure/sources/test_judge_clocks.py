"""A source is judged by what its feeds answered, against what is usual of it, on clocks that jump."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from schemas.sources.usual import Usual
from tasks.pure.sources.judge import Seen, declared, judged, relearnt

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE, TWO = "https://quay.example/one", "https://quay.example/two"
QUAY = Source(
    slug="quay", name="Quay", homepage="https://quay.example/", language="en", country="gb", feeds=(ONE, TWO)
)
KNOWN = Usual(source="quay", at=NOW - timedelta(days=1), run_id="r", days=56, hourly=(1.0,) * 168, gaps=(1.0,) * 100)


def state(url: str, reason: Reason = Reason.OK, answered_at: datetime | None = NOW - HOUR) -> FeedState:
    return FeedState(
        run_id="r",
        source="quay",
        url=url,
        kind=UrlKind.FEED,
        at=NOW,
        reason=reason,
        answered_at=answered_at,
    )


def codes(states: Sequence[FeedState], polls: Sequence[datetime] = (), usual: Usual | None = None) -> list[str]:
    seen = Seen(QUAY, {each.url: each for each in states}, polls, usual, ())
    return [each.code for each in judged(seen, "r", NOW, 1.0)]


@pytest.mark.parametrize(
    ("answered", "found"),
    [
        ((NOW - HOUR, NOW - HOUR), ["feeds_failing"]),
        ((NOW - 25 * HOUR, NOW - 26 * HOUR), ["source_silent"]),
        ((None, None), ["source_never_answered"]),
        ((NOW + 48 * HOUR, NOW + 24 * HOUR), ["feeds_failing"]),
        ((NOW + 48 * HOUR, NOW - 25 * HOUR), ["source_silent"]),
    ],
)
def test_feeds_that_all_fail_make_silence_by_their_last_answer_and_answers_of_the_future_do_not_count(
    answered: tuple[datetime | None, datetime | None], found: list[str]
) -> None:
    failing = [state(url, Reason.HTTP_ERROR, at) for url, at in zip((ONE, TWO), answered, strict=True)]
    assert codes(failing) == found


def test_one_feed_that_fails_beside_one_that_answers_is_a_notice() -> None:
    assert codes([state(ONE), state(TWO, Reason.HTTP_ERROR, None)]) == ["feeds_failing"]


def test_an_interrupted_poll_is_no_failure() -> None:
    assert codes([state(ONE, Reason.INTERRUPTED)]) == []


def test_a_source_without_history_is_not_silent_however_long_it_lists_nothing() -> None:
    polls = [NOW - day * timedelta(days=1) for day in range(30, 0, -1)]
    assert codes([state(ONE)], polls, usual=None) == []
    assert codes([state(ONE)], polls, usual=KNOWN.model_copy(update={"days": 3})) == []


def test_a_known_source_that_lists_nothing_unseen_for_days_dried_up() -> None:
    polls = [NOW - hour * HOUR for hour in range(72, 0, -1)]
    assert codes([state(ONE)], polls, usual=KNOWN) == ["source_dried_up"]


def test_a_clock_that_jumped_ahead_between_two_polls_makes_no_silence() -> None:
    before = [NOW - 30 * timedelta(days=1) + minute * timedelta(minutes=1) for minute in range(5)]
    assert codes([state(ONE)], [*before, NOW], usual=KNOWN) == []


def test_places_that_the_file_names_no_longer_are_not_judged() -> None:
    old = "https://quay.example/old"
    child = state("https://quay.example/map").model_copy(update={"named_by": ONE})
    kept = declared(QUAY, {each.url: each for each in (state(ONE), state(old, Reason.HTTP_ERROR, None), child)})
    assert sorted(kept) == [child.url, ONE]


def test_nothing_is_learnt_while_a_fault_is_open() -> None:
    seen = Seen(QUAY, {}, (), KNOWN.model_copy(update={"at": NOW - timedelta(days=3)}), ())
    assert relearnt(seen, False, "r", NOW) is None
    assert relearnt(seen, True, "r", NOW) is not None
