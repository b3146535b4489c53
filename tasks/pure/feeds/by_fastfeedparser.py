"""Reads a feed with fastfeedparser, the first parser, and fills the fields that it drops from the XML tree."""

import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import fastfeedparser

from tasks.pure.feeds.raw import RawEnclosure, RawEntry, RawFeed, text_at, written

FAULTS = (ValueError, SyntaxError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""Exceptions that both parsers raise on broken input: such a parser gives no result, and the run goes on."""


def read_fast(document: bytes, tree: RawFeed) -> RawFeed | None:
    """The tree's head with the entries of both; None: the parser failed or counts other entries than the tree."""
    try:
        with warnings.catch_warnings(action="ignore"):
            found: list[Mapping[str, Any]] = fastfeedparser.parse(document).entries
    except FAULTS:
        return None
    if len(found) != len(tree.entries):
        return None
    entries = zip((_entry(each) for each in found), tree.entries, strict=True)
    return replace(tree, parser="fastfeedparser", entries=tuple(with_tree(each, seen) for each, seen in entries))


def with_tree(entry: RawEntry, seen: RawEntry) -> RawEntry:
    """The parser's `entry`, with links, base and GUID from the tree's entry `seen`, and its texts, authors, language
    and dates where `seen` has them."""
    return replace(
        entry,
        title=seen.title or entry.title,
        summary=seen.summary or entry.summary,
        link=seen.link,
        base=seen.base,
        alternates=seen.alternates,
        fallback_links=seen.fallback_links,
        guid=seen.guid,
        published=seen.published or entry.published,
        modified=seen.modified or entry.modified,
        language=seen.language or entry.language,
        authors=seen.authors or entry.authors,
    )


def _entry(found: Mapping[str, Any]) -> RawEntry:
    content = found.get("content") or [{}]
    return RawEntry(
        title=written(found.get("title")),
        summary=written(found.get("description")) or text_at(content[0], "value"),
        image=_image(found),
        categories=tuple(term for tag in found.get("tags", ()) if (term := text_at(tag, "term"))),
        enclosures=tuple(
            RawEnclosure(str(each["url"]), text_at(each, "type"), str(each.get("length")))
            for each in found.get("enclosures", ())
            if text_at(each, "url")
        ),
    )


def _image(found: Mapping[str, Any]) -> str | None:
    """URL of the first image among Media RSS contents and thumbnails."""
    media: list[Mapping[str, Any]] = found.get("media_content", [])
    for each in media:
        if (text_at(each, "type") or "").startswith("image/") or each.get("medium") == "image":
            return text_at(each, "url")
    return next((text for each in media if (text := text_at(each, "thumbnail_url"))), None)
