"""How many new entries a feed brings in each hour of the week, learnt from the hours in which they appeared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

HOURS_A_DAY, HOURS_A_WEEK = 24, 168
HOUR = timedelta(hours=1)
HOUR_S = 3600.0
LEARNT_FROM = timedelta(days=28)
"""Each hour of the week is seen four times, and a habit that changed is forgotten within a month."""
_FIRST_HOUR = 3 * HOURS_A_DAY
"""Hour of the week at which 1970 began: a Thursday."""
_OUTLIER = 2
"""Where an hour of the week was observed three times or more, its largest number of entries counts as `_OUTLIER`
times the second plus `_OUTLIER` at most: one flood of entries is no habit."""
_BEFORE_ANY = 0.5
"""Entries assumed, in as many hours, before any is seen (Jeffreys' prior of a Poisson rate)."""
_UNSEEN_HOUR_OF_DAY, _UNSEEN_HOUR_OF_WEEK = 10.0, 2.0
"""Least entries for which to be ready in an hour of the day, or of the week, that never came."""
_CLUMPING_AT_MOST = 10.0
_DAY_WEIGHT = 2.0
"""Hours of observation for which the same hour of the other days counts."""


@dataclass(frozen=True)
class HourlyRates:
    """New entries in each hour of the week, Monday 00:00 UTC first: those `expected`, and those with one standard
    deviation more (`high`), far above where little was observed. `a_day` is the mean of all observed days,
    `high_a_day` the same with one standard deviation more, `days` how many were observed (0: none, all is a guess),
    `found` the entries seen in them. `clumping` is the variance of an hour's entries over their mean: 1 where they
    come one by one, more where several come at once."""

    expected: tuple[float, ...]
    high: tuple[float, ...]
    a_day: float
    high_a_day: float
    days: float
    found: int
    clumping: float = 1.0

    def expected_between(self, start: datetime, end: datetime) -> float:
        """New entries expected between two instants, at most two days apart: beyond, as many as in two days."""
        at_s, end_s, total = max(start.timestamp(), end.timestamp() - 2 * HOURS_A_DAY * HOUR_S), end.timestamp(), 0.0
        while at_s < end_s:
            until_s = min((hour_number(at_s) + 1) * HOUR_S, end_s)
            total += self.expected[hour_of_week(hour_number(at_s))] * (until_s - at_s) / HOUR_S
            at_s = until_s
        return total


def hour_number(at_s: float) -> int:
    """Hours since 1970 (UTC) at so many seconds since then."""
    return int(at_s // HOUR_S)


def hour_of_week(number: int) -> int:
    """0 to 167 for hours since 1970; 0 begins on Monday 00:00 UTC."""
    return (number + _FIRST_HOUR) % HOURS_A_WEEK


def learned(new_entries: Mapping[int, int], since: datetime | None, now: datetime) -> HourlyRates:
    """The rates at `now` (UTC) from numbers of new entries by hour since 1970. `since` is the instant from which
    entries were counted; None, or one that lies ahead because a clock was wrong: nothing is known."""
    start = max(since, now - LEARNT_FROM) if since and since < now else now
    first, last = hour_number(start.timestamp()), hour_number(now.timestamp())
    counted = {hour: count for hour, count in new_entries.items() if first <= hour <= last}
    seen = _occurrences(first, last)
    found, occurred = _near(_without_outliers(counted, seen)), _near(seen)
    day_found, day_occurred = _by_hour_of_day(found), _by_hour_of_day(occurred)
    observed_h, total = (now - start) / HOUR, sum(counted.values())
    mean = (total + _BEFORE_ANY) / (observed_h + _BEFORE_ANY)
    expected, weights = [], []
    for hour in range(HOURS_A_WEEK):
        of_day = hour % HOURS_A_DAY
        day_rate = (day_found[of_day] + _BEFORE_ANY * mean) / (day_occurred[of_day] + _BEFORE_ANY)
        expected.append((found[hour] + _DAY_WEIGHT * day_rate) / (occurred[hour] + _DAY_WEIGHT))
        weights.append(max(occurred[hour] + day_occurred[of_day] / 2, _BEFORE_ANY))
    clumping = _clumping(counted, expected, seen)
    high = [
        rate + sqrt(clumping * rate / weight) + _BEFORE_ANY / weight
        for rate, weight in zip(expected, weights, strict=True)
    ]
    deviation = sqrt(clumping * (total + _BEFORE_ANY)) / (observed_h + _BEFORE_ANY)
    return HourlyRates(
        expected=tuple(expected),
        high=tuple(max(high[h], _least(occurred[h], day_occurred[h % HOURS_A_DAY])) for h in range(HOURS_A_WEEK)),
        a_day=mean * HOURS_A_DAY,
        high_a_day=(mean + deviation) * HOURS_A_DAY,
        days=observed_h / HOURS_A_DAY,
        found=total,
        clumping=clumping,
    )


def _least(occurred: float, day_occurred: float) -> float:
    """Entries for which to be ready in an hour, by how often its hour of the week, and of the day, came."""
    if occurred:
        return 0.0
    return _UNSEEN_HOUR_OF_WEEK if day_occurred else _UNSEEN_HOUR_OF_DAY


def _clumping(counted: Mapping[int, int], expected: Sequence[float], seen: Sequence[int]) -> float:
    """Mean square of what an hour brought beyond what was expected, over the mean; 1 to `_CLUMPING_AT_MOST`."""
    mean = sum(rate * times for rate, times in zip(expected, seen, strict=True))
    squares = sum(rate * rate * times for rate, times in zip(expected, seen, strict=True))
    squares += sum(count * (count - 2 * expected[hour_of_week(number)]) for number, count in counted.items())
    return min(max(squares / mean, 1.0), _CLUMPING_AT_MOST) if mean else 1.0


def _occurrences(first: int, last: int) -> list[int]:
    """How often each hour of the week came in the whole hours from `first` to before `last` (hours since 1970)."""
    weeks, rest = divmod(max(last - first, 0), HOURS_A_WEEK)
    begin = hour_of_week(first)
    return [weeks + ((hour - begin) % HOURS_A_WEEK < rest) for hour in range(HOURS_A_WEEK)]


def _without_outliers(counted: Mapping[int, int], seen: Sequence[int]) -> list[float]:
    """New entries by hour of the week, all weeks together."""
    weeks: dict[int, list[int]] = defaultdict(list)
    for number, count in counted.items():
        weeks[hour_of_week(number)].append(count)
    totals = [0.0] * HOURS_A_WEEK
    for hour, found in weeks.items():
        *others, most = sorted([0, 0, *found])
        usual = _OUTLIER * others[-1] + _OUTLIER if seen[hour] > 2 else most
        totals[hour] = float(sum(others) + min(most, usual))
    return totals


def _near(values: Sequence[float]) -> list[float]:
    """Each hour's value, with half of the hours beside it."""
    return [values[h] + (values[h - 1] + values[(h + 1) % HOURS_A_WEEK]) / 2 for h in range(HOURS_A_WEEK)]


def _by_hour_of_day(values: Sequence[float]) -> list[float]:
    """24 sums over the days of the week."""
    return [sum(values[hour::HOURS_A_DAY]) for hour in range(HOURS_A_DAY)]
