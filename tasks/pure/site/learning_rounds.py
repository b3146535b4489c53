"""Rounds: the pages of a batch, parted so that what the first ones of a site teach serves its others."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from schemas.items.capture import Capture
from schemas.items.extraction import Extraction
from schemas.items.outcome import Refusal
from tasks.pure.site.wrappers import CHECKS_READ, PAGES_NEEDED, KnownSite

_ENDS = (PAGES_NEEDED, PAGES_NEEDED + CHECKS_READ)
"""A site's first pages teach its wrapper, the next try it, and it may read the others."""
_WORTH = 2 * _ENDS[-1]
"""With fewer pages of a site in a batch, most would be read before it is known: they wait for the next batch."""
Sites = dict[str, KnownSite]
Found = dict[UUID, Extraction | Refusal]


@dataclass(frozen=True, slots=True)
class Round:
    """Pages that are read with the same knowledge of their sites, by slug."""

    captures: tuple[Capture, ...]
    sites: Sites


@dataclass(frozen=True, slots=True)
class Pages:
    """What was found in the pages of a batch, by capture; the rounds in which they were read, an empty one first; and
    how many seconds it took."""

    found: Found
    rounds: tuple[Round, ...]
    seconds: float


def parted(captures: Iterable[Capture], sites: Sites) -> list[tuple[Capture, ...]]:
    """The captures of each round, of which none is empty. A site's go in the order of their fetch, so that the
    archive gives the same rounds; one of under forty pages, or whose wrapper is trusted, needs but one."""
    ordered = sorted(captures, key=lambda one: (one.fetched_at, one.capture_id))
    pages = Counter(capture.link.source for capture in ordered)
    learning = {slug for slug, count in pages.items() if count >= _WORTH and not sites[slug].is_trusted}
    parts: list[list[Capture]] = [[] for _ in range(len(_ENDS) + 1)]
    places: Counter[str] = Counter()
    for capture in ordered:
        slug = capture.link.source
        parts[bisect_right(_ENDS, places[slug]) if slug in learning else 0].append(capture)
        places[slug] += 1
    return [tuple(part) for part in parts if part]
