"""Searches the markup and text of a page for its day with htmldate, where nothing else dates it."""

import re
from copy import deepcopy
from datetime import datetime
from itertools import islice

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.dates.customs import Customs
from tasks.pure.dates.grammar import read_own
from tasks.pure.dates.words import plain
from tasks.pure.page.apart import OTHERS

_ELEMENTS_AT_MOST = 20_000
_SOURCE_BYTES = 500_000
"""htmldate searches the source with some hundred patterns, 2 s a megabyte; a page of an article has some
1,500 elements and 50 KB without its scripts."""
_UNREAD = ("script", "style", "svg", "noscript", "template")
_EARLIEST = "1995-01-01"
_YEAR_ALONE = "-01-01"
"""htmldate returns it for the year of a copyright line."""
_MONTHS = 12
_NUMBER = re.compile(r"\d+")
_NUMBERS = re.compile(
    r"(?<![\d./-])(?P<one>\d{1,2})(?P<mark>[./-])(?P<other>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?![\d./-]\d|\d)"
)
_OTHERS = re.compile(rf"{OTHERS}|(?<!v)card")


def search_day(tree: HtmlElement, url: str, latest: datetime, customs: Customs) -> str | None:
    """The day of publication, `YYYY-MM-DD`, not after `latest`; None where htmldate finds none, or the page is too
    large for it. The tree is not changed.

    htmldate reads `9/6/2026` day first everywhere. Where the page states the day in this form alone, it is read by
    our own grammar, or not at all."""
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
    return None if not found or found.endswith(_YEAR_ALONE) else _in_order(str(found), own, customs)


def is_another_reading(day: str, raw: str) -> bool:
    """Whether a day, `YYYY-MM-DD`, is made of the numbers of a statement that the grammar refused, other than by its
    own ISO form."""
    text = plain(raw)
    year, month, number = (int(each) for each in day.split("-"))
    numbers = {int(each) for each in _NUMBER.findall(text)}
    return bool({year, year % 100} & numbers and {month, number} & numbers) and day not in text


def _in_order(day: str, tree: HtmlElement, customs: Customs) -> str | None:
    """The day, unless the page states it only in numbers whose order is the reader's to guess: then as our grammar
    reads them, or None."""
    year, month, number = (int(each) for each in day.split("-"))
    if number > _MONTHS or number == month:
        return day
    source = etree.tostring(tree, encoding="unicode")
    if re.search(rf"{year}[-/. ]?0?{month}[-/. ]?0?{number}(?!\d)", source):
        return day
    written = [found[0] for found in _NUMBERS.finditer(source) if _is_of(found, year, {month, number})]
    if not written:
        return day
    read = {date.local.date().isoformat() for each in written if (date := read_own(each, customs))}
    return read.pop() if len(read) == 1 else None


def _is_of(found: re.Match[str], year: int, others: set[int]) -> bool:
    return int(found["year"]) in (year, year % 100) and {int(found["one"]), int(found["other"])} == others


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
