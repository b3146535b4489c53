"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from tasks.pure.polling.schedule import is_due, scheduled

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def state(**changes: object) -> FeedState:
    plain = {"run_id": "r", "source": "o", "url": "http://o.example/feed", "kind": UrlKind.FEED, "at": NOW}
    return FeedState.model_validate(plain | {"reason": Reason.OK} | changes)


BEFORE = state(poll_every_s=3600, answered_at=NOW - DAY)


def test_a_first_answer_says_nothing_of_how_fast_a_feed_is() -> None:
    assert scheduled(state(entries=9, entries_new=9), None, NOW).poll_every_s == 3600


@pytest.mark.parametrize(
    ("entries", "new", "every_s"), [(100, 33, 5400), (100, 34, 3600), (100, 67, 3600), (100, 68, 1800), (0, 0, 3600)]
)
def test_the_share_of_new_entries_moves_the_next_poll(entries: int, new: int, every_s: float) -> None:
    assert scheduled(state(entries=entries, entries_new=new), BEFORE, NOW).poll_every_s == every_s


@pytest.mark.parametrize(
    ("before_s", "new", "hint_s", "every_s"),
    [
        (900, 9, None, 900),
        (20 * 3600, 0, None, 24 * 3600),
        (900, 9, 7200, 7200),
        (900, 9, 60, 900),
        (900, 9, 99 * 3600, 24 * 3600),
    ],
)
def test_polls_are_a_quarter_of_an_hour_to_a_day_apart(
    before_s: float, new: int, hint_s: float | None, every_s: float
) -> None:
    before = state(poll_every_s=before_s, answered_at=NOW - DAY)
    assert scheduled(state(entries=9, entries_new=new, poll_hint_s=hint_s), before, NOW).poll_every_s == every_s


@pytest.mark.parametrize("reason", [Reason.NOT_MODIFIED, Reason.EMPTY_FEED])
def test_an_answer_without_entries_is_all_known(reason: Reason) -> None:
    assert scheduled(state(reason=reason), BEFORE, NOW).poll_every_s == 5400


@pytest.mark.parametrize(
    ("failures", "wait"), [(0.25, timedelta(seconds=3600 * 2**0.25)), (1, DAY / 12), (2, DAY / 6), (10, 30 * DAY)]
)
def test_failures_back_a_feed_off_up_to_thirty_days(failures: float, wait: timedelta) -> None:
    seen = scheduled(state(reason=Reason.WRONG_TYPE, failures=failures), BEFORE, NOW)
    assert seen.next_poll_at == NOW + wait
    assert seen.poll_every_s == 3600


def test_a_thousand_failures_never_stop_it() -> None:
    assert scheduled(state(reason=Reason.DNS_ERROR, failures=1e3), BEFORE, NOW).next_poll_at == NOW + 30 * DAY


def test_the_time_that_a_publisher_asks_for_is_kept_where_it_is_later() -> None:
    asked = NOW + timedelta(hours=10)
    busy = {"reason": Reason.RATE_LIMITED, "failures": 0.5}
    assert scheduled(state(next_poll_at=asked, **busy), BEFORE, NOW).next_poll_at == asked
    assert scheduled(state(next_poll_at=NOW, **busy), BEFORE, NOW).next_poll_at == NOW + timedelta(
        seconds=3600 * 2**0.5
    )


def test_a_feed_that_the_run_did_not_get_to_is_due_at_once() -> None:
    assert is_due(scheduled(state(reason=Reason.INTERRUPTED), BEFORE, NOW), NOW)


@pytest.mark.parametrize(("seconds", "due"), [(-1, True), (0, True), (59, True), (61, False)])
def test_a_feed_is_due_from_a_minute_before_its_time(seconds: float, due: bool) -> None:
    assert is_due(state(next_poll_at=NOW + timedelta(seconds=seconds)), NOW) is due


def test_a_feed_never_asked_is_due() -> None:
    assert is_due(None, NOW)
