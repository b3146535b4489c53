"""`fresh_within`: the time within which a source's new articles are to be loaded, stated or by its articles a day."""

from tasks.pure.polling.hourly_rates import HourlyRates

MANY_A_DAY = 10.0
OFTEN_S = 15 * 60.0
"""The promise for a source with more than `MANY_A_DAY` articles a day."""
LIVING_S = 6 * 3600.0
"""The longest promise for any source that lives."""
HALF_A_DAY_S = 12 * 3600.0
SHARE_OF_NOTE = 0.02
"""A place that brings less than this share of its source's articles is polled by its own rate."""


def default_s(rates: HourlyRates, source_a_day: float = 0.0) -> float:
    """Seconds within which a place's new entries are to be loaded where nobody stated it. The source's articles a
    day, all places together, decide: 15 minutes above ten; below, half of the mean time between two, at most six
    hours.

    Half a standard deviation more than the mean is compared with ten: a doubtful source is polled often."""
    own = (rates.a_day + rates.high_a_day) / 2
    a_day = own if rates.a_day < SHARE_OF_NOTE * source_a_day else max(own, source_a_day)
    if a_day > MANY_A_DAY:
        return OFTEN_S
    return min(HALF_A_DAY_S / max(a_day, rates.high_a_day), LIVING_S)
