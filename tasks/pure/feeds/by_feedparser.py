"""Reads a feed with feedparser, the second parser, which reads broken XML too and is 91 times slower
(docs/explanation/measured-facts.md)."""

import re
import warnings
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import feedparser

from schemas.sources.listing import Format
from tasks.pure.feeds.alternates import Alternate
from tasks.pure.feeds.by_fastfeedparser import FAULTS
from tasks.pure.feeds.raw import RawEnclosure, RawEntry, RawFeed, text_at

_LONG_AUTHOR = re.compile(
    r"(<(?:[\w.\-]+:)?(?:author|creator|contributor|managingEditor|webMaster|name|email)\b[^<>]{0,200}>"
    r"\s{0,9}(?:<!\[CDATA\[)?[^<\]]{300})[^<\]]+"
)
"""The part of an author to remove: feedparser 6.0.14 takes 4 s to search 40 KB for an e-mail address (measured)."""


def read_second(text: str, url: str, form: Format) -> RawFeed | None:
    """The feed as feedparser reads it, with absolute links; None: feedparser failed. It gets bytes in
    memory, so it never opens a path or a URL."""
    document = _LONG_AUTHOR.sub(r"\1", text).encode()
    try:
        with warnings.catch_warnings(action="ignore"):
            found = feedparser.parse(
                BytesIO(document),
                sanitize_html=False,
                resolve_relative_uris=False,
                response_headers={"content-location": url, "content-type": "application/xml; charset=utf-8"},
            )
    except FAULTS:
        return None
    head = found.feed
    return RawFeed(
        format=form,
        parser="feedparser",
        entries=tuple(_entry(each) for each in found.entries),
        title=text_at(head, "title"),
        language=text_at(head, "language"),
        hub=next((text_at(link, "href") for link in head.get("links", ()) if link.get("rel") == "hub"), None),
    )


def _entry(found: Mapping[str, Any]) -> RawEntry:
    fields = dict(found.items())
    content = fields.get("content") or [{}]
    guid = text_at(fields, "id")
    return RawEntry(
        title=text_at(fields, "title"),
        summary=text_at(fields, "summary") or text_at(content[0], "value"),
        alternates=tuple(_alternates(fields)),
        fallback_links=(guid,) if guid else (),
        guid=guid,
        published=text_at(fields, "published", "created"),
        modified=text_at(fields, "updated"),
        language=text_at(fields, "language"),
        image=_image(fields),
        authors=tuple(name for each in fields.get("authors", ()) if (name := text_at(each, "name"))),
        categories=tuple(term for each in fields.get("tags", ()) if (term := text_at(each, "term"))),
        enclosures=tuple(_enclosures(fields)),
    )


def _alternates(fields: Mapping[str, Any]) -> Iterator[Alternate]:
    """All alternate links; feedparser itself takes the last."""
    for each in fields.get("links", ()):
        if each.get("rel") == "alternate" and (href := text_at(each, "href")):
            yield Alternate(href, None, text_at(each, "type"), text_at(each, "hreflang"))


def _enclosures(fields: Mapping[str, Any]) -> list[RawEnclosure]:
    return [
        RawEnclosure(href, text_at(each, "type"), text_at(each, "length"))
        for each in fields.get("links", ())
        if each.get("rel") == "enclosure" and (href := text_at(each, "href"))
    ]


def _image(fields: Mapping[str, Any]) -> str | None:
    for each in fields.get("media_content", ()):
        if (text_at(each, "type") or "").startswith("image/") or each.get("medium") == "image":
            return text_at(each, "url")
    return next((text_at(each, "url") for each in fields.get("media_thumbnail", ())), None)
