"""Made-up outlets of every rhythm, and the instants at which they publish, all from one seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from math import ceil

from schemas.items.link import Dated, EntryFacts, Link, Precision

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
"""A Monday."""
BEGIN_S = BEGIN.timestamp()
HOUR_S, DAY_S = 3600.0, 86400.0
EARLIER_DAYS = 30
HOLIDAY = 9
"""Day of the simulation, from 0, on which every outlet publishes a third."""
LEAST_A_DAY, MOST_A_DAY = 1 / 7, 300.0
LISTED = (10, 15, 20, 30, 50, 100, 200)
WORKING_DAY = (0.05,) * 6 + (0.5, 1, 1.2, 1.2, 1.1, 1, 1, 1, 1.1, 1.1, 1.2, 1, 0.8, 0.6, 0.5, 0.3, 0.15, 0.1)
HABITS: dict[str, tuple[tuple[float, ...], float]] = {
    "agency": ((1.0,) * 24, 1.0),
    "daily": (WORKING_DAY, 0.5),
    "paper": (WORKING_DAY, 0.9),
    "office": (tuple(1.0 if 8 <= hour < 18 else 0.02 for hour in range(24)), 0.05),
    "evening": (tuple(1.0 if 16 <= hour < 23 else 0.25 for hour in range(24)), 1.0),
    "morning": (tuple(1.0 if hour in (5, 6) else 0.05 for hour in range(24)), 0.8),
    "batches": (WORKING_DAY, 0.6),
    "events": (WORKING_DAY, 0.8),
}
"""Shares of the hours of a working day, in local time, and the share of a day of the weekend. `batches`: three to six
articles at once. `events`: once a week, for three hours, six times as many."""


@dataclass(frozen=True)
class Outlet:
    """An outlet with one feed that lists its newest `listed` articles. `weekly` are the true expected articles in
    each hour of the week; `published` the instants (seconds since 1970), oldest first, those of the month before
    included."""

    name: str
    habit: str
    a_day: float
    listed: int
    is_dated: bool
    ttl_s: float | None
    weekly: tuple[float, ...]
    published: tuple[float, ...]

    @cached_property
    def links(self) -> Sequence[Link]:
        """The entries, oldest first."""
        return [self._link(number, at) for number, at in enumerate(self.published)]

    def _link(self, number: int, at_s: float) -> Link:
        at = datetime.fromtimestamp(at_s, UTC)
        dated = Dated(raw=at.isoformat(), at=at, precision=Precision.SECOND) if self.is_dated else None
        url = f"https://{self.name}.example/{number}"
        return Link.model_construct(
            url=url, source=self.name, found_in=self.name, found_at=at, entry=EntryFacts(published=dated)
        )


def outlets(count: int, days: int, seed: int) -> list[Outlet]:
    """So many outlets, from one article a week to 300 a day in equal steps of the logarithm."""
    chance = random.Random(seed)
    ratio = MOST_A_DAY / LEAST_A_DAY
    return [_outlet(number, LEAST_A_DAY * ratio ** (number / (count - 1)), days, chance) for number in range(count)]


def _outlet(number: int, a_day: float, days: int, chance: random.Random) -> Outlet:
    habit = chance.choice(list(HABITS))
    shares, weekend = HABITS[habit]
    zone = chance.randrange(24)
    plain = [shares[(hour + zone) % 24] * (weekend if hour // 24 >= 5 else 1.0) for hour in range(168)]
    weekly = tuple(share * a_day * 7 / sum(plain) for share in plain)
    busiest = max(weekly) * (6 if habit == "events" else 1)
    ttl_s = chance.choice((None, None, None, 300.0, 900.0, 1800.0 if a_day <= 10 else None))
    return Outlet(
        name=f"outlet-{number:03}",
        habit=habit,
        a_day=a_day,
        listed=max(chance.choice(LISTED), ceil(busiest / 2), 12 if habit == "batches" else 0),
        is_dated=chance.random() < 0.8,
        ttl_s=ttl_s,
        weekly=weekly,
        published=tuple(_published(weekly, habit, days, chance)),
    )


def _published(weekly: Sequence[float], habit: str, days: int, chance: random.Random) -> list[float]:
    """Instants of a Poisson process with the rates of the habit."""
    found: list[float] = []
    event_hours = {week * 168 + chance.randrange(165) for week in range(-5, days // 7 + 1)}
    for hour in range(-EARLIER_DAYS * 24, days * 24):
        rate = weekly[hour % 168] * (1 / 3 if hour // 24 == HOLIDAY else 1.0)
        if habit == "events" and any(hour - later in event_hours for later in range(3)):
            rate *= 6
        if habit == "batches":
            rate /= 4.5
        at = chance.expovariate(1.0) / rate
        while at < 1.0:
            together = chance.randint(3, 6) if habit == "batches" else 1
            found += [BEGIN_S + (hour + at) * HOUR_S] * together
            at += chance.expovariate(1.0) / rate
    return sorted(found)
