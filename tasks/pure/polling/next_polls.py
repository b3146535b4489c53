"""The next polls of the places of one source that a run polled."""

from collections.abc import Mapping
from datetime import datetime

from schemas.items.link import UrlKind
from schemas.runs.ledger import FeedState
from tasks.pure.polling import first_listed, hourly_rates, promises, validators
from tasks.pure.polling.schedule import RESTING_S, PollTerms, scheduled

Appeared = Mapping[str, Mapping[int, int]]
"""New entries of earlier polls, by the URL of their place and the hour since 1970."""


def next_polls(
    before: Mapping[str, FeedState],
    observed: Mapping[str, FeedState],
    appeared: Appeared,
    now: datetime,
    stated_s: float | None = None,
    pace_s: float = 0.0,
) -> dict[str, FeedState]:
    """The `observed` states, by URL, with their next polls; `before` are those of all places of the source until this
    run. `stated_s`: the seconds of `fresh_within` where a person stated it; `pace_s`: least seconds between two
    requests to the source's host."""
    states = {**before, **observed}
    rates = {
        url: hourly_rates.learned(
            first_listed.by_hour(state.entries_new_at, appeared.get(url, {})), state.counted_since, now
        )
        for url, state in observed.items()
    }
    a_day = sum(rates[url].a_day if url in rates else state.new_per_day for url, state in states.items())
    busy = [url for url, state in states.items() if (state.poll_every_s or 0.0) < RESTING_S]
    planned: dict[str, FeedState] = {}
    for url, state in observed.items():
        within_s = stated_s if stated_s is not None else promises.default_s(rates[url], a_day)
        terms = PollTerms(rates[url], within_s, stated_s is not None, pace_s * len(busy))
        missing = rates[url].expected_between(state.full_fetch_at, now) if state.full_fetch_at else 0.0
        is_map_new = any(
            url != other and its.kind is UrlKind.SITEMAP and its.entries_new for other, its in observed.items()
        )
        planned[url] = scheduled(validators.doubted(state, missing, is_map_new, now), now, terms)
    return planned
