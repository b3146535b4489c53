"""What our parsers make of one document, with the seconds it took: called inside the cage's child."""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.items.outcome import Refusal
from schemas.sources.listing import Listing
from tasks.pure.feeds.read import read_feed
from tasks.pure.http.robots import read_robots

URL = "http://conformance.example/feed"
AT = datetime(2026, 11, 25, tzinfo=UTC)
_END = re.compile(rb"</((?:[\w.\-]+:)?)(item|entry)\s*>")


@dataclass(frozen=True, slots=True)
class FeedReading:
    """`listing` is of the document with a link put into each entry where the first entry had none."""

    found: Listing | Refusal
    seconds: float


@dataclass(frozen=True, slots=True)
class RobotsReading:
    """How many sitemaps a robots.txt names, and whether we may ask for the home page."""

    sitemaps: int
    allows: bool
    seconds: float


def feed_reading(body: bytes, url: str = URL, charset: str | None = None) -> FeedReading:
    """The feed as we list it. A listing keeps only entries that lead somewhere, and most test feeds
    have none that does; those are read again with links, so that their titles and dates can be seen."""
    began = time.perf_counter()
    found = read_feed(body, url, charset, "UTC", AT)
    seconds = time.perf_counter() - began
    if isinstance(found, Listing) and not found.entries and any("no link" in note for note in found.bad_links):
        found = read_feed(_END.sub(_with_link, body), url, charset, "UTC", AT)
    return FeedReading(found, seconds)


def robots_reading(body: bytes, site: str) -> RobotsReading:
    """The rules of one site, asked for its home page and its sitemaps."""
    began = time.perf_counter()
    rules = read_robots(body)
    allows = rules.allows(f"https://{site}/", "newsdesk")
    sitemaps = len(rules.sitemaps)
    rules.crawl_delay_s("newsdesk")
    return RobotsReading(sitemaps, allows, time.perf_counter() - began)


def _with_link(end: re.Match[bytes]) -> bytes:
    prefix, name = end.groups()
    link = b"<%slink href='/1'/>" if name == b"entry" else b"<%slink>/1</" + prefix + b"link>"
    return link % prefix + end[0]
