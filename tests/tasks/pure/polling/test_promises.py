"""How soon a source's articles are to be loaded where nobody said."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.pure.polling.hourly_rates import HourlyRates, learned
from tasks.pure.polling.promises import default_s

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def brings(a_day: float) -> HourlyRates:
    return HourlyRates((a_day / 24,) * 168, (a_day / 24,) * 168, a_day, a_day, 28, int(28 * a_day))


@pytest.mark.parametrize(
    ("a_day", "minutes"), [(300, 15), (10.1, 15), (10, 72), (4, 180), (2, 360), (1 / 7, 360), (0.001, 360)]
)
def test_fifteen_minutes_above_ten_a_day_below_half_of_the_time_between_two_at_most_six_hours(
    a_day: float, minutes: float
) -> None:
    assert default_s(brings(a_day)) == pytest.approx(minutes * 60)


def test_the_articles_of_the_whole_source_decide() -> None:
    assert default_s(brings(3), source_a_day=60) == 900


def test_a_place_that_brings_next_to_nothing_of_them_is_polled_by_its_own_rate() -> None:
    assert default_s(brings(0.5), source_a_day=60) == 6 * 3600


def test_a_new_source_starts_quick_and_slows_down_with_what_it_shows() -> None:
    waits = [default_s(learned({}, NOW - timedelta(hours=hours), NOW)) for hours in (0, 1, 6, 24, 96)]
    assert waits[:2] == [900, 900]
    assert waits == sorted(waits)
    assert waits[-1] == 6 * 3600
