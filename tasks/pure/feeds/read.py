"""Reads the entries of an RSS, Atom or JSON feed, even if the document is broken."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Format, Listed, Listing
from tasks.pure.dates.customs import Customs, of_software
from tasks.pure.feeds.by_fastfeedparser import read_fast, with_tree
from tasks.pure.feeds.by_feedparser import read_second
from tasks.pure.feeds.by_lxml import parse_tree, read_tree
from tasks.pure.feeds.cut import whole_items
from tasks.pure.feeds.entries import DatedEntry, believed, dated, instant, listed, newest_first, resolved
from tasks.pure.feeds.json_feed import read_json
from tasks.pure.feeds.raw import RawEntry, RawFeed
from tasks.pure.text.html_fragment import text_of
from tasks.pure.text.language_tags import language_of
from tasks.pure.text.xml_encoding import decode_xml
from tasks.pure.text.xml_repair import has_monstrous_tag, legal, mended, root_name, without_preface

ENTRIES_AT_MOST = 1_000
"""docs/explanation/measured-facts.md, operating point; Media Cloud takes 2,000."""
_JUNK_CHARS = 4_096
"""The XML declaration is searched for in this many characters: some servers print PHP warnings before it."""
_POLL_S = (15 * 60.0, 24 * 3600.0)
_FORMATS: dict[str, Format] = {"rss": "rss", "channel": "rss", "rdf": "rdf", "feed": "atom"}
_PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'


def read_feed(
    body: bytes,
    url: str,
    charset: str | None,
    time_zone: str,
    at: datetime,
    expected: int = 0,
    language: str | None = None,
    country: str | None = None,
) -> Listing | Refusal:
    """The entries of the feed at `url`: the newest 1,000, newest first, each link once.

    `charset` is from the HTTP header. `time_zone` (IANA) is for dates that name none. `at` is the time of the fetch
    (UTC): dates more than a day later are ignored in sorting (docs/explanation/hostile-web.md E16). `expected` is the
    number of entries at the last poll: with less than half of that, the second parser runs too
    (docs/explanation/measured-facts.md). `language` (BCP 47) is the source's: of an entry's pages in several
    languages, the one in it counts; None: the one in the feed's. It and `country` (ISO 3166-1 alpha-2) also settle
    the order of day and month, and names of zones. A well-formed feed without entries is a Listing
    without entries. Refuses EMPTY_BODY; WRONG_TYPE for HTML, sitemaps, OPML and other JSON;
    PARSE_ERROR for entity declarations, UTF-7, and documents that are not well-formed and in which no parser finds an
    entry.
    """
    read = decode_xml(body, charset)
    if isinstance(read, Refusal):
        return read
    text = legal(read.text).strip("\ufeff \t\r\n")
    if not text:
        return Refusal(reason=Reason.EMPTY_BODY, detail=f"{len(body)} bytes without text")
    place = _Place(url, time_zone, at, language, country)
    found = _read_json(text, place) if text[0] in "{[" else _read_xml(text, place, expected)
    if isinstance(found, Refusal):
        return found
    return found.model_copy(update={"charset": read.codec, "broken_chars": read.broken_chars})


class _Place(NamedTuple):
    """URL and time (UTC) of a feed's fetch, the time zone for dates that name none, and the source's language and
    country."""

    url: str
    time_zone: str
    at: datetime
    language: str | None
    country: str | None


def _read_json(text: str, place: _Place) -> Listing | Refusal:
    feed = read_json(text)
    return feed if isinstance(feed, Refusal) else _listing(feed, place)


def _read_xml(text: str, place: _Place, expected: int) -> Listing | Refusal:
    bare = without_preface(text[max(text.find("<?xml ", 0, _JUNK_CHARS), 0) :])
    if isinstance(bare, Refusal):
        return bare
    name = root_name(bare)
    if name not in _FORMATS:
        return Refusal(reason=Reason.WRONG_TYPE, detail=f"the root element is {name!r}" if name else "no markup")
    bare = mended(bare)
    if has_monstrous_tag(bare):
        return Refusal(reason=Reason.PARSE_ERROR, detail="a tag is longer than 64 KiB")
    cut = whole_items(bare)
    feed, is_sound = _opinions(_PROLOGUE + cut.text, place.url, _FORMATS[name], expected)
    if feed is None or (not is_sound and not feed.entries):
        return Refusal(reason=Reason.PARSE_ERROR, detail="not well-formed, and no entry could be read")
    listing = _listing(feed, place)
    dropped = listing.entries_dropped + cut.items_dropped
    return listing.model_copy(update={"entries_dropped": dropped, "is_partial": cut.is_partial or not is_sound})


def _opinions(document: str, url: str, form: Format, expected: int) -> tuple[RawFeed | None, bool]:
    """The feed, and whether the document is well-formed. The second parser runs if the first failed, or found
    no entry, less than half of `expected`, an entry without title, or an entry without date
    (docs/explanation/measured-facts.md)."""
    root = parse_tree(document.encode(), url)
    tree = read_tree(root, form) if root is not None else None
    first = read_fast(document.encode(), tree) if tree else None
    if first and len(first.entries) >= max(expected / 2, 1) and all(map(_is_whole, first.entries)):
        return first, True
    return _merged(first, tree, read_second(document, url, form)), root is not None


def _is_whole(entry: RawEntry) -> bool:
    return bool(entry.title and (entry.published or entry.modified))


def _merged(first: RawFeed | None, tree: RawFeed | None, second: RawFeed | None) -> RawFeed | None:
    """The first parser's feed, its empty fields filled from the second's. If the second counts other entries than
    the tree, the parser with more entries wins, on a tie the second."""
    if second is None or tree is None:
        return second or first
    if len(second.entries) != len(tree.entries):
        fewer = first is not None and len(second.entries) < len(first.entries)
        return first if fewer else replace(tree, parser=second.parser, entries=second.entries)
    entries = [with_tree(each, seen) for each, seen in zip(second.entries, tree.entries, strict=True)]
    if first is None:
        return replace(tree, parser=second.parser, entries=tuple(entries))
    filled = [
        replace(
            one,
            title=one.title or other.title,
            summary=one.summary or other.summary,
            published=one.published or other.published,
            modified=one.modified or other.modified,
        )
        for one, other in zip(first.entries, entries, strict=True)
    ]
    return replace(first, parser=f"{first.parser}+{second.parser}", entries=tuple(filled))


def _listing(feed: RawFeed, where: _Place) -> Listing:
    languages = tuple(each for each in (language_of(feed.language), where.language) if each)
    customs = of_software(Customs(where.time_zone, languages, where.country))
    read = [dated(raw, customs) for raw in feed.entries]
    published = believed([entry.published for entry in read], where.at)
    modified = believed([entry.modified for entry in read], where.at)
    entries = [
        DatedEntry(entry.raw, first, last) for entry, first, last in zip(read, published, modified, strict=True)
    ]
    order = newest_first([instant(where.at, entry.published, entry.modified) for entry in entries])
    kept: dict[str, Listed] = {}
    bad_links: list[str] = []
    for place in order[:ENTRIES_AT_MOST]:
        found = listed(entries[place], where.url, where.language or entries[place].raw.language or feed.language)
        if isinstance(found, str):
            bad_links.append(found)
        else:
            kept.setdefault(found.url, found)
    hub = resolved(feed.hub, where.url)
    return Listing(
        format=feed.format,
        entries=tuple(kept.values()),
        title=text_of(feed.title, 500),
        language=language_of(feed.language),
        hub=None if isinstance(hub, Refusal) else hub,
        poll_hint_s=min(max(feed.poll_hint_s, _POLL_S[0]), _POLL_S[1]) if feed.poll_hint_s is not None else None,
        entries_dropped=max(len(entries) - ENTRIES_AT_MOST, 0),
        bad_links=tuple(bad_links),
        parser=feed.parser,
    )
