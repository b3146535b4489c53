"""When a feed, sitemap or section is polled next (docs/explanation/polling.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState, PollLimit
from tasks.pure.polling.hourly_rates import HOUR_S, HOURS_A_WEEK, HourlyRates, hour_number, hour_of_week

SHORTEST_S = 5 * 60.0
"""The deployment `ingest` runs so often (prefect.yaml)."""
RESTING_S = 24 * 3600.0
RESTS_AFTER_DAYS = 27.9
"""A place without a new entry in the four weeks that are learnt from rests: a poll a day."""
QUIET_AT_MOST_S = 6 * 3600.0
LATE_SHARE = 0.04
"""The share of a week's new entries that may come in its quiet hours, and so be loaded later than promised."""
QUIET_BELOW = 1 / 3
"""Share of the mean of all hours of the week above which none is quiet."""
HINT_AT_MOST_S = 3600.0
"""A publisher's `ttl` or `max-age` counts up to this, or up to the promise where that is longer: defaults of a day
stand at feeds that change every few minutes."""
FIRST_DAY_S = 15 * 60.0
"""On its first day a feed is polled no more often for fear that its listing is too short: that is a guess."""
DEVIATIONS = 6.0
"""So many standard deviations of a Poisson number above the expected new entries must still fit into the listing."""
HOST_SHARE = 0.5
"""The polls of a source take at most this share of the time that its host's pace allows; the rest is for pages."""
NEW_CHILD_S = 3600.0
"""Least time between polls of a sitemap that an index names: an index may name hundreds."""
BACK_OFF_AT_MOST_S = 30 * 24 * 3600.0
DOUBLINGS_AT_MOST = 16.0
SLACK = timedelta(minutes=1)
"""Runs do not start on the second: a feed that is due within a minute is polled now, not in the next run."""

CLOCK_WRONG = timedelta(hours=1)
"""A run that lies so far ahead of this one began while the clock was wrong."""


@dataclass(frozen=True)
class PollTerms:
    """What a place's polls must keep to: its learnt `rates`; the promise, seconds from publication to row, and
    whether a person stated it; the seconds that one poll of all places of its source takes at the pace of its
    host."""

    rates: HourlyRates
    fresh_within_s: float
    is_stated: bool = False
    round_s: float = 0.0


def is_due(state: FeedState | None, now: datetime) -> bool:
    """Whether a scheduled run polls it: it was never polled, its `next_poll_at` has come, or the clock was wrong when
    that was set: more than 30 days ahead, or by a run that lies an hour ahead of `now`."""
    if state is None or state.next_poll_at is None or state.next_poll_at <= now + SLACK:
        return True
    is_ahead = state.answered_at is not None and state.answered_at > now + CLOCK_WRONG
    return is_ahead or state.next_poll_at > now + timedelta(seconds=BACK_OFF_AT_MOST_S)


def scheduled(state: FeedState, now: datetime, terms: PollTerms) -> FeedState:
    """The state with the time of its next poll, counted from `now`, the run's start, and not before the time that
    the publisher asked for (Retry-After). Failures double the wait, up to 30 days; polling never stops. How long ago
    the last poll was plays no part: polls that a person asks for slow nothing down."""
    if state.reason is Reason.INTERRUPTED:
        return state.model_copy(update={"next_poll_at": None, "fresh_within_s": terms.fresh_within_s})
    every_s, limit = interval(state, now, terms)
    wait_s = min(every_s * 2 ** min(state.failures, DOUBLINGS_AT_MOST), BACK_OFF_AT_MOST_S)
    at = now + timedelta(seconds=wait_s)
    if state.failures:
        limit = PollLimit.FAILURES
    if state.next_poll_at and state.next_poll_at > at:
        at, limit = state.next_poll_at, PollLimit.RETRY_AFTER
    return state.model_copy(
        update={
            "poll_every_s": every_s,
            "next_poll_at": at,
            "poll_limit": limit,
            "fresh_within_s": terms.fresh_within_s,
        }
    )


