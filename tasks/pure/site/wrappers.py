"""Wrapper induction: learns from a site's pages where its articles' text stands.

A wrapper names the containers and the template slots that hold text. It is learned from ten pages that the rules
read, and compared with the rules on up to ten pages of each batch. A trusted wrapper reads without the rules; every
twelfth page is still compared. A wrapper that disagrees with the rules, or that many pages do not fit, is retired.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from schemas.items.site_page import PageSight, SiteHistory, SiteMemory, Wrapper, WrapperState
from schemas.items.unspaced_scripts import words_of
from tasks.pure.page.lines import PageLine
from tasks.pure.site.memory import PAGES_READ, by_rules, distinct, learn, repeated_keys, tally

PAGES_NEEDED = 10
CHECKS_NEEDED = 5
CHECK_EVERY = 12
AGREEMENT = 0.95
CHECKS_READ = 2 * CHECKS_NEEDED
"""A wrapper is judged by at most this many of its latest checks: more pages need not be read twice."""
_LOST_AGREEMENT = 0.9
_COVERED = 0.9
_CONTAINER_SHARE = 0.15
_TEXT_SHARE = 0.5
_UNKNOWN_AT_MOST = 0.1
_CHARS_NEEDED = 400
_UNFIT_PAGES = 20
_UNFIT_SHARE = 0.5
_STATES = tuple(WrapperState)


@dataclass(frozen=True, slots=True)
class Writer:
    """The source, run and time (UTC) of a row of ops.wrappers."""

    source: str
    run_id: str
    at: datetime


@dataclass(frozen=True)
class KnownSite:
    """What a batch knows of a site: its latest pages, the memory learned from them, and the new row of its wrapper
    for the load to write (`advance`; None: no change)."""

    sights: tuple[PageSight, ...]
    memory: SiteMemory
    advance: Wrapper | None

    def memory_of(self, place: int) -> SiteMemory:
        """The memory for reading the page at that place (from 0) among the site's pages in a batch."""
        return self.memory if place < CHECKS_READ else self._later

    @property
    def is_trusted(self) -> bool:
        """Whether its pages are read by a wrapper."""
        return self.memory.wrapper is not None and self.memory.wrapper.state is WrapperState.TRUSTED

    @cached_property
    def _later(self) -> SiteMemory:
        return self.memory.model_copy(update={"is_compared": False})


def known_site(source: str, history: SiteHistory, run_id: str, at: datetime) -> KnownSite:
    """What the stored history of a site teaches at that time (UTC)."""
    advance = next_wrapper(history.wrapper, history.sights, Writer(source, run_id, at))
    return KnownSite(history.sights, learn(history.sights, advance or history.wrapper), advance)


def known_site_after(site: KnownSite, sights: Sequence[PageSight], run_id: str, at: datetime) -> KnownSite:
    """The site after further pages, as a batch would know it that begins after they are loaded."""
    history = SiteHistory(sights=_latest((*site.sights, *sights)), wrapper=site.memory.wrapper)
    return known_site(sights[0].source, history, run_id, at)


def joined(stored: SiteHistory, learned: KnownSite | None) -> SiteHistory:
    """The stored history of a site together with what the batch before learned and has not stored yet."""
    if learned is None:
        return stored
    wrappers = [one for one in (stored.wrapper, learned.memory.wrapper) if one]
    return SiteHistory(
        sights=_latest((*stored.sights, *learned.sights)), wrapper=max(wrappers, key=_age, default=None)
    )


def _latest(sights: Iterable[PageSight]) -> tuple[PageSight, ...]:
    """The latest sight of each article, of these the latest, oldest first."""
    seen = sorted({one.capture_id: one for one in sights}.values(), key=lambda one: (one.seen_at, one.capture_id))
    latest = {one.article_id: one.capture_id for one in seen}
    return tuple([one for one in seen if latest[one.article_id] == one.capture_id][-PAGES_READ:])


def _age(wrapper: Wrapper) -> tuple[int, int]:
    return wrapper.version, _STATES.index(wrapper.state)


