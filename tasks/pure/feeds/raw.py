"""A feed as the parser returns it: strings as written, with no date or URL checked yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.sources.listing import Format


@dataclass(frozen=True, slots=True)
class RawEnclosure:
    """A file that an entry names. `length` is in bytes, as written. None: not stated."""

    url: str
    media_type: str | None = None
    length: str | None = None


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One item or entry. `link` is relative to `base`; `fallback_link`, a GUID that is a URL, replaces a
    missing link. Title and summary may hold markup. None: the parser found none."""

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
    """A feed's head and its entries in document order. `poll_hint_s`: the seconds between polls that the
    feed asks for, not yet limited."""

    format: Format
    parser: str
    entries: tuple[RawEntry, ...] = ()
    title: str | None = None
    language: str | None = None
    hub: str | None = None
    poll_hint_s: float | None = None


def written(value: object) -> str | None:
    """`value` stripped, if it is a string that is not blank; else None."""
    return value.strip() or None if isinstance(value, str) else None


def text_at(table: Mapping[str, object], *names: str) -> str | None:
    """The first string that is not blank under these keys; None: there is none."""
    return next((text for name in names if (text := written(dict(table).get(name)))), None)
