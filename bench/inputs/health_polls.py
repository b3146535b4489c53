"""When a run polls a made-up source again, by the rule of the product."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from schemas.items.link import Dated, EntryFacts, Link, Precision
from schemas.runs.ledger import FeedState
from tasks.pure.polling import first_listed
from tasks.pure.polling.hourly_rates import LEARNT_FROM, hour_number
from tasks.pure.polling.next_polls import next_polls

PACE_S = 2.0
HINTS_S = (None, None, None, 300.0, 900.0, 1800.0)
"""What feeds ask for by `ttl` or `max-age`."""


def hint_of(rng: random.Random) -> float | None:
    """Seconds between polls that a feed asks for; None: it asks for nothing."""
    return rng.choice(HINTS_S)


def planned(
    state: FeedState,
    before: FeedState | None,
    listed: Sequence[Link],
    fresh: Sequence[Link],
    now: datetime,
    appeared: Counter[int],
    is_refused: bool,
) -> FeedState:
    """The state with its next poll. `listed`: the entries of the answer, `fresh`: those never met before.
    `appeared` (new entries by hour since 1970) gets what is new."""
    if is_refused:
        shown = first_listed.kept(state, before)
    else:
        shown = first_listed.observed(state, before, listed, fresh, now)
    planned_one = next_polls(
        {state.url: before} if before else {}, {state.url: shown}, {state.url: appeared}, now, pace_s=PACE_S
    )[state.url]
    appeared.update(hour_number(at.timestamp()) for at in shown.entries_new_at)
    if len(appeared) > 2 * 24 * LEARNT_FROM.days:
        oldest = hour_number((now - LEARNT_FROM - timedelta(days=1)).timestamp())
        for hour in [hour for hour in appeared if hour < oldest]:
            del appeared[hour]
    return planned_one


_DATED = Dated.model_construct(raw="", at=datetime(2026, 1, 1, tzinfo=UTC), precision=Precision.SECOND)
_FACTS = EntryFacts.model_construct(published=_DATED, modified=None)
_LINK = Link.model_construct(url="", source="", found_in="", found_at=datetime(2026, 1, 1, tzinfo=UTC), entry=_FACTS)


def entry(slug: str, url: str, at: datetime) -> Link:
    """An entry of the feed at `url` that says when it was published."""
    facts = _FACTS.model_copy(update={"published": _DATED.model_copy(update={"at": at})})
    return _LINK.model_copy(update={"url": url, "source": slug, "found_in": url, "found_at": at, "entry": facts})