def interval(state: FeedState, now: datetime, terms: PollTerms) -> tuple[float, PollLimit]:
    """(seconds until the next poll while the place answers, what set them). The promise, longer in quiet hours and
    where the publisher asks for it; shorter where entries could leave the listing unseen; but never more than the
    host's pace allows."""
    rates = terms.rates
    every_s, limit = terms.fresh_within_s, PollLimit.PROMISE
    if not rates.found and rates.days >= RESTS_AFTER_DAYS and not terms.is_stated:
        every_s, limit = max(every_s, RESTING_S), PollLimit.RESTING
    elif (quiet_s := _until_busy_s(rates, now)) > 0:
        longest_s = max(QUIET_AT_MOST_S, every_s)
        every_s, limit = min(quiet_s + every_s, longest_s), PollLimit.QUIET_HOURS
    hint_s = min(state.poll_hint_s or 0.0, max(HINT_AT_MOST_S, terms.fresh_within_s))
    if hint_s > every_s and not terms.is_stated:
        every_s, limit = hint_s, PollLimit.HINT
    least_s = min(every_s, FIRST_DAY_S) if rates.days < 1 else 0.0
    if (listing_s := max(_fits_s(state, now, rates, every_s), least_s)) < every_s:
        every_s, limit = listing_s, PollLimit.LISTING
    if state.named_by and every_s < NEW_CHILD_S:
        every_s, limit = NEW_CHILD_S, PollLimit.INDEX
    if (pace_s := terms.round_s / HOST_SHARE) > max(every_s, SHORTEST_S):
        return pace_s, PollLimit.PACE
    return max(every_s, SHORTEST_S), limit


def _until_busy_s(rates: HourlyRates, now: datetime) -> float:
    """Seconds until the next hour of the week that is not quiet; 0: the present one is busy."""
    quiet = quiet_hours(rates)
    first = hour_number(now.timestamp())
    number = first
    while quiet[hour_of_week(number)] and number - first < HOURS_A_WEEK:
        number += 1
    return max(number * HOUR_S - now.timestamp(), 0.0)


def quiet_hours(rates: HourlyRates) -> Sequence[bool]:
    """For each hour of the week, whether it is quiet: those hours, each below `QUIET_BELOW` of the mean, that
    together bring at most `LATE_SHARE` of the week's new entries. An hour of which little is known counts as busier
    than expected."""
    likely = [(expected + high) / 2 for expected, high in zip(rates.expected, rates.high, strict=True)]
    week = sum(rates.expected)
    left, most = LATE_SHARE * week, QUIET_BELOW * week / HOURS_A_WEEK
    quiet = [False] * HOURS_A_WEEK
    for hour in sorted(range(HOURS_A_WEEK), key=likely.__getitem__):
        left -= likely[hour]
        if left < 0 or likely[hour] > most:
            break
        quiet[hour] = True
    return quiet


def _fits_s(state: FeedState, now: datetime, rates: HourlyRates, at_most_s: float) -> float:
    """Seconds, `at_most_s` or fewer, in which no entry leaves the listing unseen: as many new entries as may come
    still fit into it, and no longer than the newer half of its entries took to come."""
    if not state.entries_last:
        return at_most_s
    room = mean_that_fits(state.entries_last, rates.clumping)
    start_s = at_s = now.timestamp()
    while at_s < start_s + at_most_s:
        until_s = min((hour_number(at_s) + 1) * HOUR_S, start_s + at_most_s)
        a_second = rates.high[hour_of_week(hour_number(at_s))] / HOUR_S
        if (until_s - at_s) * a_second > room:
            at_s += room / a_second
            break
        room -= (until_s - at_s) * a_second
        at_s = until_s
    took_s = (now - state.half_since).total_seconds() if state.half_since else at_most_s
    return min(at_s - start_s, max(took_s, 0.0))


def mean_that_fits(entries: int, clumping: float = 1.0) -> float:
    """The mean of a number that exceeds `entries` only beyond `DEVIATIONS` standard deviations; `clumping` is its
    variance over its mean (1: Poisson)."""
    half = DEVIATIONS / 2 * sqrt(clumping)
    return (sqrt(half**2 + max(entries - 1, 1)) - half) ** 2
