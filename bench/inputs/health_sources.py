"""Made-up sources of every rhythm, and what a run would meet of them, healthy and with a fault."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp, pi, sin
from typing import NamedTuple

from schemas.items.finding import Finding
from schemas.items.link import EntryFacts, UrlKind
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
    `shares`: what part of its articles is undated, unsigned, not whole, refused."""

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

    def poll_every(self) -> timedelta:
        """Often where there is much: an hour to six."""
        return timedelta(hours=1 if self.rate >= 8 else 3 if self.rate >= 1 else 6)

    def is_due(self, now: datetime, step: timedelta) -> bool:
        """Whether a run at `now` polls it."""
        every = max(self.poll_every(), step)
        return int((now - BEGIN) / step) % max(1, int(every / step)) == 0

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
            if not self.pace(at):
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
    )


class Poll(NamedTuple):
    """What one poll came to."""

    state: FeedState
    is_answered: bool
    has_new: bool
    tally: SourceTally | None
    findings: Sequence[Finding]


CAPACITY = 40
ENTRY = Listed(url="https://paper.example/1", facts=EntryFacts())


def polled(one: MadeUp, states: Mapping[str, FeedState], now: datetime, rng: random.Random) -> Poll:
    """One poll, through the functions of the product that read an answer."""
    url, run_id = one.source.feeds[0], f"{now:%Y%m%dT%H}"
    before = states.get(url)
    fresh = [] if one.fault in {"frozen", "empty", "html"} else one.published(now, rng)
    if one.fault in {"frozen", "empty", "html"}:
        one.until = now
    one.made += len(fresh)
    urls = [f"https://{one.slug}.example/{one.made - place}" for place in range(len(fresh))]
    if one.fault == "foreign":
        urls = [f"https://casino-{place % 3}.test/{one.made - place}" for place in range(max(len(fresh), 3))]
    if one.fault == "times 50":
        urls = [f"https://{one.slug}.example/x{now:%j%H}-{place}" for place in range(60 * max(5, round(one.rate)))]
    listing = _listing(one)
    digest = f"{one.made} {one.fault if one.fault not in {'frozen'} else ''}"
    verdict = feed_state.refused(listing, Reason.OK, digest, before)
    answer = feed_state.PlaceAnswer(run_id, one.slug, url, UrlKind.FEED, now, verdict, listing, digest=digest)
    state = feed_state.next_state(before, answer)
    findings = list(feed_state.findings(before, state))
    is_listed = not isinstance(listing, Refusal) and verdict.reason is Reason.OK
    if is_listed and (refusal := circuit_breaker.tripped(before, urls, state.domains, one.source, now)):
        state = state.model_copy(update={"entries_new": len(urls), "reason": refusal.reason})
        return Poll(state, False, False, None, [*findings, circuit_breaker.finding(state, refusal)])
    if state.reason in feed_state.ANSWERS:
        state = circuit_breaker.learned(state, before, urls if is_listed else (), now)
    state = state.model_copy(update={"entries_new": len(urls) if is_listed else 0})
    is_answered = state.reason in (Reason.OK, Reason.NOT_MODIFIED)
    is_first = before is None
    tally = _tally(one, run_id, now, fresh, rng) if fresh and is_listed and not is_first else None
    return Poll(state, is_answered, is_answered and bool(urls), tally, findings)


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
        poll_hint_s=None,
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
