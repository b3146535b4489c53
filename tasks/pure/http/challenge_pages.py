"""Walls: hosts that answer with challenges, captchas or log-in forms instead of pages
(docs/explanation/hostile-web.md D05)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from schemas.items.finding import Finding, Severity
from tasks.pure.urls.domains import registrable_domain

PAUSE_S = 3600.0
"""How long a domain that shows little else is left alone: a wall is a way to say 429."""


class Wall(NamedTuple):
    """Pages of one source and domain, and how many of them were walls."""

    source: str
    domain: str
    walls: int
    pages: int

    @property
    def is_shut(self) -> bool:
        """Whether at least half were: one page behind a log-in among others is that page's alone."""
        return self.walls * 2 >= self.pages


def found_walls(pages: Iterable[tuple[str, str, bool]]) -> list[Wall]:
    """The domains with walls, of (source, URL, whether it was a wall)."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for source, url, is_wall in pages:
        count = counts[source, registrable_domain(url)]
        count[0] += is_wall
        count[1] += 1
    return [Wall(*key, *count) for key, count in counts.items() if count[0]]


def finding(wall: Wall, is_left_alone: bool, run_id: str, at: datetime) -> Finding:
    """What a person should know of it; of pages that were answered long ago, nothing is left to be done."""
    left = f"; the domain is left alone for {PAUSE_S / 60:.0f} minutes" if is_left_alone else ""
    return Finding(
        run_id=run_id,
        source=wall.source,
        code="challenge_pages",
        severity=Severity.WARNING if is_left_alone else Severity.NOTICE,
        message=f"{wall.walls} of {wall.pages} pages of {wall.domain} were challenges or forms to log in{left}",
        observed=wall.walls / wall.pages,
        low=None,
        high=0.0,
        at=at,
    )
