"""Front pages: reads a site's name, language and feeds from one of its pages."""

import re
from collections.abc import Iterator

from schemas.items.link import UrlKind
from schemas.items.outcome import Refusal
from schemas.sources.place import Front, Place, SaidBy
from tasks.pure.page.links import page_alternates, page_links
from tasks.pure.page.parse import Page, read_page
from tasks.pure.text.html_encoding import decode_html
from tasks.pure.text.language_tags import language_of

FEEDS_AT_MOST = 50
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
_VAGUE_TYPES = frozenset({"application/xml", "text/xml", "application/json"})
"""Media types of feeds and of other interfaces too (wp-json, oEmbed): the URL must look like a feed's."""
_FEED_URL = re.compile(
    r"https?://(?:(?:feeds?|rss)\.[^?#]*|[^?#]*/(?:rss|feeds?|atom)(?:[/_.-][^?#]*)?|[^?#]*\.(?:rss|atom|rdf)"
    r"|[^?#]*[/_-](?:rss|feed|atom)\.(?:xml|json|php))(?:[?#].*)?",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|kommentar|commentaire", re.IGNORECASE)


def read_front(body: bytes, url: str, charset: str | None) -> Front | Refusal:
    """Site name, title, language and at most 50 feeds of the page at `url`. Feeds of comments are left out.
    Refuses what `decode_html` and `read_page` refuse."""
    decoded = decode_html(body, charset)
    page = decoded if isinstance(decoded, Refusal) else read_page(decoded.text, url)
    if isinstance(page, Refusal):
        return page
    found: dict[str, Place] = {}
    for feed in (*_alternates(page), *_anchors(page)):
        found.setdefault(feed.url, feed)
    return Front(
        site_name=page.site_name,
        title=page.title,
        language=language_of(page.language),
        feeds=tuple(found.values())[:FEEDS_AT_MOST],
    )


def looks_like_feed(url: str) -> bool:
    """Whether a URL is spelt like a feed's, for example `…/feed/` or `….rss`."""
    return _FEED_URL.fullmatch(url) is not None


def _alternates(page: Page) -> Iterator[Place]:
    for url, media_type, title in page_alternates(page):
        is_feed = media_type in _FEED_TYPES or (media_type in _VAGUE_TYPES and looks_like_feed(url))
        if is_feed and not _COMMENTS.search(f"{url} {title}"):
            yield Place(url, UrlKind.FEED, SaidBy.ALTERNATE)


def _anchors(page: Page) -> Iterator[Place]:
    for link in page_links(page):
        if looks_like_feed(link.url) and not _COMMENTS.search(f"{link.url} {link.text}"):
            yield Place(link.url, UrlKind.FEED, SaidBy.ANCHOR)
