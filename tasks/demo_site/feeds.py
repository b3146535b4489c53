"""Feeds: RSS 2.0, Atom, JSON Feed 1.1 and a Google News sitemap of one edition."""

import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from tasks.demo_site.editions import Edition
from tasks.demo_site.outlets import Outlet
from tasks.demo_site.stories import DemoStory

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

ET.register_namespace("atom", ATOM)
ET.register_namespace("dc", DC)
ET.register_namespace("news", NEWS)


def rss(edition: Edition, outlet: Outlet) -> bytes:
    """RSS 2.0; a story stands once for each form of its link, `atom:updated` says that it was modified."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _say(channel, title=outlet.name, link=outlet.url("/"), description=outlet.slogan, language="en-gb")
    stories = edition.listed(outlet, "feed")
    ET.SubElement(channel, "lastBuildDate").text = _rfc822(edition.newest_at(stories), outlet)
    path = next(iter(outlet.feeds))
    ET.SubElement(channel, f"{{{ATOM}}}link", href=outlet.url(path), rel="self", type="application/rss+xml")
    for story in stories:
        for number, suffix in enumerate(story.links):
            guid = f"{outlet.slug}:{story.slug}:{number}"
            channel.append(_rss_entry(story, suffix, guid, edition, outlet))
    return _xml(root)


def _rss_entry(story: DemoStory, suffix: str, guid: str, edition: Edition, outlet: Outlet) -> ET.Element:
    entry = ET.Element("item")
    _say(entry, title=story.title, link=outlet.url(story.path + suffix))
    ET.SubElement(entry, "guid", isPermaLink="false").text = guid
    _say(entry, description=f"<p>{escape(story.teaser)}</p>")
    for name in story.authors or filter(None, (story.agency,)):
        ET.SubElement(entry, f"{{{DC}}}creator").text = name
    for category in (story.section, *story.tags):
        _say(entry, category=category)
    if published := edition.published_at(story):
        _say(entry, pubDate=_rfc822(published, outlet))
    if modified := edition.entry_modified_at(story):
        ET.SubElement(entry, f"{{{ATOM}}}updated").text = _iso(modified, outlet)
    return entry


def atom(edition: Edition, outlet: Outlet) -> bytes:
    """Atom 1.0; `updated` is the publication where nothing was modified, as the format wants one."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": outlet.language})
    stories = edition.listed(outlet, "feed")
    _say(root, id=outlet.url("/"), title=outlet.name, subtitle=outlet.slogan)
    _say(root, updated=_iso(edition.newest_at(stories), outlet))
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=outlet.url(next(iter(outlet.feeds))))
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=outlet.url("/"))
    _say(ET.SubElement(root, "author"), name=outlet.name)
    for story in stories:
        for suffix in story.links:
            root.append(_atom_entry(story, suffix, edition, outlet))
    return _xml(root)


def _atom_entry(story: DemoStory, suffix: str, edition: Edition, outlet: Outlet) -> ET.Element:
    entry = ET.Element("entry")
    _say(entry, id=f"tag:{outlet.host},2026:{story.slug}", title=story.title)
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=outlet.url(story.path + suffix))
    published, modified = edition.published_at(story), edition.entry_modified_at(story)
    if published:
        _say(entry, published=_iso(published, outlet), updated=_iso(modified or published, outlet))
    for name in story.authors or filter(None, (story.agency,)):
        _say(ET.SubElement(entry, "author"), name=name)
    ET.SubElement(entry, "category", term=story.section)
    ET.SubElement(entry, "summary", type="html").text = f"<p>{escape(story.teaser)}</p>"
    return entry


def json_feed(edition: Edition, outlet: Outlet) -> bytes:
    """JSON Feed 1.1, with summaries and no content."""
    stories = edition.listed(outlet, "feed")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "description": outlet.slogan,
        "home_page_url": outlet.url("/"),
        "feed_url": outlet.url(next(iter(outlet.feeds))),
        "language": outlet.language,
        "items": [_json_entry(story, suffix, edition, outlet) for story in stories for suffix in story.links],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_entry(story: DemoStory, suffix: str, edition: Edition, outlet: Outlet) -> dict[str, object]:
    published, modified = edition.published_at(story), edition.entry_modified_at(story)
    said = {
        "id": outlet.url(story.path),
        "url": outlet.url(story.path + suffix),
        "title": story.title,
        "summary": story.teaser,
        "image": outlet.url(f"/media/{story.slug}.svg") if story.caption else None,
        "date_published": published and _iso(published, outlet),
        "date_modified": modified and _iso(modified, outlet),
        "authors": [{"name": name} for name in story.authors],
        "tags": [story.section, *story.tags],
    }
    return {key: value for key, value in said.items() if value}


def news_sitemap(edition: Edition, outlet: Outlet) -> bytes:
    """A Google News sitemap; `lastmod` only where a story was modified."""
    root = ET.Element("urlset", {"xmlns": SITEMAP})
    for story in edition.listed(outlet, "sitemap"):
        url = ET.SubElement(root, "url")
        _say(url, loc=outlet.url(story.path))
        if modified := edition.entry_modified_at(story):
            _say(url, lastmod=_iso(modified, outlet))
        url.append(_news_block(story, edition, outlet))
    return _xml(root)


def _news_block(story: DemoStory, edition: Edition, outlet: Outlet) -> ET.Element:
    block = ET.Element(f"{{{NEWS}}}news")
    publication = ET.SubElement(block, f"{{{NEWS}}}publication")
    ET.SubElement(publication, f"{{{NEWS}}}name").text = outlet.name
    ET.SubElement(publication, f"{{{NEWS}}}language").text = story.language or outlet.language
    if published := edition.published_at(story):
        ET.SubElement(block, f"{{{NEWS}}}publication_date").text = _iso(published, outlet)
    ET.SubElement(block, f"{{{NEWS}}}title").text = story.title
    return block


WRITERS: dict[str, tuple[str, Callable[[Edition, Outlet], bytes]]] = {
    "rss": ("application/rss+xml; charset=utf-8", rss),
    "atom": ("application/atom+xml; charset=utf-8", atom),
    "json": ("application/feed+json", json_feed),
    "sitemap": ("application/xml", news_sitemap),
}
"""Content-Type and writer by format."""


def listed_stories(kind: str, edition: Edition, outlet: Outlet) -> tuple[DemoStory, ...]:
    """The stories that a feed of the format lists, newest first."""
    return edition.listed(outlet, "sitemap" if kind == "sitemap" else "feed")


def listed_urls(kind: str, edition: Edition, outlet: Outlet) -> tuple[str, ...]:
    """The links of the feed of that format, as written in it, newest first."""
    stories = listed_stories(kind, edition, outlet)
    if kind == "sitemap":
        return tuple(outlet.url(story.path) for story in stories)
    return tuple(outlet.url(story.path + suffix) for story in stories for suffix in story.links)


def _say(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _iso(at: datetime, outlet: Outlet) -> str:
    return at.astimezone(outlet.zone).isoformat()


def _rfc822(at: datetime, outlet: Outlet) -> str:
    return format_datetime(at.astimezone(outlet.zone))


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
