"""When nothing of a feed is taken up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from tasks.pure.polling.circuit_breaker import learned, new_at_most, tripped

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOURCE = Source.model_validate(
    {
        "slug": "o",
        "name": "O",
        "homepage": "http://o.example/",
        "language": "en",
        "country": "gb",
        "expect": {"articles_per_day": [0, 20]},
    }
)
HISTORY = {"answered_at": NOW - HOUR, "polls": 10, "new_per_day": 24.0, "observed_days": 1.0}


def state(**changes: Any) -> FeedState:
    plain = {"run_id": "r", "source": "o", "url": "http://o.example/feed", "kind": UrlKind.FEED, "at": NOW}
    return FeedState.model_validate(plain | {"reason": Reason.OK} | changes)


def urls(count: int, host: str = "o.example") -> list[str]:
    return [f"http://{host}/{number}" for number in range(count)]


def is_tripped(before: FeedState | None, new: list[str], linked: tuple[str, ...] = ("o.example",)) -> bool:
    refusal = tripped(before, new, linked, SOURCE, NOW)
    return refusal is not None and refusal.reason is Reason.SOURCE_QUARANTINED


@pytest.mark.parametrize(("count", "trips"), [(50, False), (51, True)])
def test_fifty_times_the_usual_number_is_the_most(count: int, trips: bool) -> None:
    assert is_tripped(state(**HISTORY), urls(count)) is trips


@pytest.mark.parametrize(("count", "trips"), [(100, False), (101, True)])
def test_before_ten_polls_five_times_the_expected_number_is_the_most(count: int, trips: bool) -> None:
    assert is_tripped(state(**HISTORY | {"polls": 9}), urls(count)) is trips


def test_a_week_without_polls_is_no_flood() -> None:
    before = state(**HISTORY | {"answered_at": NOW - timedelta(days=7)})
    assert new_at_most(before, SOURCE, NOW) == 50 * 24 * 7
    assert not is_tripped(before, urls(168))


def test_a_quiet_feed_may_publish_fifty_at_once() -> None:
    assert new_at_most(state(**HISTORY | {"new_per_day": 0.01}), SOURCE, NOW) == 50


@pytest.mark.parametrize(("count", "trips"), [(180, False), (181, True)])
def test_an_edition_that_comes_at_once_is_no_flood_though_the_feed_is_polled_every_quarter_of_an_hour(
    count: int, trips: bool
) -> None:
    before = state(**HISTORY | {"answered_at": NOW - HOUR / 4, "new_per_day": 90.0, "observed_days": 7.0})
    editions = {495_000 + 24 * day: 90 for day in range(7)}
    assert (tripped(before, urls(count), ("o.example",), SOURCE, NOW, editions) is not None) is trips


def test_ten_polls_of_a_morning_do_not_tell_how_many_entries_a_day_brings() -> None:
    before = state(**HISTORY | {"answered_at": NOW - HOUR / 4, "new_per_day": 0.0, "observed_days": 0.1})
    assert not is_tripped(before, urls(90))
    assert is_tripped(before, urls(101))


@pytest.mark.parametrize("before", [None, state()])
def test_a_first_answer_is_believed(before: FeedState | None) -> None:
    assert not is_tripped(before, urls(1_000, "elsewhere.example"))


@pytest.mark.parametrize(
    ("new", "linked", "trips"),
    [
        (urls(3, "evil.example"), ("o.example",), True),
        (urls(3, "evil.example") + urls(3, "worse.example"), ("o.example",), True),
        (urls(2, "evil.example"), ("o.example",), False),
        (urls(9, "evil.example") + urls(1), ("o.example",), False),
        (urls(3, "sub.o.example"), ("other.example",), False),
        (urls(3, "evil.example"), ("o.example", "evil.example"), False),
        (urls(3, "evil.example"), (), False),
        (urls(3, "evil.example"), tuple(f"d{number}.example" for number in range(21)), False),
    ],
)
def test_links_that_all_lead_where_none_led_before_are_a_hijacking(
    new: list[str], linked: tuple[str, ...], trips: bool
) -> None:
    assert is_tripped(state(**HISTORY), new, linked) is trips


def test_the_first_answer_teaches_domains_and_no_pace() -> None:
    seen = learned(state(), None, urls(9), NOW)
    assert (seen.domains, seen.polls, seen.new_per_day, seen.answered_at) == (("o.example",), 0, 0.0, NOW)


def test_what_is_usual_is_the_mean_of_the_days_that_were_observed() -> None:
    before = state(answered_at=NOW - timedelta(days=1), polls=3, new_per_day=10.0, observed_days=3.0)
    seen = learned(state(), before, urls(2), NOW)
    assert (seen.polls, seen.new_per_day, seen.observed_days) == (4, 8.0, 4.0)


def test_weeks_ago_does_not_count_for_ever() -> None:
    before = state(answered_at=NOW - timedelta(days=1), polls=99, new_per_day=8.0, observed_days=7.0)
    seen = learned(state(), before, [], NOW)
    assert (seen.new_per_day, seen.observed_days) == (7.0, 7.0)
