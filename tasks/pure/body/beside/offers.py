"""Tells the items of an article, each one link to another site, from headlines of related articles."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.measures import Measures
from tasks.pure.text.clean import SENTENCE_END, one_line
from tasks.pure.urls.domains import registrable_domain
from tasks.pure.urls.normalise import absolute

_STRING = etree.XPath("string()", smart_strings=False)
_ITEMS_NEEDED = 2
_ITEM_CHARS = 20
_PROSE_CHARS = 60
_NEAR = 6
_SOCIAL = frozenset(
    (
        "facebook.com",
        "twitter.com",
        "x.com",
        "instagram.com",
        "youtube.com",
        "tiktok.com",
        "whatsapp.com",
        "telegram.org",
        "t.me",
        "linkedin.com",
        "google.com",
        "pinterest.com",
        "threads.net",
        "bsky.app",
        "apple.com",
        "spotify.com",
        "vk.com",
        "ok.ru",
        "dzen.ru",
    )
)
"""Where links of an outlet's own channels and buttons lead."""


def offers(body: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """The items of lists that stand among the article's own paragraphs and whose links all lead to other registrable
    domains, two or more: what is offered, recommended or cited. Headlines of related articles lead to the same site.
    Empty where the page's own domain is unknown."""
    if not measures.site:
        return []
    lists = (list(node.iterchildren("li")) for node in body.iter("ul", "ol") if _is_among_text(node, measures))
    return [item for items in lists if _lead_elsewhere(items, measures) for item in items]


def _lead_elsewhere(items: list[HtmlElement], measures: Measures) -> bool:
    if len(items) < _ITEMS_NEEDED or any(measures.chars(item) < _ITEM_CHARS for item in items):
        return False
    links = [[link.get("href") for link in item.iter("a") if link.get("href")] for item in items]
    return all(links) and all(_is_elsewhere(href, measures.site) for hrefs in links for href in hrefs)


def _is_elsewhere(href: str, site: str) -> bool:
    url = absolute(href, None)
    domain = registrable_domain(url) if isinstance(url, str) else site
    return domain != site and domain not in _SOCIAL


def _is_among_text(node: HtmlElement, measures: Measures) -> bool:
    """Whether prose stands above and below it in the same element, with no more than lists and headings between."""
    above = list(node.itersiblings(preceding=True))[:_NEAR]
    below = list(node.itersiblings())[:_NEAR]
    return any(_is_prose(one, measures) for one in above) and any(_is_prose(one, measures) for one in below)


def _is_prose(node: HtmlElement, measures: Measures) -> bool:
    is_long = node.tag == "p" and measures.chars(node) >= _PROSE_CHARS and measures.link_share(node) < 0.5
    return is_long and bool(SENTENCE_END.search(one_line(_STRING(node))))


@contextmanager
def unlinked(items: Iterable[HtmlElement]) -> Iterator[None]:
    """Makes the links of these elements plain text for a while, so that trafilatura counts no links in them."""
    links = [link for item in items for link in item.iter("a")]
    for link in links:
        link.tag = "span"
    try:
        yield
    finally:
        for link in links:
            link.tag = "a"
