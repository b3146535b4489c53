"""When a feed, sitemap or section is polled next."""

from datetime import datetime, timedelta

from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from tasks.pure.polling.feed_state import ANSWERS

SHORTEST_S = 15 * 60.0
LONGEST_S = 24 * 3600.0
"""docs/explanation/measured-facts.md, operating point."""
FIRST_S = 3600.0
"""Until a second answer shows how many entries are new."""
FEW_NEW, MANY_NEW = 0.33, 0.67
LATER, SOONER = 1.5, 0.5
"""Up to `FEW_NEW` as the share of new entries the interval grows by `LATER`, above `MANY_NEW` it shrinks by `SOONER`
(Media Cloud's rule)."""
BACK_OFF_AT_MOST_S = 30 * 24 * 3600.0
DOUBLINGS_AT_MOST = 16.0
SLACK = timedelta(minutes=1)
"""Runs do not start on the second: a feed that is due within a minute is polled now, not in the next run."""


def is_due(state: FeedState | None, now: datetime) -> bool:
    """Whether a scheduled run polls it: it was never polled, or its `next_poll_at` has come."""
    return state is None or state.next_poll_at is None or state.next_poll_at <= now + SLACK


def scheduled(state: FeedState, before: FeedState | None, now: datetime) -> FeedState:
    """The state with the time of its next poll, counted from `now`, the run's start, and not before the time that
    the publisher asked for (Retry-After). Failures double the wait, up to 30 days; polling never stops."""
    if state.reason is Reason.INTERRUPTED:
        return state.model_copy(update={"next_poll_at": None})
    every_s = _every_s(state, before)
    wait_s = min(every_s * 2 ** min(state.failures, DOUBLINGS_AT_MOST), BACK_OFF_AT_MOST_S)
    at = now + timedelta(seconds=wait_s)
    return state.model_copy(update={"poll_every_s": every_s, "next_poll_at": max(at, state.next_poll_at or at)})


def _every_s(state: FeedState, before: FeedState | None) -> float:
    """Seconds between polls without failures: 15 minutes to 24 hours, and not fewer than the feed asks for."""
    every_s = FIRST_S
    if before and before.poll_every_s and before.answered_at:
        every_s = before.poll_every_s * _step(state)
    return min(max(every_s, state.poll_hint_s or 0.0, SHORTEST_S), LONGEST_S)


def _step(state: FeedState) -> float:
    """The factor for the time between polls, from the share of new entries. 1 after a failure, and for a changed
    sitemap index, which has no entries of its own."""
    if state.reason not in ANSWERS or (state.reason is Reason.OK and not state.entries):
        return 1.0
    share_new = state.entries_new / state.entries if state.entries else 0.0
    if share_new <= FEW_NEW:
        return LATER
    return SOONER if share_new > MANY_NEW else 1.0
