"""Places: the feeds, sitemaps and section pages at which a source lists its articles."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.sources.place import Front, Place, SaidBy
from schemas.sources.source import Source
from tasks.pure.urls.domains import origin_of
from tasks.pure.urls.normalise import absolute, canonical

SITEMAPS_AT_MOST = 500
"""Taken from one robots.txt (docs/explanation/hostile-web.md D22)."""
ASKED_AT_MOST = 11
"""Places to try for one site: with its page and robots.txt, about a dozen requests."""
_FEEDS_ASKED, _SITEMAPS_ASKED = 6, 3
_NEWS = re.compile(r"(?<![a-z])(?:google|(?:site)?maps?)?news(?:(?:site)?maps?|index)?(?![a-z])", re.IGNORECASE)
CUSTOMARY = (
    *((f"/{name}", UrlKind.FEED) for name in ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml")),
    ("/feed.json", UrlKind.FEED),
    ("/news-sitemap.xml", UrlKind.SITEMAP),
    ("/sitemap_news.xml", UrlKind.SITEMAP),
    ("/sitemap-news.xml", UrlKind.SITEMAP),
    ("/sitemap.xml", UrlKind.SITEMAP),
)
"""Default paths of feeds and sitemaps in WordPress, Ghost, Drupal, Hugo, Jekyll, and in Google's examples."""


def needs_robots(source: Source) -> bool:
    """Whether the source's sitemaps must be looked up in robots.txt: its file names no feed and no sitemap."""
    return not source.feeds and not source.sitemaps


def places_of(source: Source, named: Sequence[str] = ()) -> tuple[Place, ...]:
    """The URLs to read for the source, each once: its feeds, sitemaps and sections.

    If its file names neither feeds nor sitemaps, the sitemaps of robots.txt (`named`, as written there) come before
    its sections. If there is still no URL, the home page is read as a section.
    """
    places = [Place(url, UrlKind.FEED) for url in source.feeds]
    places += [Place(url, UrlKind.SITEMAP) for url in source.sitemaps]
    places += named_sitemaps(named, source.homepage) if needs_robots(source) else ()
    places += [Place(url, UrlKind.SECTION) for url in source.sections]
    return _once(places) or (Place(source.homepage, UrlKind.SECTION),)


def named_sitemaps(named: Sequence[str], url: str) -> tuple[Place, ...]:
    """The sitemaps that the robots.txt of `url` names, at most 500, news sitemaps first: the others often list the
    archive, images or tags, but may be the only ones that list articles."""
    meant = [absolute(text, f"{origin_of(url)}/robots.txt") for text in named]
    sitemaps = [each for each in meant if not isinstance(each, Refusal)]
    sitemaps.sort(key=is_named_news, reverse=True)
    return _once([Place(each, UrlKind.SITEMAP, SaidBy.ROBOTS) for each in sitemaps])[:SITEMAPS_AT_MOST]


def refused_by(said: Sequence[str] | Refusal, origin: str, sitemaps: Sequence[str]) -> Refusal | None:
    """Why another publisher's sitemaps may not list pages of `origin`; None: the robots.txt of `origin` names
    one of them (sitemaps.org, cross submits). `said` has the sitemaps of that robots.txt, as written, or the reason
    why it could not be fetched."""
    if isinstance(said, Refusal):
        return said
    meant = [absolute(text, f"{origin}/robots.txt") for text in said]
    named = {canonical(url) for url in meant if not isinstance(url, Refusal)}
    if named.isdisjoint(map(canonical, sitemaps)):
        return Refusal(reason=Reason.FOREIGN_HOST, detail=f"the robots.txt of {origin} does not name the sitemap")
    return None


def is_named_news(url: str) -> bool:
    """Whether a sitemap's path says that it lists news: `news` is a word of it, perhaps joined with `google` or
    `sitemap`; newsletters, newsrooms and newspapers are other words."""
    return _NEWS.search(urlsplit(url).path) is not None


def worth_asking(front: Front, named: Sequence[str], url: str) -> Iterator[Place]:
    """The places to try for the site of the page at `url`, each once, the most reliable first: those that the
    page names, those of robots.txt, then the default paths. The caller skips default paths of a kind that it has
    found already, and stops after `ASKED_AT_MOST` requests."""
    sitemaps = named_sitemaps(named, url)[:_SITEMAPS_ASKED]
    custom = [Place(origin_of(url) + path, kind, SaidBy.CUSTOM) for path, kind in CUSTOMARY]
    yield from _once([*front.feeds[:_FEEDS_ASKED], *sitemaps, *custom])


def _once(places: Sequence[Place]) -> tuple[Place, ...]:
    first: dict[str, Place] = {}
    for place in places:
        meant = absolute(place.url, None)
        first.setdefault(place.url if isinstance(meant, Refusal) else canonical(meant), place)
    return tuple(first.values())
