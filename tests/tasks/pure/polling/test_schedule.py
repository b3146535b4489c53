"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState, PollLimit
from tasks.pure.polling.hourly_rates import HourlyRates, learned
from tasks.pure.polling.schedule import PollTerms, interval, is_due, mean_that_fits, quiet_hours, scheduled

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""A Friday."""
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def state(**changes: object) -> FeedState:
    plain = {"run_id": "r", "source": "o", "url": "http://o.example/feed", "kind": UrlKind.FEED, "at": NOW}
    return FeedState.model_validate(plain | {"reason": Reason.OK} | changes)


def even(a_day: float, days: float = 28) -> HourlyRates:
    """The same rate in every hour of the week."""
    hourly = (a_day / 24,) * 168
    return HourlyRates(hourly, hourly, a_day, a_day, days, int(a_day * days))


def office(a_day: int) -> HourlyRates:
    """Learnt from four weeks in which all articles came from 8 to 18 UTC."""
    last = int(NOW.timestamp()) // 3600
    hours = [hour for hour in range(last - 28 * 24, last) if 8 <= hour % 24 < 18]
    return learned(dict.fromkeys(hours, a_day // 10), NOW - 28 * DAY, NOW)


def wait(terms: PollTerms, now: datetime = NOW, **changes: object) -> timedelta:
    after = scheduled(state(**changes), now, terms)
    assert after.next_poll_at is not None
    return after.next_poll_at - now


PROMISE = PollTerms(even(40), 900)


def test_the_promise_is_the_interval() -> None:
    assert wait(PROMISE, entries_last=100) == timedelta(minutes=15)
    assert interval(state(), NOW, PROMISE) == (900, PollLimit.PROMISE)


@pytest.mark.parametrize(("listed", "new"), [(100, 40), (20, 20), (20, 0), (1000, 300)])
def test_the_share_of_new_entries_plays_no_part(listed: int, new: int) -> None:
    assert wait(PROMISE, entries=listed, entries_last=listed, entries_new=new) == timedelta(minutes=15)


def test_four_polls_by_hand_within_a_minute_slow_nothing_down() -> None:
    seen = state(entries_last=100)
    for second in (0, 6, 12, 19):
        seen = scheduled(seen, NOW + timedelta(seconds=second), PROMISE)
    assert seen.next_poll_at == NOW + timedelta(minutes=15, seconds=19)


def test_in_quiet_hours_a_feed_is_polled_when_they_end_and_its_promise_is_kept_from_then_on() -> None:
    night = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    assert wait(PollTerms(office(40), 900), night) == 6 * HOUR
    assert wait(PollTerms(office(40), 900), night + 8 * HOUR) == timedelta(hours=3, minutes=15)


def test_hours_are_quiet_only_where_enough_was_seen_of_them() -> None:
    assert sum(quiet_hours(office(40))) > 60
    assert not any(quiet_hours(learned({}, None, NOW)))
    assert not any(quiet_hours(even(40)))


@pytest.mark.parametrize(
    ("hint_s", "is_stated", "every"),
    [
        (None, False, timedelta(minutes=15)),
        (300, False, timedelta(minutes=15)),
        (1800, False, timedelta(minutes=30)),
        (24 * 3600, False, HOUR),
        (1800, True, timedelta(minutes=15)),
    ],
)
def test_a_publisher_is_asked_less_often_up_to_an_hour_unless_a_person_stated_the_promise(
    hint_s: float | None, is_stated: bool, every: timedelta
) -> None:
    assert wait(PollTerms(even(40), 900, is_stated), poll_hint_s=hint_s) == every


def test_a_hint_beyond_an_hour_counts_up_to_the_promise() -> None:
    assert wait(PollTerms(even(1), 6 * 3600), poll_hint_s=24 * 3600) == 6 * HOUR


def test_a_short_listing_is_polled_before_an_entry_can_leave_it_unseen() -> None:
    every_s, limit = interval(state(entries_last=10), NOW, PollTerms(even(300), 900))
    assert limit is PollLimit.LISTING
    assert every_s / 3600 * 300 / 24 == pytest.approx(mean_that_fits(10))


def test_on_its_first_day_a_short_listing_alone_is_no_reason_to_poll_more_often_than_every_15_minutes() -> None:
    unknown = learned({}, None, NOW)
    assert wait(PollTerms(unknown, 900), entries_last=3) == timedelta(minutes=15)


def test_articles_that_come_several_at_once_need_more_room() -> None:
    assert mean_that_fits(20, clumping=5) < mean_that_fits(20) < 20


def test_no_longer_than_the_newer_half_of_the_entries_took_to_come() -> None:
    assert wait(PROMISE, entries_last=100, half_since=NOW - timedelta(minutes=8)) == timedelta(minutes=8)


def test_all_places_of_a_source_take_at_most_half_the_time_of_its_host() -> None:
    assert wait(PollTerms(even(40), 900, round_s=1000)) == timedelta(seconds=2000)


def test_no_poll_comes_sooner_than_the_next_run() -> None:
    assert wait(PollTerms(even(3000), 60, is_stated=True), entries_last=5) == timedelta(minutes=5)


def test_a_place_without_anything_new_in_four_weeks_is_polled_once_a_day_unless_a_person_stated_more() -> None:
    nothing = learned({}, NOW - 60 * DAY, NOW)
    assert wait(PollTerms(nothing, 6 * 3600)) == DAY
    assert wait(PollTerms(nothing, 3600, is_stated=True)) == HOUR


def test_a_sitemap_that_an_index_names_is_polled_once_an_hour_at_most() -> None:
    assert wait(PROMISE, named_by="http://o.example/index.xml") == HOUR


@pytest.mark.parametrize(
    ("failures", "after"), [(0.25, timedelta(seconds=900 * 2**0.25)), (1, HOUR / 2), (2, HOUR), (20, 30 * DAY)]
)
def test_failures_back_a_feed_off_up_to_thirty_days(failures: float, after: timedelta) -> None:
    seen = scheduled(state(reason=Reason.WRONG_TYPE, failures=failures), NOW, PROMISE)
    assert seen.next_poll_at == NOW + after
    assert (seen.poll_every_s, seen.poll_limit) == (900, PollLimit.FAILURES)


def test_a_thousand_failures_never_stop_it() -> None:
    assert wait(PROMISE, reason=Reason.DNS_ERROR, failures=1e3) == 30 * DAY


def test_the_time_that_a_publisher_asks_for_is_kept_where_it_is_later() -> None:
    asked = NOW + timedelta(hours=10)
    seen = scheduled(state(next_poll_at=asked, reason=Reason.RATE_LIMITED, failures=0.5), NOW, PROMISE)
    assert (seen.next_poll_at, seen.poll_limit) == (asked, PollLimit.RETRY_AFTER)
    assert wait(PROMISE, next_poll_at=NOW, reason=Reason.RATE_LIMITED, failures=1) == timedelta(minutes=30)


def test_a_feed_that_the_run_did_not_get_to_is_due_at_once() -> None:
    assert is_due(scheduled(state(reason=Reason.INTERRUPTED), NOW, PROMISE), NOW)


@pytest.mark.parametrize(("seconds", "due"), [(-1, True), (0, True), (59, True), (61, False)])
def test_a_feed_is_due_from_a_minute_before_its_time(seconds: float, due: bool) -> None:
    assert is_due(state(next_poll_at=NOW + timedelta(seconds=seconds)), NOW) is due


def test_a_feed_never_asked_is_due() -> None:
    assert is_due(None, NOW)


@pytest.mark.parametrize("ahead", [timedelta(days=31), timedelta(days=365)])
def test_a_feed_whose_next_poll_a_wrong_clock_set_is_due(ahead: timedelta) -> None:
    assert is_due(state(next_poll_at=NOW + ahead), NOW)
    assert is_due(state(answered_at=NOW + ahead, next_poll_at=NOW + ahead + HOUR), NOW)
