"""Rescues: where an extraction is doubtful, what else on the page may be the text."""

from collections import defaultdict
from collections.abc import Sequence

from tasks.pure.slots import Line
from tasks.pure.texts import key

_STATED_CHARS = 500
_STATED_SHARE = 0.7
"""An extraction with less of the stated body than this has lost text; with more, the page's own is better
(shared/extract_bench/FINDINGS.md: as a rule JSON-LD's body is worse)."""
_SLOT_TIMES = 3
_LINE_CHARS = 40


def rescue(paragraphs: Sequence[str], page: Sequence[Line], stated_body: str | None) -> list[str]:
    """The paragraphs, or what must replace them: JSON-LD's body where it holds much more of the same
    text, else the one template slot that holds three times as much text as was extracted."""
    found = sum(map(len, paragraphs))
    if stated_body and is_short_of(paragraphs, stated_body):
        return [line for line in stated_body.split("\n") if line]
    slot = _fullest_slot(page)
    return slot if sum(map(len, slot)) > max(_STATED_CHARS, _SLOT_TIMES * found) else list(paragraphs)


def is_short_of(paragraphs: Sequence[str], stated: str | None) -> bool:
    """Whether the stated body holds much more of the same text: it is neither an excerpt (shorter) nor a
    dump of the page or another text (most of ours is not in it)."""
    found = sum(map(len, paragraphs))
    if not stated or len(stated) < _STATED_CHARS or found >= _STATED_SHARE * len(stated):
        return False
    whole = key(stated)
    shared = sum(len(text) for text in paragraphs if key(text) in whole)
    return shared * 2 >= found


def _fullest_slot(page: Sequence[Line]) -> list[str]:
    slots: dict[str, list[str]] = defaultdict(list)
    for line in page:
        if line.node.tag == "p" and len(line.text) >= _LINE_CHARS:
            slots[line.slot].append(line.text)
    return max(slots.values(), key=lambda texts: sum(map(len, texts)), default=[])
