"""Counts the challenge pages, captchas and log-in forms that a host sent instead of articles, and says for how long
requests of that kind wait (docs/explanation/hostile-web.md D05).

A challenge is no order of the publisher: it says that something between us and the page took us for a robot, often
for one page or one minute. So one page is not a wall, and other kinds of requests (feeds, when articles are
challenged) go on.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from schemas.items.finding import Finding, Severity
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from tasks.pure.urls.domains import host_of

IN_ROW = 2
"""One challenge shuts nothing."""
FIRST_PAUSE_S = 300.0
LONGEST_PAUSE_S = 6 * 3600.0
"""The pause doubles with each further challenge in a row: 5 minutes, 10, 20 … six hours."""
LISTS = frozenset({UrlKind.FEED, UrlKind.SITEMAP, UrlKind.SECTION})


class Wall(NamedTuple):
    """`walls` of the `pages` of one source and host were challenge pages or log-in forms."""

    source: str
    host: str
    walls: int
    pages: int

    @property
    def is_common(self) -> bool:
        """Whether at least two, and half of all, were; fewer say nothing of the host, only of those pages."""
        return self.walls >= IN_ROW and self.walls * 2 >= self.pages


def kind_of(kind: UrlKind) -> str:
    """What is asked alike: feeds, sitemaps and sections are one kind."""
    return "list" if kind in LISTS else kind.value


def pause_s(in_row: int) -> float:
    """Seconds for which so many challenges in a row shut out further requests of the kind; 0: they shut out none."""
    if in_row < IN_ROW:
        return 0.0
    return float(min(FIRST_PAUSE_S * 2.0 ** min(in_row - IN_ROW, 16), LONGEST_PAUSE_S))


def not_asked(host: str, kind: UrlKind, in_row: int, until: float) -> Refusal:
    """Why a URL is not requested before `until` (epoch seconds)."""
    at = datetime.fromtimestamp(until, UTC)
    detail = (
        f"not asked: {host} answered the last {in_row} requests of this kind ({kind_of(kind)}) with challenges; "
        f"asked again from {at:%Y-%m-%d %H:%M:%S} UTC on"
    )
    return Refusal(reason=Reason.CHALLENGE_PAGE, detail=detail)


def found_walls(pages: Iterable[tuple[str, str, Refusal | None]]) -> list[Wall]:
    """The hosts with challenge pages, from (source, URL, what the page was refused for; None: it was not)."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for source, url, refusal in pages:
        count = counts[source, host_of(url)]
        count[0] += refusal is not None and refusal.reason is Reason.CHALLENGE_PAGE
        count[1] += 1
    return [Wall(*key, *count) for key, count in counts.items() if count[0]]


def finding(wall: Wall, until: float | None, run_id: str, at: datetime) -> Finding:
    """The finding to report: a warning where no article of the host is asked for before `until` (epoch seconds), or
    where they are common; else a notice."""
    told = (
        f"; its articles are asked for again from {datetime.fromtimestamp(until, UTC):%H:%M} UTC on" if until else ""
    )
    return Finding(
        run_id=run_id,
        source=wall.source,
        code="challenge_pages",
        severity=Severity.WARNING if until or wall.is_common else Severity.NOTICE,
        message=f"{wall.walls} of {wall.pages} pages of {wall.host} were challenges or forms to log in{told}",
        observed=wall.walls / wall.pages,
        low=None,
        high=0.0,
        at=at,
        about=wall.host,
    )
