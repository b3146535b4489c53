"""Site memory: tells the boilerplate of a site ("furniture" in the code) from the text of its articles.

Learned from the site's own pages. A line that two articles share is boilerplate, and so is a template slot that
holds mostly links or such lines. A slot that mostly gave paragraphs of articles holds text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.items.finding import Finding, Severity
from schemas.items.site_page import Block, Method, PageSight, Removal, SiteMemory, Wrapper
from tasks.pure.page.lines import PageLine, line_key
from tasks.pure.text.clean import letters_only

PAGES_READ = 60
"""Site memory uses this many of the latest pages: an older template is forgotten."""
BLOCKS_AT_MOST = 200
_SHORT_CHARS = 25
_SAME_TEXT = 0.5
_SLOT_PAGES = 3
_REPEATED_SHARE = 0.5
_LINKED_SHARE = 0.7
_TEXT_SHARE = 0.7
_REMOVED_AT_MOST = 0.5
_LATEST = 5
_EARLIER = 10
_UNLIKE, _ALIKE = 0.5, 0.8


@dataclass(slots=True)
class Slot:
    """What a template slot held over the pages of a site, in characters."""

    pages: int = 0
    chars: int = 0
    kept: int = 0
    linked: int = 0
    repeated: int = 0

    def is_furniture(self) -> bool:
        """Whether the slot holds mostly links or repeated lines, on at least three pages."""
        is_same = self.repeated > _REPEATED_SHARE * self.chars or self.linked > _LINKED_SHARE * self.chars
        return self.pages >= _SLOT_PAGES and is_same

    def is_text(self) -> bool:
        """Whether the slot holds mostly paragraphs of articles, on at least three pages."""
        return self.pages >= _SLOT_PAGES and self.kept >= _TEXT_SHARE * self.chars and not self.is_furniture()


def learn(sights: Sequence[PageSight], wrapper: Wrapper | None = None) -> SiteMemory:
    """The memory of a site from its pages, at most the latest of each article."""
    pages = distinct(sights)
    repeated = repeated_keys(pages)
    slots = tally(pages, repeated)
    return SiteMemory(
        pages=len(pages),
        repeated=repeated,
        furniture=frozenset(name for name, slot in slots.items() if slot.is_furniture()),
        text_slots=frozenset(name for name, slot in slots.items() if slot.is_text()),
        wrapper=wrapper,
    )


def distinct(sights: Sequence[PageSight]) -> list[PageSight]:
    """The pages, without those that share most of their text with an earlier page: a story seen twice teaches
    nothing about the site."""
    holders: dict[str, list[int]] = defaultdict(list)
    pages: list[PageSight] = []
    for sight in sights:
        shared = Counter(place for block in sight.blocks if block.kept for place in set(holders[block.key]))
        kept = sum(block.kept for block in sight.blocks)
        if max(shared.values(), default=0) <= _SAME_TEXT * kept:
            for block in sight.blocks:
                holders[block.key].append(len(pages))
            pages.append(sight)
    return pages


def repeated_keys(pages: Iterable[PageSight]) -> frozenset[str]:
    """Keys of the lines that two articles share; short lines must be shared by three."""
    times: Counter[tuple[str, bool]] = Counter()
    for page in pages:
        times.update({(block.key, block.chars < _SHORT_CHARS) for block in page.blocks})
    return frozenset(name for (name, is_short), count in times.items() if count >= (3 if is_short else 2))


def tally(pages: Iterable[PageSight], repeated: frozenset[str]) -> dict[str, Slot]:
    """What each template slot held, by its name."""
    slots: dict[str, Slot] = defaultdict(Slot)
    for page in pages:
        for name in {block.slot for block in page.blocks}:
            slots[name].pages += 1
        for block in page.blocks:
            _count(slots[block.slot], block, repeated)
    return slots


def _count(slot: Slot, block: Block, repeated: frozenset[str]) -> None:
    slot.chars += block.chars
    slot.linked += block.linked
    slot.kept += block.chars if block.kept else 0
    slot.repeated += block.chars if block.key in repeated else 0


def without_furniture(
    paragraphs: Sequence[str], lines: Iterable[PageLine], memory: SiteMemory, removals: list[Removal] | None = None
) -> list[str]:
    """The paragraphs without the site's boilerplate; all of them where over half of the text would be removed, since
    then the page repeats another page. Adds what it removed to `removals`."""
    slots = {line.key: line.slot for line in lines}
    known = [(text, _known_as(letters_only(text), slots, memory)) for text in paragraphs]
    kept = [text for text, fact in known if fact is None]
    if sum(map(len, kept)) < _REMOVED_AT_MOST * sum(map(len, paragraphs)):
        return list(paragraphs)
    if removals is not None:
        removals += [Removal(rule=fact, text=text[:80]) for text, fact in known if fact]
    return kept


def _known_as(bare: str, slots: dict[str, str], memory: SiteMemory) -> str | None:
    """Why a line is boilerplate by the site's other pages; None: it is not."""
    if line_key(bare) in memory.repeated:
        return f"site: this line is on other pages, of {memory.pages} known"
    slot = slots.get(bare)
    return f"site: the slot {slot!r} holds links or repetitions" if slot in memory.furniture else None


def familiarity(blocks: Iterable[Block], memory: SiteMemory) -> float | None:
    """Share of the kept text (0 to 1) that stands in the text slots of the site's earlier pages; None: none known."""
    kept = [block for block in blocks if block.kept]
    chars = sum(block.chars for block in kept)
    if not memory.text_slots or not chars:
        return None
    return sum(block.chars for block in kept if block.slot in memory.text_slots) / chars


def layout_finding(
    source: str, run_id: str, at: datetime, past: Sequence[PageSight], fresh: Sequence[PageSight]
) -> Finding | None:
    """The finding that the latest five pages, some of them `fresh`, hold their text elsewhere than the pages before;
    None: they do not, too few pages are known, or it was reported before. Both sequences are oldest first."""
    before, now = _shares(past), _shares([*past, *fresh])
    if len(now) == len(before) or not _has_changed(now) or _has_changed(before):
        return None
    return Finding(
        run_id=run_id,
        source=source,
        code="layout_changed",
        severity=Severity.WARNING,
        message=f"the latest pages of {source!r} hold their text elsewhere than its earlier ones: look at a few "
        "articles; the site's wrapper is learned again by itself",
        observed=_mean(now[-_LATEST:]),
        low=_UNLIKE,
        at=at,
    )


def _shares(sights: Iterable[PageSight]) -> list[float]:
    return [sight.familiarity for sight in sights if sight.familiarity is not None]


def _has_changed(shares: Sequence[float]) -> bool:
    latest, earlier = shares[-_LATEST:], shares[:-_LATEST]
    return len(earlier) >= _EARLIER and _mean(latest) < _UNLIKE and _mean(earlier) >= _ALIKE


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares) if shares else 0.0


def by_rules(sights: Iterable[PageSight]) -> list[PageSight]:
    """The pages whose text was found by the rules, not by a wrapper."""
    return [sight for sight in sights if sight.road is Method.RULES]
