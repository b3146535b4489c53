"""Sitemaps: reads the pages or child sitemaps that a sitemap lists (sitemaps.org, Google News)."""

from dataclasses import fields, replace
from datetime import datetime

from schemas.items.link import Dated, EntryFacts
from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Format, Listed, Listing
from tasks.pure.dates.customs import Customs, of_software
from tasks.pure.dates.read import read_by
from tasks.pure.feeds.entries import bad_link, believed, instant, newest_first, resolved
from tasks.pure.feeds.read import read_feed
from tasks.pure.listings.sitemap_stream import SitemapElement, elements, text_pieces
from tasks.pure.text.clean import TITLE_CHARS
from tasks.pure.text.gunzip import MAGIC, Unpacked, gunzip
from tasks.pure.text.html_fragment import text_of, title_of
from tasks.pure.text.language_tags import language_of
from tasks.pure.text.xml_repair import root_name, without_preface
from tasks.pure.urls.normalise import absolute

BODY_BYTES = 50 * 1024 * 1024
URLS_AT_MOST = 50_000
"""Both are the limits of sitemaps.org; an index may name as many sitemaps."""
_BAD_LINKS_AT_MOST = 1_000
_KEYWORDS_AT_MOST = 50
_FEED_BYTES = 15 * 1024 * 1024
_FEED_ROOTS = frozenset({"rss", "rdf", "feed"})
_STATED = tuple(each.name for each in fields(SitemapElement))
_FORMATS: dict[str, Format] = {"urlset": "urlset", "sitemapindex": "sitemap_index"}


def read_sitemap(
    body: bytes, url: str, time_zone: str, at: datetime, language: str | None = None, country: str | None = None
) -> Listing | Refusal:
    """The pages of the sitemap at `url`, newest first and each once, or the `children` of a sitemap index.

    Takes plain and gzipped XML, text with one URL per line, and feeds, which go to `read_feed`. Reads at most 50
    MiB and 50,000 URLs or children; the caller decides how many children it asks. `time_zone` (IANA) is for dates
    that name none; `language` (BCP 47) and `country` (ISO 3166-1 alpha-2), the source's, settle the order of day and
    month. `at` is the time of the fetch (UTC): dates more than a day later are ignored in sorting.
    `lastmod` becomes `modified`, the date of a news block becomes `published`. Pages of other hosts are listed too:
    the caller decides whether to take them. Refuses EMPTY_BODY; WRONG_TYPE for HTML and other documents;
    PARSE_ERROR for a DOCTYPE, for broken gzip, and for XML that is broken before its first URL.
    """
    unpacked = _unpacked(body)
    if unpacked.is_partial and not unpacked.content:
        return Refusal(reason=Reason.PARSE_ERROR, detail="begins like gzip and cannot be unpacked")
    start = _start(unpacked.content)
    if isinstance(start, Refusal):
        return start
    if not start.startswith("<"):
        return _read_lines(unpacked, url)
    name = _name(start)
    if isinstance(name, Refusal):
        return name
    if name in _FEED_ROOTS:
        return read_feed(unpacked.content[:_FEED_BYTES], url, None, time_zone, at, 0, language, country)
    customs = of_software(Customs(time_zone, (language,) if language else (), country))
    return _read_xml(unpacked, url, customs, at, _FORMATS[name])


def _unpacked(body: bytes) -> Unpacked:
    if body.startswith(MAGIC):
        return gunzip(body, BODY_BYTES)
    return Unpacked(body[:BODY_BYTES], len(body) > BODY_BYTES)


def _start(content: bytes) -> str | Refusal:
    """The first piece of text that is not blank; EMPTY_BODY if there is none."""
    pieces = text_pieces(content)
    if isinstance(pieces, Refusal):
        return pieces
    start = next((text for piece in pieces if (text := piece.strip("\ufeff \t\r\n"))), "")
    return start or Refusal(reason=Reason.EMPTY_BODY, detail=f"{len(content)} bytes without text")


def _name(start: str) -> str | Refusal:
    """The name of the root element, if it is a sitemap's or a feed's."""
    bare = without_preface(start)
    if isinstance(bare, Refusal):
        return bare
    name = root_name(bare)
    if name not in _FEED_ROOTS and name not in _FORMATS:
        return Refusal(reason=Reason.WRONG_TYPE, detail=f"the root element is {name!r}" if name else "no markup")
    if name in _FORMATS and "<!doctype" in start[: len(start) - len(bare)].lower():
        return Refusal(reason=Reason.PARSE_ERROR, detail="it has a DOCTYPE")
    return name


