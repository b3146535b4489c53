"""A listing: the entries of a feed, a sitemap or a section page."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.items.link import EntryFacts

Format = Literal["rss", "rdf", "atom", "json_feed", "urlset", "sitemap_index", "text", "html"]


class Listed(BaseModel):
    """One entry; `url` is absolute, http or https, otherwise as found."""

    model_config = ConfigDict(frozen=True)

    url: str
    facts: EntryFacts = EntryFacts()


class Listing(BaseModel):
    """Entries newest first where dates are known, else in document order. `children` are the sitemaps
    of an index, `children_modified` when each changed last (None: it does not say). `bad_links` are links
    that were refused, as `reason: link`; `entries_dropped` counts entries beyond the cap;
    `charset` is the codec that the text was read by, `broken_chars` how many U+FFFD are in it (None: they were
    not counted, as in sitemaps)."""

    model_config = ConfigDict(frozen=True)

    format: Format
    entries: tuple[Listed, ...] = ()
    children: tuple[str, ...] = ()
    children_modified: tuple[AwareDatetime | None, ...] = ()
    title: str | None = None
    language: str | None = None
    hub: str | None = None
    poll_hint_s: float | None = None
    entries_dropped: int = 0
    bad_links: tuple[str, ...] = ()
    is_partial: bool = False
    charset: str | None = None
    broken_chars: int | None = None
    parser: str
