"""Pull quotes: sentences of the text that a page sets a second time, larger, beside it."""

import re

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.text.clean import letters_only

_PULLED = re.compile(r"pull[-_]?(?:quote|left|right)", re.IGNORECASE)
_MAY_BE_PULLED = etree.XPath(".//@class[contains(., 'ull')]/..")
"""By libxml2 alone: most pages have none."""
_STRING = etree.XPath("string()", smart_strings=False)
_SHORTEST = 25


def repeated_quotes(body: HtmlElement) -> list[HtmlElement]:
    """The elements that are named a pull quote and whose words a longer paragraph outside of them has, too.
    Quotes that stand there once, and those that have no such name, are the article's."""
    named = [node for node in _MAY_BE_PULLED(body) if _PULLED.search(node.get("class"))]
    if not named:
        return []
    within = {below for node in named for below in node.iter()}
    paragraphs = [letters_only(_STRING(node)) for node in body.iter("p") if node not in within]
    return [node for node in named if _is_repeated(letters_only(_STRING(node)), paragraphs)]


def _is_repeated(quote: str, paragraphs: list[str]) -> bool:
    return len(quote) >= _SHORTEST and any(quote in text for text in paragraphs if len(text) > len(quote))
