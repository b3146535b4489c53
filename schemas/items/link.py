"""A link: one URL that discovery found, with the facts that its feed or sitemap gives."""

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import md5

from pydantic import AwareDatetime, BaseModel, ConfigDict

AHEAD_AT_MOST = timedelta(hours=24)
"""A date further ahead of the moment at which it was read is wrong (docs/explanation/hostile-web.md E16); a day
covers every time zone and clocks that are set wrong."""


class UrlKind(StrEnum):
    """What a URL is asked for."""

    ROBOTS = "robots"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    ARTICLE = "article"
    REDIRECT = "redirect"
    HUB = "hub"
    ARCHIVE = "archive"


class Precision(StrEnum):
    """How exactly an instant is known. `DAY`: only the date is known, stored as its midnight in UTC."""

    SECOND = "second"
    DAY = "day"


class Dated(BaseModel):
    """A date as it was written, and the instant it means (None: it could not be trusted)."""

    model_config = ConfigDict(frozen=True)

    raw: str
    at: AwareDatetime | None = None
    precision: Precision | None = None


class Enclosure(BaseModel):
    """A media file that an entry names. It is never fetched."""

    model_config = ConfigDict(frozen=True)

    url: str
    media_type: str | None = None
    length_bytes: int | None = None


class EntryFacts(BaseModel):
    """The facts that a feed entry or a sitemap's news block gives of an article, as text without HTML."""

    model_config = ConfigDict(frozen=True)

    title: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    guid: str | None = None
    published: Dated | None = None
    modified: Dated | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    image_url: str | None = None

    @property
    def summary_md5(self) -> str | None:
        """MD5 (hex) of the summary, by which the warehouse compares it; None: there is none."""
        return md5(self.summary.encode(), usedforsecurity=False).hexdigest() if self.summary else None


class Link(BaseModel):
    """`url` is kept as found, made absolute; `found_in` is the feed's or sitemap's URL, or the name
    of a list; `found_at` is UTC; `known_as` is the canonical URL of the article that moved here, which
    stays its identity (None: it is no known article). `canonical_form` is the URL's own, where it differs
    (None: it does not, or was not made yet: the load does)."""

    model_config = ConfigDict(frozen=True)

    url: str
    source: str
    kind: UrlKind = UrlKind.ARTICLE
    found_in: str
    found_at: AwareDatetime
    entry: EntryFacts = EntryFacts()
    known_as: str | None = None
    canonical_form: str | None = None

    def newest_date(self) -> datetime | None:
        """The latest instant that the entry gives, or None. One more than a day after the link was found orders
        nothing (docs/explanation/hostile-web.md E16); the entry keeps it."""
        latest = self.found_at + AHEAD_AT_MOST
        dates = [d.at for d in (self.entry.modified, self.entry.published) if d and d.at and d.at <= latest]
        return max(dates, default=None)
