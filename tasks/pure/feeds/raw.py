"""A feed as a parser saw it, before anything in it is believed: strings as they were written."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.sources.listing import Format


@dataclass(frozen=True, slots=True)
class RawEnclosure:
    """A file as an entry names it."""

    url: str
    media_type: str | None = None
    length: str | None = None


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One item or entry. `link` is relative to `base`; `fallback_link` stands for it where it is missing
    (a permalink GUID). Title and summary may hold markup. None: the parser saw none."""

    title: str | None = None
    summary: str | None = None
    link: str | None = None
    base: str | None = None
    fallback_link: str | None = None
    guid: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    image: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[RawEnclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class RawFeed:
    """A feed's head and its entries in document order. `poll_hint_s` is what the feed asks for, in
    seconds, not yet clamped."""

    format: Format
    parser: str
    entries: tuple[RawEntry, ...] = ()
    title: str | None = None
    language: str | None = None
    hub: str | None = None
    poll_hint_s: float | None = None


def written(value: object) -> str | None:
    """Text that is there, stripped; None for anything else, so for wrong types too."""
    return value.strip() or None if isinstance(value, str) else None


def text_at(table: Mapping[str, object], *names: str) -> str | None:
    """The first text among these keys."""
    return next((text for name in names if (text := written(dict(table).get(name)))), None)
