"""Counts the challenge pages, captchas and log-in forms that a domain sent instead of articles
(docs/explanation/hostile-web.md D05)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from schemas.items.finding import Finding, Severity
from schemas.items.outcome import Reason, Refusal
from tasks.pure.urls.domains import registrable_domain

PAUSE_S = 3600.0
"""A domain that sends mostly challenge pages is paused this long, as after a 429."""


class Wall(NamedTuple):
    """`walls` of the `pages` of one source and domain were challenge pages or log-in forms, `certain` of them beyond
    doubt."""

    source: str
    domain: str
    walls: int
    pages: int
    certain: int

    @property
    def is_shut(self) -> bool:
        """Whether at least half were; fewer say nothing of the domain, only of those pages. One page shuts a domain
        only if it is certain."""
        return self.walls * 2 >= self.pages and (self.certain > 0 or self.walls > 1)


def found_walls(pages: Iterable[tuple[str, str, Refusal | None]]) -> list[Wall]:
    """The domains with challenge pages, from (source, URL, what the page was refused for; None: it was not)."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for source, url, refusal in pages:
        count = counts[source, registrable_domain(url)]
        is_wall = refusal is not None and refusal.reason is Reason.CHALLENGE_PAGE
        count[0] += is_wall
        count[1] += 1
        count[2] += is_wall and refusal is not None and refusal.is_certain
    return [Wall(*key, *count) for key, count in counts.items() if count[0]]


def finding(wall: Wall, is_left_alone: bool, run_id: str, at: datetime) -> Finding:
    """The finding to report: a warning where the domain is paused now, else (the answers are old) a notice."""
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
        about=wall.domain,
    )
