"""What is learnt of the hours in which a feed brings new entries."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.pure.polling.hourly_rates import hour_of_week, learned

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
LAST = int(NOW.timestamp()) // 3600
DAY = timedelta(days=1)


def every(hours: range, count: int = 1) -> dict[int, int]:
    return {LAST + hour: count for hour in hours}


def test_the_week_begins_on_monday() -> None:
    monday = datetime(2026, 11, 16, tzinfo=UTC)
    assert hour_of_week(int(monday.timestamp()) // 3600) == 0
    assert hour_of_week(int(monday.timestamp()) // 3600 + 167) == 167


def test_an_entry_an_hour_for_four_weeks_is_24_a_day_in_every_hour() -> None:
    rates = learned(every(range(-672, 0)), NOW - 28 * DAY, NOW)
    assert rates.a_day == pytest.approx(24, rel=0.01)
    assert all(0.9 < rate < 1.1 for rate in rates.expected)
    assert rates.clumping == 1


def test_an_hour_that_always_brings_some_is_told_from_one_that_never_does() -> None:
    noon = {LAST - 24 * day: 10 for day in range(28)}
    rates = learned(noon, NOW - 28 * DAY, NOW)
    assert rates.expected[hour_of_week(LAST)] > 4
    assert rates.high[hour_of_week(LAST - 8)] < 0.3


def test_what_is_known_of_other_days_counts_where_an_hour_of_the_week_never_came() -> None:
    noon = {LAST - 24 * day: 10 for day in range(3)}
    rates = learned(noon, NOW - 3 * DAY, NOW)
    assert rates.expected[hour_of_week(LAST + 24)] > 2
    assert rates.high[hour_of_week(LAST + 24 - 8)] == 2


def test_little_evidence_is_wide() -> None:
    rates = learned({}, NOW - timedelta(hours=3), NOW)
    assert min(rates.high) < 2
    assert max(rates.high) == 10


def test_one_flood_is_no_habit() -> None:
    calm = every(range(-672, 0))
    rates = learned(calm | {LAST - 24: 500}, NOW - 28 * DAY, NOW)
    assert rates.expected[hour_of_week(LAST - 24)] < 2


def test_what_comes_in_batches_is_clumped() -> None:
    assert learned({LAST - 24 * 7 * n - n: 6 for n in range(1, 4)}, NOW - 28 * DAY, NOW).clumping > 3


@pytest.mark.parametrize("since", [None, NOW + timedelta(days=300)])
def test_without_history_or_with_one_that_lies_ahead_nothing_is_known(since: datetime | None) -> None:
    rates = learned({LAST + 24 * 300: 7}, since, NOW)
    assert (rates.days, rates.found) == (0, 0)
    assert rates.a_day > 10


def test_after_a_jump_of_the_clock_by_a_year_what_was_learnt_before_is_forgotten() -> None:
    rates = learned(every(range(-672, 0)), NOW, NOW + 365 * DAY)
    assert (rates.found, rates.days) == (0, 28)


def test_new_entries_expected_between_two_instants() -> None:
    rates = learned(every(range(-672, 0)), NOW - 28 * DAY, NOW)
    assert rates.expected_between(NOW - timedelta(hours=3), NOW) == pytest.approx(3, rel=0.1)
    assert rates.expected_between(NOW - 400 * DAY, NOW) == pytest.approx(48, rel=0.1)
