"""Links to other pages, and lists of other articles, each item a kicker and the link: `Elections: what now`."""

import re

from lxml import etree
from lxml.html import HtmlElement

KICKER_CHARS = 40
"""What stands above or before the headline of a card is no longer."""
_KICKERS = ("span", "strong", "b", "em")
_LINK_CHARS = 15
_DATE_CHARS = 25
_STAYS = re.compile(r"\s*(?:#|javascript:|mailto:|tel:)", re.IGNORECASE)
_STRING = etree.XPath("string()", smart_strings=False)


def is_kicked(item: HtmlElement) -> bool:
    """Whether an item of a list is a kicker in an element of its own and a link, and no other text."""
    shown = [part for part in item if _STRING(part).strip()]
    around = (item.text, *(part.tail for part in item))
    if len(shown) != 2 or any((text or "").strip() for text in around):
        return False
    kicker, link = shown
    is_link = link.tag == "a" and bool(link.get("href")) and len(_STRING(link).strip()) >= _LINK_CHARS
    return is_link and kicker.tag in _KICKERS and len(_STRING(kicker).strip()) <= KICKER_CHARS


def is_dated(item: HtmlElement) -> bool:
    """Whether an item of a list is a link and a few words with a number: when it appeared, its comments."""
    links = [link for link in item.iter("a") if link.get("href")]
    if len(links) != 1:
        return False
    linked = _STRING(links[0]).strip()
    rest = " ".join(_STRING(item).replace(linked, "", 1).split())
    return len(linked) >= _LINK_CHARS and len(rest) <= _DATE_CHARS and any(map(str.isdigit, rest))


def leads_away(node: HtmlElement) -> bool:
    """Whether a link below the element leads to another page."""
    return any(not _STAYS.match(link.get("href") or "#") for link in node.iter("a"))
