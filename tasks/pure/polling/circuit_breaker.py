"""Circuit breaker: when a feed changes so much at once that its new entries are ignored
(docs/explanation/hostile-web.md E26).

The feed stays in the archive and is polled as before; the next poll without such a change is used again. The
refused links are in the ledger, and are not new to a later poll.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from schemas.items.finding import Finding, Severity
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from tasks.pure.urls.domains import registrable_domain

BURST = 50
"""So many times the usual number of new entries trips the breaker (docs/explanation/hostile-web.md E26)."""
POLLS_AT_LEAST, DAYS_KNOWN = 10, 1.0
"""Until a feed has so many polls in so many days, the `articles_per_day` that its source expects is used instead of a
mean: ten polls of a busy feed take less than three hours, and its daily edition may come in none of them."""
EDITION = 2
"""So many times the largest number of entries that came in one hour is no flood: a paper's edition comes at once."""
EXPECTED_TIMES = 5
OBSERVED_DAYS = 7.0
DAYS_AT_LEAST = 1 / 96
"""The shortest time between polls, 15 minutes."""
NEW_AT_LEAST = 3
"""Fewer links to unknown domains are a guest article or an advertisement, not a hijacked feed."""
NONE_APPEARED: Mapping[int, int] = MappingProxyType({})
DOMAINS_AT_MOST = 20
"""A source that links to more domains is an aggregator: unknown domains are normal there."""


def own_domains(source: Source) -> frozenset[str]:
    """The registrable domains that the source's file names."""
    return frozenset(map(registrable_domain, (source.homepage, *source.feeds, *source.sitemaps, *source.sections)))


def tripped(
    before: FeedState | None,
    new_urls: Sequence[str],
    linked: Iterable[str],
    source: Source,
    now: datetime,
    appeared: Mapping[int, int] = NONE_APPEARED,
) -> Refusal | None:
    """Why the links of the poll are ignored; None: they are used. `new_urls` are those that the warehouse does not
    know, `linked` the registrable domains of the source's earlier links, `appeared` the entries of earlier polls that
    were used, by hour since 1970. A first poll is never refused."""
    if before is None or before.answered_at is None:
        return None
    most = max(new_at_most(before, source, now), EDITION * max(appeared.values(), default=0))
    if len(new_urls) > most:
        detail = f"{len(new_urls)} new entries, more than the {most:.0f} expected at most"
        return Refusal(reason=Reason.SOURCE_QUARANTINED, detail=detail)
    met, familiar = {registrable_domain(url) for url in new_urls}, frozenset(linked)
    is_telling = len(new_urls) >= NEW_AT_LEAST and 0 < len(familiar) <= DOMAINS_AT_MOST
    if is_telling and not met & (familiar | own_domains(source)):
        names = ", ".join(sorted(met)[:3])
        detail = f"all {len(new_urls)} new entries link to domains that the source never linked before: {names}"
        return Refusal(reason=Reason.SOURCE_QUARANTINED, detail=detail)
    return None


def new_at_most(before: FeedState, source: Source, now: datetime) -> float:
    """The most new entries to expect since the last answer; it grows with the time since, so that a feed may have
    many after a week without polls."""
    days = _days_since(before, now)
    if before.polls >= POLLS_AT_LEAST and before.observed_days >= DAYS_KNOWN:
        return BURST * max(1.0, before.new_per_day * days)
    return EXPECTED_TIMES * source.expect.articles_per_day[1] * max(1.0, days)


def learned(state: FeedState, before: FeedState | None, new_urls: Sequence[str], now: datetime) -> FeedState:
    """The state after an answer whose links are used, with the mean of new entries per day over about a week. The
    first answer does not count: all its entries are new."""
    domains = tuple(sorted({*state.domains, *map(registrable_domain, new_urls)})[: DOMAINS_AT_MOST + 1])
    if before is None or before.answered_at is None:
        return state.model_copy(update={"answered_at": now, "domains": domains})
    days = _days_since(before, now)
    total = before.new_per_day * before.observed_days + len(new_urls)
    usual = {
        "polls": before.polls + 1,
        "new_per_day": total / (before.observed_days + days),
        "observed_days": min(before.observed_days + days, OBSERVED_DAYS),
    }
    return state.model_copy(update={"answered_at": now, "domains": domains, **usual})


def finding(state: FeedState, refusal: Refusal) -> Finding:
    """The warning about a poll whose new entries are ignored."""
    return Finding(
        run_id=state.run_id,
        source=state.source,
        code=Reason.SOURCE_QUARANTINED.value,
        severity=Severity.WARNING,
        message=f"feed {state.url} changed too much at once ({refusal.detail}); "
        f"its {state.entries_new} new entries were ignored this run: check the feed",
        observed=state.entries_new,
        at=state.at,
        about=state.url,
    )


def _days_since(before: FeedState, now: datetime) -> float:
    since = now - before.answered_at if before.answered_at else timedelta()
    return max(since / timedelta(days=1), DAYS_AT_LEAST)
