"""Measures: how much text, and how much of it in links, stands below the elements of a page."""

import re

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.link_lists import is_dated, is_kicked

INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span "
        "strike strong sub sup time tt u var wbr",
    )
)
_STRING = etree.XPath("string()", smart_strings=False)
_LINK_TEXTS = etree.XPath(".//a[@href != '']//text()", smart_strings=False)
_ODD_SPACES = ("\n", "\t", "\r", "\xa0")
_SHORT_CHARS = 200


class Measures:
    """Characters of text, and of text inside links, below an element, counted when first asked for;
    `total` is what stands outside of links, `site` the registrable domain of the page."""

    def __init__(self, body: HtmlElement, site: str = "") -> None:
        self.site = site
        self._chars: dict[HtmlElement, int] = {}
        self._linked: dict[HtmlElement, int] = {}
        self._kicked: dict[HtmlElement, bool] = {}
        self.total = max(1, self.chars(body) - size_of("".join(_LINK_TEXTS(body))))

    def chars(self, node: HtmlElement) -> int:
        known = self._chars.get(node)
        if known is None:
            known = self._chars[node] = size_of(_STRING(node) if len(node) else node.text)
        return known

    def linked(self, node: HtmlElement) -> int:
        known = self._linked.get(node)
        if known is None:
            known = self._linked[node] = sum([self.chars(link) for link in node.iter("a") if link.get("href")])
        return known

    def is_kicked(self, around: HtmlElement) -> bool:
        """Whether all items of a list are a kicker and a link, or a link and a date."""
        known = self._kicked.get(around)
        if known is None:
            known = self._kicked[around] = _are_headlines(around)
        return known

    def link_share(self, node: HtmlElement) -> float:
        chars = self.chars(node)
        return self.linked(node) / chars if chars else 0.0


def _are_headlines(around: HtmlElement) -> bool:
    items = list(around.iterchildren("li"))
    return all(map(is_kicked, items)) or (len(items) > 1 and all(map(is_dated, items)))


def size_of(text: str | None) -> int:
    """Characters but for spaces. Most texts are short and have no odd ones."""
    if not text:
        return 0
    size = len(text) - text.count(" ")
    return size if len(text) < _SHORT_CHARS and text.isprintable() else size - sum(map(text.count, _ODD_SPACES))
