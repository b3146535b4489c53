"""How many articles to expect of a source, by hour of the week, and when there are too few or too many.

Everything is learnt from what was loaded. Where little is known, the bounds are wide.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from math import e, log
from statistics import fmean, median

from schemas.sources.usual import HOURS_OF_WEEK, SourceTally, Usual

WEEKS = 8
"""Weeks that an hour's mean is of: the seasons of a year pass, a holiday does not count for much."""
KEPT = 200
"""Gaps that are kept of a source."""
DAYS_KEPT = 56
LEARNT_AT_LEAST_DAYS = 7
"""Before a week is known, a source is new: no hour of it was seen."""
GAPS_AT_LEAST = 5
MONTH_DAYS = 28
ODDS = 1 / 2000
"""Alarms that a healthy source may give by chance in a month: 200 sources give one in ten months."""
TAIL = 0.1
"""Share of the gaps, or days, that the tail of their distribution is fitted to."""
INTERVALS_AT_LEAST = 3.0
"""No source is silent before so many articles were expected in vain, however regular it is."""
THURSDAY = 3 * 24
"""1970-01-01 was a Thursday; weeks begin on Monday."""


def hour_of(at: datetime) -> int:
    """Hours since 1970 (UTC)."""
    return int(at.timestamp() // 3600)


def rates(usual: Usual) -> tuple[float, ...]:
    """Articles an hour to expect, by hour of the week. An hour of which little is known takes from the same hour of
    other days, and each from its neighbours."""
    return _rates(usual.hourly, usual.days)


@lru_cache(maxsize=1024)
def _rates(hourly: tuple[float, ...], days: int) -> tuple[float, ...]:
    weeks = min(days / 7, WEEKS)
    same = [sum(hourly[hour::24]) / 7 for hour in range(24)]
    mixed = [(weeks * rate + same[hour % 24]) / (weeks + 1) for hour, rate in enumerate(hourly)]
    return tuple(
        0.25 * mixed[hour - 1] + 0.5 * mixed[hour] + 0.25 * mixed[(hour + 1) % HOURS_OF_WEEK]
        for hour in range(HOURS_OF_WEEK)
    )


def expected(hourly: Sequence[float], begin: datetime, end: datetime) -> float:
    """Articles to expect from `begin` to `end`; 0 where that is no span."""
    first, last = begin.timestamp() / 3600, end.timestamp() / 3600
    if last <= first:
        return 0.0
    weeks, rest = divmod(last - first, HOURS_OF_WEEK)
    last = first + rest
    hours = range(int(first), int(last) + 1)
    parts = (min(last, hour + 1) - max(first, hour) for hour in hours)
    return weeks * sum(hourly) + sum(
        part * hourly[(hour + THURSDAY) % HOURS_OF_WEEK] for hour, part in zip(hours, parts, strict=True)
    )


def is_known(usual: Usual | None) -> bool:
    """Whether enough was learnt to judge the source."""
    return usual is not None and usual.days >= LEARNT_AT_LEAST_DAYS and len(usual.gaps) >= GAPS_AT_LEAST


def longest_gap(usual: Usual) -> float:
    """Articles that may be expected in vain before the source counts as silent: the gap that a healthy source of its
    rhythm exceeds by chance with the odds `ODDS` a month. Fitted to the longest tenth of its gaps (peaks over a
    threshold, with an exponential tail); with few gaps the tail counts as that of pure chance (a mean of 1)."""
    a_month = min(max(sum(usual.hourly) * MONTH_DAYS / 7, 1.0), 24.0 * MONTH_DAYS)
    begin, mean = _tail(sorted(usual.gaps), prior=1.0)
    certain = begin + mean * log(max(TAIL * a_month / ODDS, 1.0))
    return max(INTERVALS_AT_LEAST, certain)


def _tail(values: Sequence[float], prior: float) -> tuple[float, float]:
    """Where the upper tail of sorted values begins, and its mean excess, drawn to `prior` where few are known."""
    place = int(len(values) * (1 - TAIL))
    begin = values[min(place, len(values) - 1)]
    excesses = [value - begin for value in values[place:]]
    return begin, (sum(excesses) + 2 * prior) / (len(excesses) + 2)


def quiet(usual: Usual, polls: Sequence[datetime], pace: float = 1.0, came: float = 0.0) -> float:
    """Articles that were expected while the polls (oldest first, from the last that did) listed nothing unseen.
    Those that `came` in the hour of the first of them are no longer expected in it: an edition comes at once.

    It is counted to the full hour before the last poll, as the gaps are that it is compared with (`_with_gaps`).
    A pause of the polls counts no longer than twice the usual time between them: neither a machine that was off nor a
    clock that jumped makes silence. `pace`: the share of its usual articles that the fleet brings now.
    """
    hourly = rates(usual)
    spans = [(earlier, later) for earlier, later in pairwise(polls) if later > earlier]
    if not spans:
        return 0.0
    at_most = timedelta(seconds=2 * median((later - earlier).total_seconds() for earlier, later in spans))
    end = _instant(hour_of(polls[-1]))
    waited = [(max(earlier, later - at_most), min(later, end)) for earlier, later in spans]
    hour = hour_of(polls[0])
    rest = sum(expected(hourly, begin, min(end, _instant(hour + 1))) for begin, end in waited)
    left = max(hourly[(hour + THURSDAY) % HOURS_OF_WEEK] - came, 0.0)
    return pace * (sum(expected(hourly, begin, end) for begin, end in waited) - max(rest - left, 0.0))


def learnt(usual: Usual, tallies: Sequence[SourceTally], until: datetime, run_id: str) -> Usual:
    """What is usual after the days up to `until` (a midnight, UTC), by the tallies since `usual.at`. An hour with far
    more articles than usual counts as with a few more, so that one burst teaches little."""
    counts = Counter(hour for tally in tallies for hour in tally.hours)
    first, last = hour_of(usual.at), hour_of(until)
    hourly, days, ratios = list(usual.hourly), usual.days, list(usual.ratios)
    for day in range(first, last - last % 24, 24):
        known = usual.model_copy(update={"hourly": tuple(hourly), "days": days})
        begin = datetime.fromtimestamp(day * 3600, UTC)
        hoped = expected(rates(known), begin, begin + timedelta(days=1))
        if days >= LEARNT_AT_LEAST_DAYS:
            ratios.append(log((sum(counts[day + hour] for hour in range(24)) + 1) / (hoped + 1)))
        for hour in range(day, day + 24):
            place, weeks = (hour + THURSDAY) % HOURS_OF_WEEK, days // 7 + 1
            usual_most = hourly[place] + 4 * (hourly[place] + 1) ** 0.5
            count = min(counts[hour], usual_most) if weeks > 2 else counts[hour]
            hourly[place] += (count - hourly[place]) / min(weeks, WEEKS)
        days += 1
    shaped = usual.model_copy(update={"hourly": tuple(hourly), "days": days, "at": until, "run_id": run_id})
    return _with_gaps(shaped, counts, last).model_copy(update={"ratios": tuple(ratios[-DAYS_KEPT:])})


def _with_gaps(usual: Usual, counts: Mapping[int, int], until: int) -> Usual:
    """A gap lies between two hours that brought articles: however many an hour brings, they are one event."""
    if usual.days < LEARNT_AT_LEAST_DAYS:
        return usual.model_copy(update={"last_hour": max((hour for hour in counts if hour < until), default=None)})
    hourly, gaps, last = rates(usual), list(usual.gaps), usual.last_hour
    for hour in sorted(hour for hour in counts if hour < until):
        if last is not None and hour > last:
            gaps.append(round(expected(hourly, _instant(last + 1), _instant(hour)), 3))
        last = max(hour, last or hour)
    return usual.model_copy(update={"gaps": tuple(gaps[-KEPT:]), "last_hour": last})


def _instant(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)


def off_by(usual: Usual, pace: float = 1.0) -> float | None:
    """By what factor the last two days learnt differ from what is usual, where that is beyond chance: below 1 for too
    few articles, above for too many; None: they do not. `pace`: see `quiet`; a slow fleet explains a drop."""
    if len(usual.ratios) < 2 * LEARNT_AT_LEAST_DAYS + 2:
        return None
    *before, one, two = usual.ratios
    raised = [ratio - log(pace) for ratio in (one, two)]
    begin, mean = _tail(sorted(before), prior=0.1)
    most = begin + mean * log(TAIL * MONTH_DAYS / ODDS)
    lowest, low_mean = _tail(sorted(-ratio for ratio in before), prior=0.1)
    least = -(lowest + low_mean * log(TAIL * MONTH_DAYS / ODDS))
    if min(one, two) > max(most, log(2)) or max(raised) < min(least, -log(2)):
        return float(e ** fmean((one, two)))
    return None
