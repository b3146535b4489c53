"""Listings: what a body lists, read as what its URL was asked for."""

from datetime import datetime

from schemas.items.link import UrlKind
from schemas.items.outcome import Refusal
from schemas.sources.listing import Listing
from tasks.pure.feeds.read import read_feed
from tasks.pure.listings.sections import read_section
from tasks.pure.listings.sitemaps import read_sitemap


def read_listing(
    kind: UrlKind, body: bytes, url: str, charset: str | None, time_zone: str, at: datetime, expected: int = 0
) -> Listing | Refusal:
    """What the feed, sitemap or section at `url` lists; `charset` is the HTTP header's, `time_zone`
    dates entries that name none, `at` is when it was fetched, `expected` is how many entries a feed listed
    last. Raises `ValueError` for a kind that lists nothing."""
    if kind is UrlKind.FEED:
        return read_feed(body, url, charset, time_zone, at, expected)
    if kind is UrlKind.SITEMAP:
        return read_sitemap(body, url, time_zone, at)
    if kind is UrlKind.SECTION:
        return read_section(body, url, charset)
    raise ValueError(f"nothing is listed by a URL of the kind {kind.value!r}")
