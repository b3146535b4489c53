"""Made-up sources of every rhythm, and what a run would meet of them, healthy and with a fault."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp, pi, sin
from typing import NamedTuple

from bench.inputs.health_polls import entry, hint_of, planned
from schemas.items.finding import Finding
from schemas.items.link import EntryFacts, Link, UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import FeedState
from schemas.sources.listing import Listed, Listing
from schemas.sources.source import Expect, Source
from schemas.sources.usual import SourceTally
from tasks.pure.polling import circuit_breaker, feed_state

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday."""
HOLIDAY = BEGIN + timedelta(days=26 * 7 + 10)
FAULTS = ("empty", "html", "frozen", "consent", "layout", "dates", "times 50", "foreign", "mojibake")
RATES = (1 / 7, 2 / 7, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300)
"""Articles a day, from one a week."""


@dataclass
class MadeUp:
    """A source: `rate` articles a day, by a rhythm of hours and days. `edition`: all of a day, or week, at one hour.
    `shares`: what part of its articles is undated, unsigned, not whole, refused. `listed`: the entries of its feed,
    oldest first; `appeared`: see `bench.inputs.health_polls`."""

    source: Source
    rate: float
    is_edition: bool
    zone_h: int
    weekend: float
    shares: Mapping[str, float]
    words: float
    fault: str | None = None
    made: int = 0
    until: datetime = BEGIN
    debt: float = 0.0
    day_pace: dict[int, float] = field(default_factory=dict)
    hint_s: float | None = None
    listed: list[Link] = field(default_factory=list)
    appeared: Counter[int] = field(default_factory=Counter)

    @property
    def slug(self) -> str:
        """Of the source."""
        return self.source.slug

    def pace(self, at: datetime) -> float:
        """Articles an hour at an instant, by its rhythm."""
        local = at + timedelta(hours=self.zone_h)
        if self.is_edition:
            is_day = self.rate >= 1 or local.weekday() == 3
            return 24 * self.rate / (self.rate if self.rate < 1 else 1) if is_day and local.hour == 6 else 0.0
        night = 0.05 if local.hour < 6 else 0.6 + 0.8 * sin(pi * (local.hour - 6) / 18)
        week = self.weekend if local.weekday() >= 5 else 1.0
        return self.rate / 24 * night * week * 24 / 19.6

    def hoped(self, begin: datetime, end: datetime) -> float:
        """Articles from `begin` to `end` by its rhythm."""
        hours = int((end - begin) / timedelta(hours=1))
        if self.is_edition:
            return sum(
                self.rate if self.rate >= 1 else 1 for h in range(hours) if self.pace(begin + timedelta(hours=h))
            )
        return sum(self.pace(begin + timedelta(hours=hour)) for hour in range(hours))

    def editions(self, begin: datetime, end: datetime) -> float:
        """As `hoped`, an edition counted as one."""
        return self.hoped(begin, end) / (max(self.rate, 1.0) if self.is_edition else 1.0)

    def published(self, now: datetime, rng: random.Random) -> list[datetime]:
        """When its articles since the last poll were published."""
        at, found = self.until, []
        while at < now:
            end = min(now, at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))
            for _ in range(_poisson(self._mean(at, end, rng), rng)):
                found.append(at + rng.random() * (end - at))
            at = end
        self.until = now
        return sorted(found)

    def _mean(self, at: datetime, end: datetime, rng: random.Random) -> float:
        day = int((at - BEGIN) / timedelta(days=1))
        if self.is_edition:
            if not self.pace(at) or at.minute:  # It comes at the full hour, however often the feed is polled.
                return 0.0
            return 1e9 + max(1, round(self.rate))  # Exactly so many: see `_poisson`.
        mood = self.day_pace.setdefault(day, exp(rng.gauss(0, 0.15)))
        is_holiday = HOLIDAY <= at < HOLIDAY + timedelta(days=1)
        return self.pace(at) * mood * (0.35 if is_holiday else 1.0) * ((end - at) / timedelta(hours=1))


def _poisson(mean: float, rng: random.Random) -> int:
    if mean > 1e8:
        return int(mean - 1e9)
    total, count = rng.expovariate(1.0), 0
    while total < mean:
        total += rng.expovariate(1.0)
        count += 1
    return count


def made_up(count: int, rng: random.Random, rates: Sequence[float] = RATES) -> list[MadeUp]:
    """So many sources, over all rates (articles a day), a sixth of them editions."""
    return [_one(number, rates[number % len(rates)], rng) for number in range(count)]


def _one(number: int, rate: float, rng: random.Random) -> MadeUp:
    is_edition = number % 6 == 5 or (number % 24 == 0)
    slug = f"paper-{number}"
    home = f"https://{slug}.example/"
    source = Source(
        slug=slug,
        name=slug,
        homepage=home,
        feeds=(f"{home}feed",),
        language="en",
        country="gb",
        expect=Expect(articles_per_day=(0, max(10, int(4 * rate)))),
    )
    shares = {
        "undated": rng.choice((0.0, 0.0, 0.01, 0.2)),
        "unsigned": rng.choice((0.0, 0.05, 0.4, 1.0)),
        "partial": rng.choice((0.0, 0.02, 0.3)),
        "refused": rng.choice((0.0, 0.01, 0.05)),
        "other_language": rng.choice((0.0, 0.01)),
    }
    if is_edition and rate < 1:
        rate = 1 / 7
    return MadeUp(
        source,
        rate,
        is_edition,
        rng.choice((-8, 0, 1, 9)),
        rng.choice((0.1, 0.5, 1.0)),
        shares,
        rng.uniform(150, 900),
        hint_s=hint_of(rng),
    )


