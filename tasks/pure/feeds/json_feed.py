"""Reads JSON Feed 1.x. A value of the wrong type counts as absent."""

import json
from collections.abc import Iterator, Mapping

import orjson

from schemas.items.outcome import Reason, Refusal
from tasks.pure.feeds.alternates import Alternate
from tasks.pure.feeds.raw import RawEnclosure, RawEntry, RawFeed, text_at, written

_WRONG = Refusal(reason=Reason.WRONG_TYPE, detail="JSON, but no JSON Feed")


def read_json(text: str) -> RawFeed | Refusal:
    """The feed. Refuses WRONG_TYPE for other JSON, such as an error document; PARSE_ERROR for text that is not
    JSON, is nested too deep, or is truncated."""
    root = _loaded(text)
    if isinstance(root, Refusal):
        return root
    if not isinstance(root, dict) or not _is_feed(root):
        return _WRONG
    return RawFeed(
        format="json_feed",
        parser="orjson",
        entries=tuple(_entry(each) for each in _tables(root.get("items"))),
        title=text_at(root, "title"),
        language=text_at(root, "language"),
        hub=next((url for each in _tables(root.get("hubs")) if (url := text_at(each, "url"))), None),
    )


def _loaded(text: str) -> object:
    """Parsed by orjson, else by the standard library, which accepts NaN and lone surrogates. A Refusal if both
    fail."""
    root: object
    try:
        root = orjson.loads(text)
        return root
    except ValueError as error:
        fault = str(error)
    try:
        root = json.loads(text, parse_constant=lambda _: None)
        return root
    except (ValueError, RecursionError):
        return Refusal(reason=Reason.PARSE_ERROR, detail=f"no JSON: {fault[:200]}")


def _is_feed(root: Mapping[str, object]) -> bool:
    return "jsonfeed.org/version/" in str(root.get("version", ""))[:200] and isinstance(root.get("items"), list)


def _tables(value: object) -> Iterator[dict[str, object]]:
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def _entry(found: Mapping[str, object]) -> RawEntry:
    guid = _scalar(found.get("id"))
    return RawEntry(
        title=text_at(found, "title"),
        summary=text_at(found, "summary", "content_text", "content_html"),
        alternates=tuple(Alternate(url) for name in ("url", "external_url") if (url := text_at(found, name))),
        fallback_links=(guid,) if guid else (),
        guid=guid,
        published=_scalar(found.get("date_published")),
        modified=_scalar(found.get("date_modified")),
        language=text_at(found, "language"),
        image=text_at(found, "image", "banner_image"),
        authors=tuple(_authors(found)),
        categories=tuple(_texts(found.get("tags"))),
        enclosures=tuple(_enclosures(found)),
    )


def _scalar(value: object) -> str | None:
    """Text, or an integer as text: feeds write IDs and epoch times as either."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else written(value)


def _texts(value: object) -> Iterator[str]:
    return (text for each in (value if isinstance(value, list) else ()) if (text := written(each)))


def _authors(found: Mapping[str, object]) -> Iterator[str]:
    """`authors` of version 1.1, then `author` of 1.0: objects with a name, or plain strings, as some feeds write."""
    several = found.get("authors")
    for each in (*(several if isinstance(several, list) else ()), found.get("author")):
        name = text_at(each, "name") if isinstance(each, dict) else written(each)
        if name:
            yield name


def _enclosures(found: Mapping[str, object]) -> Iterator[RawEnclosure]:
    for each in _tables(found.get("attachments")):
        url = text_at(each, "url")
        if url:
            yield RawEnclosure(url, text_at(each, "mime_type"), _scalar(each.get("size_in_bytes")))
