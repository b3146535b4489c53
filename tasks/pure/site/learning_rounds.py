"""Splits the pages of a batch into rounds, so that the first pages of a site teach how to read its other pages."""

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
"""Where a site's rounds end: its first pages teach a wrapper, the next ones test it, the rest may be read by it."""
_WORTH = 2 * _ENDS[-1]
"""Sites with fewer pages in a batch are not split: most pages would be read before the wrapper is known."""
Sites = dict[str, KnownSite]
Found = dict[UUID, Extraction | Refusal]


@dataclass(frozen=True, slots=True)
class Round:
    """Pages that are read with the same site memory; `sites` by slug."""

    captures: tuple[Capture, ...]
    sites: Sites


@dataclass(frozen=True, slots=True)
class Pages:
    """What was found in the pages of a batch, by capture id; the rounds in which they were read, the first one empty;
    and how many seconds it took."""

    found: Found
    rounds: tuple[Round, ...]
    seconds: float


def parted(captures: Iterable[Capture], sites: Sites) -> list[tuple[Capture, ...]]:
    """The captures of each round; no round is empty. Captures of a site are in order of their fetch, so that a
    replay from the archive gives the same rounds. A site with few pages, or with a trusted wrapper, has one round."""
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