def _read_xml(unpacked: Unpacked, url: str, customs: Customs, at: datetime, form: Format) -> Listing | Refusal:
    found: list[SitemapElement] = []
    fault: Refusal | None = None
    count = 0
    for element in elements(unpacked.content):
        if isinstance(element, Refusal):
            fault = element
        elif element.is_child == (form == "sitemap_index"):
            count += 1
            if count <= URLS_AT_MOST:
                found.append(element)
    if fault and not found:
        return fault
    listing = (_index if form == "sitemap_index" else _pages)(found, url, customs, at)
    dropped = listing.entries_dropped + count - len(found)
    return listing.model_copy(update={"entries_dropped": dropped, "is_partial": unpacked.is_partial or bool(fault)})


def _index(found: list[SitemapElement], url: str, customs: Customs, at: datetime) -> Listing:
    dates = [_date(each.lastmod, customs) for each in found]
    children: dict[str, datetime | None] = {}
    bad_links: list[str] = []
    for place in newest_first([instant(at, date) for date in dates]):
        child = resolved(found[place].loc, url)
        if isinstance(child, Refusal):
            bad_links.append(bad_link(child, found[place].loc or "no loc"))
        elif child != url:
            date = dates[place]
            children[child] = children.get(child) or (date.at if date else None)
    return Listing(
        format="sitemap_index",
        children=tuple(children),
        children_modified=tuple(children.values()),
        bad_links=tuple(bad_links[:_BAD_LINKS_AT_MOST]),
        parser="lxml",
    )


def _pages(found: list[SitemapElement], url: str, customs: Customs, at: datetime) -> Listing:
    pages: dict[str, SitemapElement] = {}
    bad_links: list[str] = []
    for each in found:
        page = resolved(each.loc, url)
        if isinstance(page, Refusal):
            bad_links.append(bad_link(page, each.loc or "no loc"))
        else:
            known = pages.get(page)
            pages[page] = _newer(known, each, customs, at) if known else each
    published = believed([_date(each.published, customs) for each in pages.values()], at)
    modified = believed([_date(each.lastmod, customs) for each in pages.values()], at)
    rows = list(zip(pages.items(), published, modified, strict=True))
    listed = [Listed(url=page, facts=_facts(each, first, last, url)) for (page, each), first, last in rows]
    order = newest_first([instant(at, first, last) for _, first, last in rows])
    return Listing(
        format="urlset",
        entries=tuple(listed[place] for place in order),
        bad_links=tuple(bad_links[:_BAD_LINKS_AT_MOST]),
        parser="lxml",
    )


def _newer(one: SitemapElement, other: SitemapElement, customs: Customs, at: datetime) -> SitemapElement:
    """Of two elements of one page the one that changed last (the first on a tie), with what only the other states."""
    first, second = (instant(at, _date(each.lastmod, customs)) for each in (one, other))
    is_later = second is not None and (first is None or second > first)
    newer, older = (other, one) if is_later else (one, other)
    lacking = {name: getattr(older, name) for name in _STATED if getattr(newer, name) is None}
    return replace(newer, **lacking)


def _facts(found: SitemapElement, published: Dated | None, modified: Dated | None, url: str) -> EntryFacts:
    image = resolved(found.image, url)
    return EntryFacts(
        title=title_of(found.title, TITLE_CHARS),
        published=published,
        modified=modified,
        language=language_of(found.language),
        categories=_keywords(found.keywords),
        image_url=None if isinstance(image, Refusal) else image,
    )


def _keywords(text: str | None) -> tuple[str, ...]:
    words = (text_of(word, 200) for word in (text or "").split(",")[:_KEYWORDS_AT_MOST])
    return tuple(dict.fromkeys(word for word in words if word))


def _date(text: str | None, customs: Customs) -> Dated | None:
    return read_by(text, customs) if text else None


def _read_lines(unpacked: Unpacked, url: str) -> Listing | Refusal:
    """Reads a text sitemap: one absolute URL per line."""
    pieces = text_pieces(unpacked.content)
    text = "" if isinstance(pieces, Refusal) else "".join(pieces)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines[0].lower().startswith(("http://", "https://")):
        return Refusal(reason=Reason.WRONG_TYPE, detail=f"begins with {lines[0][:40]!r}")
    pages: dict[str, None] = {}
    bad_links: list[str] = []
    for line in lines[:URLS_AT_MOST]:
        page = absolute(line, None)
        if isinstance(page, Refusal):
            bad_links.append(bad_link(page, line))
        elif page != url:
            pages.setdefault(page)
    return Listing(
        format="text",
        entries=tuple(Listed(url=page) for page in pages),
        entries_dropped=max(len(lines) - URLS_AT_MOST, 0),
        bad_links=tuple(bad_links[:_BAD_LINKS_AT_MOST]),
        is_partial=unpacked.is_partial,
        parser="lines",
    )
