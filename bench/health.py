"""Faults put into healthy made-up sources, by a fake clock, on the functions that judge: see bench/README.md."""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bench.inputs.health_sources import BEGIN, FAULTS, RATES, MadeUp, Poll, made_up, polled
from bench.inputs.judging_cost import costs, show_costs
from schemas.items.finding import Finding
from schemas.items.incident import Closing, Incident
from schemas.runs.ledger import FeedState
from schemas.sources.usual import SourceTally, Usual
from tasks.pure.runs.endings import RunEvidence, closings
from tasks.pure.sources import volume
from tasks.pure.sources.judge import Seen, declared, is_trusted, judged, paces, relearnt

LEARNT_DAYS = 26 * 7
HEALTHY_DAYS = 28
FAULTY_DAYS_AT_MOST = 42
ENDED_DAYS = 42
"""Three times two weeks: the rarest source has an article a week."""


@dataclass
class Memory:
    """What the warehouse would hold of one source."""

    states: dict[str, FeedState] = field(default_factory=dict)
    polls: list[datetime] = field(default_factory=list)
    usual: Usual | None = None
    tallies: list[SourceTally] = field(default_factory=list)


@dataclass
class Home:
    """The made-up sources, what is known of them, and the incidents, open and closed."""

    sources: Sequence[MadeUp]
    memory: dict[str, Memory] = field(default_factory=lambda: defaultdict(Memory))
    open_ones: dict[tuple[str | None, str, str | None], Incident] = field(default_factory=dict)
    closed: list[tuple[Incident, Closing]] = field(default_factory=list)

    def seen(self, one: MadeUp) -> Seen:
        """As `tasks.upkeep.judge` reads it."""
        known = self.memory[one.slug]
        return Seen(one.source, declared(one.source, known.states), known.polls, known.usual, known.tallies)

    def run(self, now: datetime, rng: random.Random, due: Sequence[MadeUp]) -> list[Finding]:
        """One run: polls those that are due, judges them, and learns. Returns what opened."""
        run_id = f"{now:%Y%m%dT%H}"
        found = [each for one in due for each in self._take(one, polled(one, self.memory[one.slug].states, now, rng))]
        looked = {one.slug: self.seen(one) for one in due}
        pace = paces([self.seen(one) for one in self.sources], now) if now.hour % 3 == 0 else self.pace
        self.pace = pace
        for seen in looked.values():
            found += judged(seen, run_id, now, pace.get(seen.source.country, 1.0))
        opened = self._open(found)
        self._close(run_id, now, looked, found)
        if now.hour in (12, 13, 18):
            self.learn(run_id, now)
        return opened

    pace: dict[str, float] = field(default_factory=dict)

    def _take(self, one: MadeUp, poll: Poll) -> Iterator[Finding]:
        known = self.memory[one.slug]
        known.states[poll.state.url] = poll.state
        if poll.is_answered:
            if poll.has_new:
                known.polls.clear()
            known.polls.append(poll.state.at)
        if poll.tally:
            known.tallies.append(poll.tally)
        yield from poll.findings

    def learn(self, run_id: str, now: datetime) -> None:
        """What `tasks.upkeep.judge` does once a day."""
        open_ones = tuple(self.open_ones.values())
        for one in self.sources:
            if usual := relearnt(self.seen(one), is_trusted(one.slug, open_ones), run_id, now):
                known = self.memory[one.slug]
                known.usual = usual
                since = min(usual.at, usual.counted_at) if usual.counted_at else BEGIN
                known.tallies = [tally for tally in known.tallies if tally.at >= since]

    def _open(self, found: Sequence[Finding]) -> list[Finding]:
        opened = []
        for each in found:
            key = (each.source, each.code, each.about)
            before = self.open_ones.get(key)
            if before is None:
                opened.append(each)
            shared = each.model_dump(exclude={"run_id", "at"})
            first = {"opened_at": before.opened_at, "opened_by": before.opened_by} if before else {}
            fields = {"opened_at": each.at, "opened_by": each.run_id, "seen_at": each.at, "seen_by": each.run_id}
            id_ = f"{abs(hash(key)) % 10**12:032d}"
            self.open_ones[key] = Incident(incident_id=id_, findings=1, **shared, **(fields | first))
        return opened

    def _close(self, run_id: str, now: datetime, looked: dict[str, Seen], found: Sequence[Finding]) -> None:
        sources = {one.slug: one.source for one in self.sources}
        evidence = RunEvidence("ingest", run_id, now, sources, True, seen=looked, found=found)
        for row in closings(tuple(self.open_ones.values()), evidence):
            self.closed.append((self.open_ones.pop((row.source, row.code, row.about)), row))


@dataclass
class Case:
    """One fault in one source: when it began, when it was told first, when it ended, and when all was closed. `runs`:
    those that brought articles until it was told."""

    one: MadeUp
    fault: str
    begun_at: datetime
    found_at: datetime | None = None
    code: str | None = None
    runs: int = 0
    ended_at: datetime | None = None
    closed_at: datetime | None = None


