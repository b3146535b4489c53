"""Standfirst: finds the dek, the summary that a page sets below its headline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from lxml.html import HtmlElement

from tasks.pure.page.apart import stands_apart
from tasks.pure.page.parse import Page
from tasks.pure.text.clean import letters_only, one_line

_STANDFIRST = re.compile(
    r"standfirst|(?:^|[\s_-])(?:dek|deck)(?:$|[\s_-])|sub-?(?:title|head(?:line|ing)?)|"
    r"article-?(?:summary|excerpt|intro|lead|description)|chapo|chapeau|vorspann|sottotitolo|bajada|entradilla|"
    r"(?:^|[\s_-])(?:ingress|lede?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = ("h2", "h3", "p", "div", "strong", "header", "span")
_SHORTEST, _LONGEST = 20, 1000
_PARAGRAPH_CHARS = 80


@dataclass(frozen=True, slots=True)
class Dek:
    """The standfirst's text. `is_element`: from an element of the page; else from its stated description."""

    text: str
    is_element: bool

    def beside(self, paragraphs: Iterable[str]) -> str | None:
        """The text; None if the body begins with it, as a description often repeats the first sentences."""
        stem, start = letters_only(re.sub(r"(?:…|\.\.\.)$", "", self.text)), letters_only(next(iter(paragraphs), ""))
        is_start = bool(start) and (start.startswith(stem[:60]) or stem.startswith(start[:60]))
        return None if is_start else self.text


def choose_dek(page: Page, title: str) -> Dek | None:
    """The standfirst element's text, else the stated description, at most 2,000 characters. None if neither
    has at least 20 characters and differs from the title."""
    element = _standfirst(page.tree)
    text = one_line(" ".join(element.itertext())) if element is not None else None
    for said in (text, page.stated.description, page.meta("og:description", "description")):
        if said and len(said) >= _SHORTEST and letters_only(said) != letters_only(title):
            return Dek(said[:2000], said is text)
    return None


@lru_cache(maxsize=8192)
def _names_standfirst(name: str) -> bool:
    """Cached: a site has few classes and many elements."""
    return bool(_STANDFIRST.search(name))


def _standfirst(tree: HtmlElement) -> HtmlElement | None:
    named = (node for node in tree.iter(*_TAGS) if (name := node.get("class")) and _names_standfirst(name))
    headings = (node for node in tree.iter("h2", "h3") if _is_below_headline(node))
    return next((node for node in chain(named, headings) if _is_standfirst(node)), None)


def _is_standfirst(node: HtmlElement) -> bool:
    return (
        not stands_apart(node)
        and not _follows_text(node)
        and _SHORTEST <= len(one_line(" ".join(node.itertext()))) <= _LONGEST
    )


def _follows_text(node: HtmlElement) -> bool:
    """Whether a paragraph stands above it in the same element: then it is a subheading, or a part of the text."""
    above = (one for one in node.itersiblings(preceding=True) if one.tag == "p")
    return any(len(one_line(" ".join(one.itertext()))) >= _PARAGRAPH_CHARS for one in above)


def _is_below_headline(node: HtmlElement) -> bool:
    """Whether the heading stands below an h1 in the same `header` or `hgroup`."""
    if node.getparent().tag not in ("header", "hgroup"):
        return False
    return any(above.tag == "h1" for above in node.itersiblings(preceding=True))