class Poll(NamedTuple):
    """What one poll came to."""

    state: FeedState
    is_answered: bool
    has_new: bool
    tally: SourceTally | None
    findings: Sequence[Finding]


CAPACITY = 40
NOTHING_NEW = frozenset({"frozen", "empty", "html"})
ENTRY = Listed(url="https://paper.example/1", facts=EntryFacts())


def polled(one: MadeUp, states: Mapping[str, FeedState], now: datetime, rng: random.Random) -> Poll:
    """One poll, through the functions of the product that read an answer and set the next poll."""
    url, run_id = one.source.feeds[0], f"{now:%Y%m%dT%H%M}"
    before = states.get(url)
    if one.fault in NOTHING_NEW:
        one.until = now
    fresh = [] if one.fault in NOTHING_NEW else one.published(now, rng)
    one.made += len(fresh)
    entries = [entry(one.slug, url, at) for at in fresh]
    one.listed = [*one.listed, *entries][-max(CAPACITY, len(fresh) + 1) :]
    urls = _urls(one, now, len(fresh))
    listing = _listing(one)
    digest = f"{one.made} {one.fault if one.fault not in {'frozen'} else ''}"
    verdict = feed_state.refused(listing, Reason.OK, digest, before)
    answer = feed_state.PlaceAnswer(run_id, one.slug, url, UrlKind.FEED, now, verdict, listing, digest=digest)
    state = feed_state.next_state(before, answer)
    findings = list(feed_state.findings(before, state))
    is_listed = not isinstance(listing, Refusal) and verdict.reason is Reason.OK
    refusal = _tripped(one, before, urls, now) if is_listed else None
    if refusal:
        findings.append(circuit_breaker.finding(state, refusal))
    elif state.reason in feed_state.ANSWERS:
        state = circuit_breaker.learned(state, before, urls if is_listed else (), now)
    state = state.model_copy(update={"entries_new": len(urls) if is_listed else 0})
    listed, new = (one.listed, entries) if is_listed else ([], [])
    state = planned(state, before, listed, new, now, one.appeared, refusal is not None)
    is_answered = state.reason in (Reason.OK, Reason.NOT_MODIFIED)
    tally = _tally(one, run_id, now, fresh, rng) if fresh and is_listed and not refusal and before else None
    return Poll(state, is_answered, is_answered and bool(urls), tally, findings)


def _tripped(one: MadeUp, before: FeedState | None, urls: Sequence[str], now: datetime) -> Refusal | None:
    linked = before.domains if before else ()
    return circuit_breaker.tripped(before, urls, linked, one.source, now, one.appeared)


def _urls(one: MadeUp, now: datetime, fresh: int) -> list[str]:
    """Of the entries that were never met before."""
    if one.fault == "foreign":
        return [f"https://casino-{place % 3}.test/{one.made - place}" for place in range(max(fresh, 3))]
    if one.fault == "times 50":
        flood = 60 * max(5, round(one.rate))
        return [f"https://{one.slug}.example/x{now:%j%H%M}-{place}" for place in range(flood)]
    return [f"https://{one.slug}.example/{one.made - place}" for place in range(fresh)]


def _listing(one: MadeUp) -> Listing | Refusal:
    if one.fault == "html":
        return Refusal(reason=Reason.WRONG_TYPE, detail="the root element is 'html'")
    count = 0 if one.fault == "empty" else CAPACITY
    return Listing.model_construct(
        entries=(ENTRY,) * count,
        children=(),
        entries_dropped=0,
        bad_links=(),
        is_partial=False,
        charset="utf-8",
        broken_chars=0,
        poll_hint_s=one.hint_s,
        parser="fast",
        format="rss",
    )


def _tally(one: MadeUp, run_id: str, now: datetime, fresh: Sequence[datetime], rng: random.Random) -> SourceTally:
    def hits(name: str, of: int) -> int:
        return sum(rng.random() < one.shares.get(name, 0.0) for _ in range(of))

    refused = len(fresh) if one.fault == "consent" else hits("refused", len(fresh))
    count = len(fresh) - refused
    words = [max(20, int(one.words * exp(rng.gauss(0, 0.4)))) for _ in range(count)]
    if one.fault == "layout":
        words = [max(3, each // 12) for each in words]
    return SourceTally(
        run_id=run_id,
        source=one.slug,
        at=now,
        articles=count,
        refused=refused,
        undated=count if one.fault == "dates" else hits("undated", count),
        unsigned=count if one.fault == "layout" else hits("unsigned", count),
        partial=hits("partial", count),
        other_language=hits("other_language", count),
        broken=count if one.fault == "mojibake" else 0,
        words=tuple(words),
        hours=tuple(int(at.timestamp() // 3600) for at in fresh[:count]),
    )
