"""How many articles are expected, and when too few came: learnt, wide where little is known, and deaf to clocks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from schemas.sources.usual import SourceTally, Usual
from tasks.pure.sources import volume

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def tally(day: int, hours: list[float]) -> SourceTally:
    """What a run at noon of the next day loaded: an article at each hour of the day."""
    begin = MONDAY + day * DAY
    its = tuple(volume.hour_of(begin + hour * HOUR) for hour in hours)
    return SourceTally(run_id=f"r{day}", source="quay", at=begin + 1.5 * DAY, articles=len(its), hours=its)


def learnt(days: int, hours_of: Callable[[int], list[float]]) -> Usual:
    usual = Usual(source="quay", at=MONDAY, run_id="r")
    for day in range(days):
        usual = volume.learnt(usual, [tally(day, hours_of(day))], MONDAY + (day + 1) * DAY, "r")
    return usual


def by_day(day: int) -> list[float]:
    """Every two hours from 6 to 20, on weekdays."""
    return [6, 8, 10, 12, 14, 16, 18, 20] if day % 7 < 5 else []


@pytest.fixture(scope="module")
def weekly_rhythm() -> Usual:
    return learnt(56, by_day)


def test_hours_of_the_week_are_told_apart(weekly_rhythm: Usual) -> None:
    hourly = volume.rates(weekly_rhythm)
    end = MONDAY + 56 * DAY
    assert volume.expected(hourly, end, end + DAY) == pytest.approx(8, abs=1)
    assert volume.expected(hourly, end + 5 * DAY, end + 7 * DAY) < 2
    assert volume.expected(hourly, end, end + 14 * DAY) == pytest.approx(2 * sum(hourly))
    assert volume.expected(hourly, end, end) == 0


def test_a_weekend_is_no_silence_and_a_working_day_without_an_article_is(weekly_rhythm: Usual) -> None:
    at_most = volume.longest_gap(weekly_rhythm)
    friday = MONDAY + 60 * DAY + 20 * HOUR
    weekend = [friday + number * HOUR for number in range(58)]
    assert volume.quiet(weekly_rhythm, weekend) < at_most
    working = [MONDAY + 57 * DAY + number * HOUR for number in range(24)]
    assert volume.quiet(weekly_rhythm, working) > at_most


def test_a_machine_that_was_off_and_a_clock_that_jumped_make_no_silence(weekly_rhythm: Usual) -> None:
    at = MONDAY + 57 * DAY + 12 * HOUR
    polls = [at, at + HOUR, at + 2 * HOUR, at + 30 * DAY]
    assert volume.quiet(weekly_rhythm, polls) < volume.longest_gap(weekly_rhythm)
    assert volume.quiet(weekly_rhythm, [at, at - 30 * DAY]) == 0
    assert volume.quiet(weekly_rhythm, [at]) == 0


def test_one_burst_teaches_little() -> None:
    calm = learnt(42, by_day)
    burst = learnt(42, lambda day: [10] * 500 if day == 35 else by_day(day))
    assert sum(burst.hourly) < 1.3 * sum(calm.hourly)


def test_a_source_is_not_judged_before_a_week_is_known() -> None:
    assert not volume.is_known(None)
    assert not volume.is_known(learnt(6, by_day))
    assert volume.is_known(learnt(21, by_day))


def test_the_gap_of_a_regular_source_is_three_articles_and_that_of_chance_is_wider() -> None:
    hourly = tuple([0.25] * 168)
    regular = Usual(source="quay", at=MONDAY, run_id="r", days=56, hourly=hourly, gaps=(0.9, 1.0, 1.1) * 60)
    chance = regular.model_copy(update={"gaps": tuple(-1.0 * number for number in range(0))})
    by_chance = tuple(sorted(0.05 * number for number in range(80)))
    assert volume.longest_gap(regular) == pytest.approx(3.0, abs=0.5)
    assert volume.longest_gap(chance.model_copy(update={"gaps": by_chance})) > 6


@pytest.mark.parametrize(("hours", "sign"), [([12], -1), ([float(n % 24) for n in range(60)], 1)])
def test_two_days_far_from_usual_are_told_and_one_is_not(hours: list[float], sign: int) -> None:
    def days(odd: int) -> Callable[[int], list[float]]:
        return lambda day: hours if day >= 58 - odd else [float(hour) for hour in range(4, 24)]

    assert volume.off_by(learnt(58, days(1))) is None
    factor = volume.off_by(learnt(58, days(2)))
    assert factor is not None
    assert (factor - 1) * sign > 0


def test_a_holiday_of_the_whole_fleet_is_no_drop_of_one_source() -> None:
    few = learnt(58, lambda day: [9, 15] if day >= 56 else [float(hour) for hour in range(4, 24)])
    assert volume.off_by(few) is not None
    assert volume.off_by(few, pace=0.2) is None


def test_an_edition_that_came_is_not_expected_for_the_rest_of_its_hour() -> None:
    edition = learnt(56, lambda _: [6.0] * 60)
    at = MONDAY + 56 * DAY + 6.1 * HOUR
    polls = [at + number * HOUR / 4 for number in range(6)]
    assert volume.quiet(edition, polls) > 15
    assert volume.quiet(edition, polls, came=60) < 1
