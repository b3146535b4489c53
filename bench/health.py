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
from tasks.pure.polling.schedule import is_due
from tasks.pure.runs.endings import RunEvidence, closings
from tasks.pure.sources import volume
from tasks.pure.sources.judge import Seen, declared, is_trusted, judged, paces, relearnt
from tasks.pure.sources.volume import INTERVALS_AT_LEAST
from warehouse.lookups.health import POLLS_OF

RUN_EVERY = timedelta(minutes=5)
"""The deployment `ingest` (prefect.yaml)."""
LEARNT_DAYS = 26 * 7
HEALTHY_DAYS = 28
FAULTY_DAYS_AT_MOST = 90
ENDED_DAYS = 42
"""Three times two weeks: the rarest source has an article a week."""


@dataclass
class Memory:
    """What the warehouse would hold of one source."""

    states: dict[str, FeedState] = field(default_factory=dict)
    polls: list[datetime] = field(default_factory=list)
    usual: Usual | None = None
    tallies: list[SourceTally] = field(default_factory=list)

    @property
    def state(self) -> FeedState | None:
        """Of its one feed; None: it was never polled."""
        return next(iter(self.states.values()), None)


@dataclass
class Home:
    """The made-up sources, what is known of them, and the incidents, open and closed."""

    sources: Sequence[MadeUp]
    memory: dict[str, Memory] = field(default_factory=lambda: defaultdict(Memory))
    open_ones: dict[tuple[str | None, str, str | None], Incident] = field(default_factory=dict)
    closed: list[tuple[Incident, Closing]] = field(default_factory=list)

    def seen(self, one: MadeUp, now: datetime) -> Seen:
        """As `tasks.upkeep.judge` reads it."""
        known = self.memory[one.slug]
        while known.polls and known.polls[0] < now - POLLS_OF:
            del known.polls[0]
        return Seen(one.source, declared(one.source, known.states), known.polls, known.usual, known.tallies)

    def due(self, now: datetime) -> list[MadeUp]:
        """The sources that a run at `now` polls, by the rule of the product."""
        return [one for one in self.sources if is_due(self.memory[one.slug].state, now)]

    def learn(self, now: datetime, rng: random.Random) -> None:
        """A run of which nothing is judged."""
        for one in self.sources:
            for _ in self._take(one, polled(one, self.memory[one.slug].states, now, rng)):
                pass
        self._learn(f"{now:%Y%m%dT%H%M}", now, {one.slug: self.seen(one, now) for one in self.sources})

    def run(self, now: datetime, rng: random.Random, due: Sequence[MadeUp]) -> list[Finding]:
        """One run: polls those that are due, judges them, and learns. Returns what opened."""
        run_id = f"{now:%Y%m%dT%H%M}"
        found = [each for one in due for each in self._take(one, polled(one, self.memory[one.slug].states, now, rng))]
        looked = {one.slug: self.seen(one, now) for one in due}
        # Here every source gets a fault at once, which would look like a holiday: the healthy ones set the pace.
        healthy = [looked[one.slug] for one in due if one.fault is None]
        pace = paces(healthy, now)
        for seen in looked.values():
            found += judged(seen, run_id, now, pace.get(seen.source.country, 1.0))
        opened = self._open(found)
        self._close(run_id, now, looked, found)
        self._learn(run_id, now, looked)
        return opened

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

    def _learn(self, run_id: str, now: datetime, looked: dict[str, Seen]) -> None:
        """What is usual of the sources that the run judged."""
        open_ones = tuple(self.open_ones.values())
        for slug, seen in looked.items():
            if usual := relearnt(seen, is_trusted(slug, open_ones), run_id, now):
                known = self.memory[slug]
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
    those that brought articles until it was told; `polls`: of its feed, until then."""

    one: MadeUp
    fault: str
    begun_at: datetime
    found_at: datetime | None = None
    code: str | None = None
    runs: int = 0
    polls: int = 0
    ended_at: datetime | None = None
    closed_at: datetime | None = None


def simulate(
    count: int, healthy_days: int, seed: int, learnt_days: int = LEARNT_DAYS, rates: Sequence[float] = RATES
) -> tuple[list[Finding], list[Case], Home]:
    """Learn, watch the healthy days, then put one fault into each source and take it away again."""
    rng = random.Random(seed)
    home = Home(made_up(count, rng, rates))
    now = BEGIN
    while now < BEGIN + timedelta(days=learnt_days):  # One run a day is enough to learn.
        home.learn(now + timedelta(hours=12), rng)
        now += timedelta(days=1)
    false = []
    end = now + timedelta(days=healthy_days)
    while now < end:
        if due := home.due(now):
            false += home.run(now, rng, due)
        now += RUN_EVERY
    home.open_ones.clear()
    cases = [Case(one, FAULTS[place % len(FAULTS)], now) for place, one in enumerate(home.sources)]
    _faults(home, cases, now, rng)
    return false, cases, home


def _faults(home: Home, cases: Sequence[Case], now: datetime, rng: random.Random) -> None:
    by_slug = {case.one.slug: case for case in cases}
    for case in cases:
        case.one.fault = case.fault
    end = now + timedelta(days=FAULTY_DAYS_AT_MOST + ENDED_DAYS)
    while now < end and any(case.closed_at is None for case in cases):
        due = [one for one in home.due(now) if by_slug[one.slug].closed_at is None]
        for one in due:
            by_slug[one.slug].polls += by_slug[one.slug].found_at is None
        for each in home.run(now, rng, due) if due else ():
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
        now += RUN_EVERY


def show(false: Sequence[Finding], cases: Sequence[Case], healthy_days: int, home: Home) -> None:
    """Print the tables."""
    print(f"{healthy_days} healthy days of {len(cases)} sources: {len(false)} false alarms")
    for each in false[:20]:
        print(f"    {each.at:%Y-%m-%d %H:%M} {each.source} {each.code}: {each.message[:120]}")
    heads = ("found", "at once", "in 3", "in bounds", "hours", "worst", "missed", "worst", "ended")
    print(f"{'fault':<10}" + "".join(f"{head:>10}" for head in heads))
    for fault in FAULTS:
        _row(fault, [case for case in cases if case.fault == fault], home)
    for case in cases:
        if not is_in_bounds(case, home) or case.closed_at is None:
            print(f"    {case.one.slug} ({case.one.rate:.2f} a day): {case.fault}, {case.code}, {_hours(case):.0f} h")


def _row(fault: str, its: Sequence[Case], home: Home) -> None:
    found = [case for case in its if case.found_at]
    hours = sorted(_hours(case) for case in found) or [-1.0]
    articles = sorted(missed(case) for case in found) or [-1.0]
    at_once = sum(is_at_once(case) for case in found)
    in_three = sum(is_at_once(case) or missed(case) <= INTERVALS_AT_LEAST + 1 for case in found)
    inside = sum(is_in_bounds(case, home) for case in found)
    ended = sum(case.closed_at is not None for case in its)
    counts = [f"{count}/{len(its)}" for count in (len(found), at_once, in_three, inside)]
    delays = [
        f"{each:.1f}" for each in (hours[len(hours) // 2], hours[-1], articles[len(articles) // 2], articles[-1])
    ]
    print(f"{fault:<10}" + "".join(f"{word:>10}" for word in (*counts, *delays, f"{ended}/{len(its)}")))


def _hours(case: Case) -> float:
    return ((case.found_at or case.begun_at) - case.begun_at) / timedelta(hours=1)


def missed(case: Case) -> float:
    """Articles, or editions, that were due by the source's rhythm from the fault until it was found."""
    return case.one.editions(case.begun_at, case.found_at or case.begun_at)


def is_at_once(case: Case) -> bool:
    """Whether the first poll showed the fault, or the first run that loaded something."""
    return case.found_at is not None and (case.polls == 1 or case.runs == 1)


def is_in_bounds(case: Case, home: Home) -> bool:
    """Whether it was found at once, or within an hour after as many expected articles as a healthy gap may have
    (`volume.longest_gap`), and one more: gaps are counted in full hours."""
    if is_at_once(case) or case.found_at is None:
        return case.found_at is not None
    usual = home.memory[case.one.slug].usual
    intervals = volume.longest_gap(usual) if usual else INTERVALS_AT_LEAST
    return case.one.editions(case.begun_at, case.found_at - timedelta(hours=1)) <= intervals + 1


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
    false, cases, home = simulate(asked.sources, asked.days, asked.seed)
    show(false, cases, asked.days, home)


if __name__ == "__main__":
    main()
