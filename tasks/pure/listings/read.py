"""Reads a body as the kind of listing that its URL was requested as: feed, sitemap or section."""

from datetime import datetime

from schemas.items.link import UrlKind
from schemas.items.outcome import Refusal
from schemas.sources.listing import Listing
from tasks.pure.feeds.read import read_feed
from tasks.pure.listings.sections import read_section
from tasks.pure.listings.sitemaps import read_sitemap


def read_listing(
    kind: UrlKind,
    body: bytes,
    url: str,
    charset: str | None,
    time_zone: str,
    at: datetime,
    expected: int = 0,
    language: str | None = None,
    country: str | None = None,
) -> Listing | Refusal:
    """The entries of the feed, sitemap or section at `url`. `charset` is from the HTTP header, `time_zone`
    (IANA) is for dates that name none, `at` is the time of the fetch (UTC), `expected` is the number of entries of
    the feed at the last poll, `language` (BCP 47) and `country` (ISO 3166-1 alpha-2) are the source's. Raises
    `ValueError` for a kind that is no listing."""
    if kind is UrlKind.FEED:
        return read_feed(body, url, charset, time_zone, at, expected, language, country)
    if kind is UrlKind.SITEMAP:
        return read_sitemap(body, url, time_zone, at, language, country)
    if kind is UrlKind.SECTION:
        return read_section(body, url, charset)
    raise ValueError(f"a URL of the kind {kind.value!r} is no listing")
