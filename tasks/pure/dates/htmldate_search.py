"""Searches the markup and text of a page for its day with htmldate, where nothing else dates it."""

import re
from copy import deepcopy
from datetime import datetime
from itertools import islice

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.page.apart import OTHERS

_ELEMENTS_AT_MOST = 20_000
_SOURCE_BYTES = 500_000
"""htmldate searches the source with some hundred patterns, 2 s a megabyte; a page of an article has some
1,500 elements and 50 KB without its scripts."""
_UNREAD = ("script", "style", "svg", "noscript", "template")
_EARLIEST = "1995-01-01"
_YEAR_ALONE = "-01-01"
"""htmldate returns it for the year of a copyright line."""
_OTHERS = re.compile(rf"{OTHERS}|(?<!v)card")


def search_day(tree: HtmlElement, url: str, latest: datetime) -> str | None:
    """The day of publication, `YYYY-MM-DD`, not after `latest`; None where htmldate finds none, or the page is too
    large for it. The tree is not changed."""
    if next(islice(tree.iter(), _ELEMENTS_AT_MOST, None), None) is not None:
        return None
    own = _without_others(tree)
    if _is_long(own):
        etree.strip_elements(own, *_UNREAD, with_tail=False)
    if _is_long(own):
        return None
    try:
        found = find_date(
            own,
            original_date=True,
            extensive_search=True,
            url=url,
            min_date=_EARLIEST,
            max_date=latest.date().isoformat(),
        )
    except (ValueError, OverflowError):
        return None
    return None if not found or found.endswith(_YEAR_ALONE) else str(found)


def _is_long(tree: HtmlElement) -> bool:
    return len(etree.tostring(tree)) > _SOURCE_BYTES


def _without_others(tree: HtmlElement) -> HtmlElement:
    """A copy without cards, comments and sidebars, whose dates are those of other articles."""
    copy = deepcopy(tree)
    for node in [node for node in copy.iter("aside", "nav", "div", "section", "ul") if _is_of_others(node)]:
        if node.getparent() is not None and node.find(".//h1") is None:
            node.drop_tree()
    return copy


def _is_of_others(node: HtmlElement) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}".lower()
    return node.tag in ("aside", "nav") or bool(_OTHERS.search(names))
