"""A feed as the parser returns it: strings as written, with no date or URL checked yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.sources.listing import Format
from tasks.pure.feeds.alternates import Alternate


@dataclass(frozen=True, slots=True)
class RawEnclosure:
    """A file that an entry names. `length` is in bytes, as written. None: not stated."""

    url: str
    media_type: str | None = None
    length: str | None = None


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One item or entry. `link`, a link written as text, is relative to `base`; `alternates` are links with a type
    and a language, in document order. `fallback_links`, GUIDs that may be URLs, the surest first, replace a missing
    link. Title and summary may hold markup. None: the parser found none."""

    title: str | None = None
    summary: str | None = None
    link: str | None = None
    base: str | None = None
    alternates: tuple[Alternate, ...] = ()
    fallback_links: tuple[str, ...] = ()
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
