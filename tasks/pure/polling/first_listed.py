"""What one poll shows of a place's new entries: in which hours they appeared, and how many left the listing
unseen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from schemas.items.link import Link, Precision
from schemas.runs.ledger import FeedState
from tasks.pure.polling.feed_state import ANSWERS
from tasks.pure.polling.hourly_rates import LEARNT_FROM, hour_number

CLOCKS_DIFFER = timedelta(minutes=10)
"""An entry may be dated so long before the poll that should have listed it, and so long after the poll that did."""
LONG_GAP = timedelta(days=1)
"""After a gap of a day that hides entries, the time before it is no longer counted."""
ROLLED_AT_LEAST = 3
"""A listing of fewer entries is replaced as a whole in normal use."""


def observed(
    state: FeedState, before: FeedState | None, listed: Sequence[Link], new: Sequence[Link], now: datetime
) -> FeedState:
    """The state with what its entries show: `listed` are all links of the answer, `new` those never met before."""
    if state.reason not in ANSWERS:
        return kept(state, before)
    polled_at = before.answered_at if before and before.answered_at and before.answered_at <= now else None
    dates = sorted((at for link in listed if (at := published_at(link)) and at <= now + CLOCKS_DIFFER), reverse=True)
    oldest = dates[-1] if dates else None
    is_rolled = polled_at is not None and len(new) == len(listed) >= ROLLED_AT_LEAST
    counted_since = before.counted_since if before else None
    if polled_at is None or counted_since is None:
        counted_since = min(oldest or now, now)
    elif is_rolled and now - polled_at > LONG_GAP:
        counted_since = min(max(oldest or now, polled_at), now)
    return state.model_copy(
        update={
            "entries_new_at": hours_of(new, polled_at, now),
            "counted_since": counted_since,
            "half_since": dates[len(dates) // 2] if 2 * len(dates) > len(listed) else _kept_half(state, before),
            "entries_missed": _missed(listed, dates, polled_at, before, now) if is_rolled else 0,
        }
    )


def published_at(link: Link) -> datetime | None:
    """The instant at which the entry says that it was published; None: it gives none, or the day alone."""
    dated = link.entry.published or link.entry.modified
    return dated.at if dated and dated.precision is Precision.SECOND else None


def hours_of(new: Iterable[Link], polled_at: datetime | None, now: datetime) -> tuple[datetime, ...]:
    """The full hours (UTC) in which new entries appeared: by their dates where these lie between the last answer
    (`polled_at`; None: this is the first) and `now`, else spread evenly between. At a first answer, entries without a
    date, and those older than what is learnt from, are in no hour."""
    since = polled_at or now - LEARNT_FROM
    dates = [published_at(link) for link in new]
    good = [at for at in dates if at and since - CLOCKS_DIFFER <= at <= now + CLOCKS_DIFFER]
    others = len(dates) - len(good) if polled_at else 0
    spread = [since + (now - since) * ((number + 0.5) / others) for number in range(others)]
    return tuple(sorted(_hour_of(min(at, now)) for at in (*good, *spread)))


def by_hour(hours: Iterable[datetime], earlier: Mapping[int, int]) -> Mapping[int, int]:
    """New entries by hour since 1970: those of `hours` added to the `earlier` ones."""
    together = Counter(dict(earlier))
    together.update(hour_number(at.timestamp()) for at in hours)
    return together


def _missed(
    listed: Sequence[Link],
    dates: Sequence[datetime],
    polled_at: datetime | None,
    before: FeedState | None,
    now: datetime,
) -> int:
    """How many entries came and left unseen, where a listing shares none with the one before. By the entries' own
    dates: as many as came later, in equal times, between the last answer and the oldest that is listed. Without
    dates, by the usual number a day."""
    if polled_at is None or before is None:
        return 0
    if 2 * len(dates) > len(listed):
        span = max(now - dates[-1], timedelta(minutes=1))
        return max(round((dates[-1] - polled_at) / span * len(listed)), 0)
    return max(round(before.new_per_day * ((now - polled_at) / timedelta(days=1))) - len(listed), 0)


def _hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _kept_half(state: FeedState, before: FeedState | None) -> datetime | None:
    """The date of the answer before, where this one lists nothing because nothing changed."""
    return before.half_since if before and not state.entries else None


def kept(state: FeedState, before: FeedState | None) -> FeedState:
    """The state of a poll whose entries show nothing: it failed, or they are ignored."""
    if before is None:
        return state
    return state.model_copy(update={"counted_since": before.counted_since, "half_since": before.half_since})
