"""Cuts a feed's text to whole items if the document is truncated or has more than 10,000 items."""

import re
from dataclasses import dataclass

ITEMS_PARSED = 10_000
"""feedparser takes 4 s for 10,000 items, and 41 s and 314 MB for 100,000 (docs/explanation/measured-facts.md)."""
_START = re.compile(r"<(?:[\w.\-]+:)?(?:item|entry)(?=[\s/>])")
_END = re.compile(r"</(?:[\w.\-]+:)?(?:item|entry)\s*>|<(?:[\w.\-]+:)?(?:item|entry)(?:\s[^<>]*)?/>")
_ROOT = re.compile(r"<((?:[\w.\-]+:)?[\w.\-]+)")
_CHANNEL = re.compile(r"<((?:[\w.\-]+:)?channel)(?=[\s>])")


@dataclass(frozen=True, slots=True)
class Cut:
    """A feed's text with whole items only. `items_dropped`: the number of items beyond 10,000; `is_partial`: the
    end of the document is missing."""

    text: str
    items_dropped: int = 0
    is_partial: bool = False


def whole_items(text: str) -> Cut:
    """Cuts `text`, which begins with its root element. A truncated document is closed after its last whole
    item. Of more than 10,000 items the first and last 5,000 stay, since some feeds list the newest item first and
    others last; where end tags are missing, the first 10,000 stay. Text after the root element is removed."""
    starts = [found.start() for found in _START.finditer(text)]
    ends = [found.end() for found in _END.finditer(text)]
    root = _ROOT.match(text)
    close = text.rfind(f"</{root[1]}") if root else -1
    is_partial = close < max(ends, default=0)
    if is_partial and len(ends) <= len(starts) <= len(ends) + 1 and starts:
        text = text[: ends[-1] if ends else starts[0]]
        text += _closings(text, str(root and root[1]))
    elif not is_partial:
        text = text[: text.find(">", close) + 1] or text
    return _shortened(text, starts, ends, is_partial)


def _shortened(text: str, starts: list[int], ends: list[int], is_partial: bool) -> Cut:
    excess = len(ends) - ITEMS_PARSED
    if excess > 0:
        text = text[: ends[ITEMS_PARSED // 2 - 1]] + text[ends[-ITEMS_PARSED // 2 - 1] :]
        return Cut(text, excess, is_partial)
    excess = len(starts) - ITEMS_PARSED
    if excess > 0:
        return Cut(text[: starts[ITEMS_PARSED]], excess, True)
    return Cut(text, 0, is_partial)


def _closings(text: str, root: str) -> str:
    channel = _CHANNEL.search(text)
    is_open = channel is not None and f"</{channel[1]}" not in text
    return (f"</{channel[1]}>" if channel and is_open else "") + f"</{root}>"
