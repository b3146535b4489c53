"""Feeds of exported rows: RSS 2.0 and JSON Feed 1.1."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from lxml import etree

from tasks.pure.reports.exports.cells import xml_text
from tasks.pure.text.escaping import web_href

_LOOKS_LIKE_TAG = re.compile(r"<[a-z/!?]", re.IGNORECASE)
SUMMARY_CHARS = 500
"""Characters of an item's description, where the article has no standfirst."""
_DC = "http://purl.org/dc/elements/1.1/"


def rss(title: str, description: str, link: str, at: datetime, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The feed, an item a row in the order given. `at`: when it was made. A row without a web address has no link.

    RSS 2.0 lets a description be HTML, so that its text is escaped as HTML; titles are plain text, and only one that
    a reader could take for markup is escaped."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"dc": _DC})
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", title)
    _add(channel, "link", link)
    _add(channel, "description", description)
    _add(channel, "lastBuildDate", format_datetime(at))
    for row in rows:
        _item(channel, row)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _item(channel: Any, row: Mapping[str, Any]) -> None:
    item = etree.SubElement(channel, "item")
    title = _title(row)
    _add(item, "title", escape(title, quote=False) if _LOOKS_LIKE_TAG.search(title) else title)
    if href := web_href(str(row.get("canonical_url") or row.get("url") or "")):
        _add(item, "link", href)
    if row.get("article_id"):
        _add(item, "guid", f"urn:uuid:{row['article_id']}").set("isPermaLink", "false")
    if summary := row.get("dek") or _beginning(row.get("body")):
        _add(item, "description", escape(str(summary), quote=False))
    if isinstance(at := row.get("published_at"), datetime):
        _add(item, "pubDate", format_datetime(at))
    for author in row.get("authors") or ():
        _add(item, f"{{{_DC}}}creator", str(author))
    for word in dict.fromkeys([row.get("section"), *(row.get("tags") or ())]):
        if word:
            _add(item, "category", str(word))
    if source := row.get("source"):
        _add(item, f"{{{_DC}}}publisher", str(source))


def _beginning(body: object) -> str:
    text = " ".join(str(body or "").split())
    return text if len(text) <= SUMMARY_CHARS else f"{text[:SUMMARY_CHARS].rsplit(' ', 1)[0]} …"


def _add(parent: Any, name: str, text: str) -> Any:
    one = etree.SubElement(parent, name)
    one.text = xml_text(text)
    return one


def json_feed(title: str, home: str, url: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The feed as a JSON Feed (version 1.1), an item a row in the order given; all texts are plain ones."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": url,
        "items": [_json_item(number, row) for number, row in enumerate(rows)],
    }


def _json_item(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    href = web_href(str(row.get("canonical_url") or row.get("url") or ""))
    at = row.get("published_at")
    item = {
        "id": f"urn:uuid:{row['article_id']}" if row.get("article_id") else href or str(number),
        "url": href,
        "title": _title(row),
        "content_text": str(row.get("dek") or _beginning(row.get("body"))),
        "date_published": at.isoformat() if isinstance(at, datetime) else None,
        "authors": [{"name": str(author)} for author in row.get("authors") or ()],
        "tags": [str(word) for word in dict.fromkeys([row.get("section"), *(row.get("tags") or ())]) if word],
        "language": row.get("language"),
    }
    return {name: value for name, value in item.items() if value not in (None, [])}


def _title(row: Mapping[str, Any]) -> str:
    return str(row.get("title") or row.get("headline") or row.get("url") or "")