def simulate(
    count: int,
    healthy_days: int,
    seed: int,
    step: timedelta,
    learnt_days: int = LEARNT_DAYS,
    rates: Sequence[float] = RATES,
) -> tuple[list[Finding], list[Case], Home]:
    """Learn, watch the healthy days, then put one fault into each source and take it away again."""
    rng = random.Random(seed)
    home = Home(made_up(count, rng, rates))
    now = BEGIN
    while now < BEGIN + timedelta(days=learnt_days):  # One run a day is enough to learn.
        home.run(now + timedelta(hours=12), rng, home.sources)
        now += timedelta(days=1)
    home.open_ones.clear()
    home.closed.clear()
    false = []
    end = now + timedelta(days=healthy_days)
    while now < end:
        false += home.run(now, rng, [one for one in home.sources if one.is_due(now, step)])
        now += step
    for key in list(home.open_ones):
        del home.open_ones[key]
    cases = [Case(one, FAULTS[place % len(FAULTS)], now) for place, one in enumerate(home.sources)]
    _faults(home, cases, now, rng, step)
    return false, cases, home


def _faults(home: Home, cases: Sequence[Case], now: datetime, rng: random.Random, step: timedelta) -> None:
    by_slug = {case.one.slug: case for case in cases}
    for case in cases:
        case.one.fault = case.fault
    end = now + timedelta(days=FAULTY_DAYS_AT_MOST + ENDED_DAYS)
    while now < end and any(case.closed_at is None for case in cases):
        due = [one for one in home.sources if by_slug[one.slug].closed_at is None and one.is_due(now, step)]
        for each in home.run(now, rng, due):
            case = by_slug[each.source or ""]
            if case.found_at is None:
                case.found_at, case.code = now, each.code
                case.runs = sum(tally.at >= case.begun_at for tally in home.memory[case.one.slug].tallies)
        open_slugs = {source for source, _, _ in home.open_ones}
        for case in cases:
            if case.ended_at is None and case.found_at and now >= case.found_at + timedelta(hours=6):
                case.ended_at, case.one.fault = now, None
            elif case.ended_at and case.closed_at is None and case.one.slug not in open_slugs:
                case.closed_at = now
        now += step


def show(false: Sequence[Finding], cases: Sequence[Case], healthy_days: int, home: Home) -> None:
    """Print the table."""
    print(f"{healthy_days} healthy days of {len(cases)} sources: {len(false)} false alarms")
    for each in false[:20]:
        print(f"    {each.at:%Y-%m-%d %H:%M} {each.source} {each.code}: {each.message[:120]}")
    print(f"{'fault':<16}{'found':>8}{'in bounds':>11}{'hours':>8}{'articles missed':>17}{'worst':>8}{'ended':>8}")
    for fault in FAULTS:
        its = [case for case in cases if case.fault == fault]
        found = [case for case in its if case.found_at]
        delays = sorted(_hours(case) for case in found)
        missed = sorted(case.one.hoped(case.begun_at, case.found_at) for case in found if case.found_at)
        inside = sum(is_in_bounds(case, home) for case in found)
        ended = sum(case.closed_at is not None for case in its)
        middle = len(delays) // 2
        print(
            f"{fault:<16}{len(found):>4}/{len(its):<3}{inside:>7}/{len(its):<3}"
            f"{delays[middle] if delays else -1:>8.1f}{missed[middle] if missed else -1:>17.1f}"
            f"{missed[-1] if missed else -1:>8.1f}{ended:>5}/{len(its)}"
        )


def _hours(case: Case) -> float:
    return ((case.found_at or case.begun_at) - case.begun_at) / timedelta(hours=1)


def is_in_bounds(case: Case, home: Home) -> bool:
    """Whether it was found at once, or within as many expected articles as a healthy gap may have
    (`volume.longest_gap`), and one more."""
    if case.found_at is None:
        return False
    usual = home.memory[case.one.slug].usual
    intervals = max(3.0, volume.longest_gap(usual)) if usual else 3.0
    first = case.one.poll_every()
    missed = case.one.hoped(case.begun_at, case.found_at) / (max(case.one.rate, 1.0) if case.one.is_edition else 1.0)
    is_at_once = case.found_at - case.begun_at <= 2 * first or case.runs == 1
    return is_at_once or missed <= intervals + 1


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--days", type=int, default=HEALTHY_DAYS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cost", action="store_true", help="only what judging costs of a run on the demo's outlets")
    asked = parser.parse_args()
    if asked.cost:
        show_costs(costs())
        return
    false, cases, home = simulate(asked.sources, asked.days, asked.seed, timedelta(hours=1))
    show(false, cases, asked.days, home)


if __name__ == "__main__":
    main()