def next_wrapper(last: Wrapper | None, sights: Sequence[PageSight], author: Writer) -> Wrapper | None:
    """The site's wrapper after these pages (oldest first); None: unchanged from `last`."""
    if last is None or last.state is WrapperState.RETIRED:
        since = [sight for sight in sights if last is None or sight.seen_at > last.at]
        return _induced(last.version + 1 if last else 1, since, author)
    own = [sight for sight in sights if sight.wrapper == last.version]
    checks = [sight.agreement for sight in own if sight.agreement is not None][-CHECKS_READ:]
    if last.state is WrapperState.TRIAL and len(checks) >= CHECKS_NEEDED:
        state = WrapperState.TRUSTED if _mean(checks) >= AGREEMENT else WrapperState.RETIRED
        return _moved(last, state, checks, author)
    if last.state is WrapperState.TRUSTED and (_disagrees(checks) or _rarely_fits(own, last)):
        return _moved(last, WrapperState.RETIRED, checks, author)
    return None


def _induced(version: int, sights: Sequence[PageSight], author: Writer) -> Wrapper | None:
    """A wrapper on trial; None where there are too few pages, or their text does not stand in lines."""
    pages = [page for page in distinct(by_rules(sights)) if page.covered >= _COVERED and page.container]
    if len(pages) < PAGES_NEEDED:
        return None
    times = Counter(page.container for page in pages if page.container)
    containers = [name for name, count in times.most_common() if count >= _CONTAINER_SHARE * len(pages)]
    slots = tally(pages, repeated_keys(pages))
    text = {n for n, slot in slots.items() if slot.kept >= _TEXT_SHARE * slot.chars and not slot.is_furniture()}
    return Wrapper(
        run_id=author.run_id,
        source=author.source,
        version=version,
        state=WrapperState.TRIAL,
        at=author.at,
        containers=tuple(containers),
        text_slots=tuple(sorted(text)),
        other_slots=tuple(sorted(slots.keys() - text)),
        pages=len(pages),
    )


def _moved(last: Wrapper, state: WrapperState, checks: Sequence[float], author: Writer) -> Wrapper:
    return last.model_copy(
        update={
            "run_id": author.run_id,
            "state": state,
            "at": author.at,
            "checks": len(checks),
            "agreement": _mean(checks) if checks else None,
        }
    )


def _disagrees(checks: Sequence[float]) -> bool:
    latest = checks[-CHECKS_NEEDED:]
    return len(latest) == CHECKS_NEEDED and _mean(latest) < _LOST_AGREEMENT


def _rarely_fits(own: Sequence[PageSight], wrapper: Wrapper) -> bool:
    latest = [sight for sight in own if sight.seen_at > wrapper.at][-_UNFIT_PAGES:]
    unfit = sum(sight.agreement is None for sight in by_rules(latest))
    return len(latest) == _UNFIT_PAGES and unfit > _UNFIT_SHARE * _UNFIT_PAGES


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def is_check(capture_id: UUID) -> bool:
    """Whether the page is read by the rules too, to check a trusted wrapper."""
    return capture_id.int % CHECK_EVERY == 0


def wrapped(wrapper: Wrapper, lines: Sequence[PageLine]) -> list[str] | None:
    """The texts of the lines in the wrapper's text slots; None where the page does not fit: it has too little text
    in them, or too much in slots that the wrapper does not know."""
    text, known = frozenset(wrapper.text_slots), frozenset((*wrapper.text_slots, *wrapper.other_slots))
    found = [line.text for line in lines if line.slot in text]
    unknown = sum(len(line.text) for line in lines if line.slot not in known)
    chars = sum(map(len, found))
    return found if chars >= _CHARS_NEEDED and unknown <= _UNKNOWN_AT_MOST * chars else None


def agreement(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of two texts is the same, 0 to 1: twice the shared words over all words (Dice)."""
    first, second = Counter(words_of(" ".join(one))), Counter(words_of(" ".join(other)))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0
