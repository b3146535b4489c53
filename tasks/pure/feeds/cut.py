"""A feed's text cut to whole items: where it breaks off, and where it holds too many."""

import re
from dataclasses import dataclass

ITEMS_PARSED = 10_000
"""feedparser takes 4 s for them; for 100,000 it takes 41 s and 314 MB (docs/explanation/measured-facts.md)."""
_START = re.compile(r"<(?:[\w.\-]+:)?(?:item|entry)(?=[\s/>])")
_END = re.compile(r"</(?:[\w.\-]+:)?(?:item|entry)\s*>|<(?:[\w.\-]+:)?(?:item|entry)(?:\s[^<>]*)?/>")
_ROOT = re.compile(r"<((?:[\w.\-]+:)?[\w.\-]+)")
_CHANNEL = re.compile(r"<((?:[\w.\-]+:)?channel)(?=[\s>])")


@dataclass(frozen=True, slots=True)
class Cut:
    """A feed's text with whole items only. `items_dropped` were too many; `is_partial`: the end of the
    document is missing."""

    text: str
    items_dropped: int = 0
    is_partial: bool = False


def whole_items(text: str) -> Cut:
    """`text` (from its root element on) closed after its last whole item where it breaks off, and with
    the first and last 5,000 items where it has more than 10,000: one end or the other is the newest.
    What follows the root element is cut off."""
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
