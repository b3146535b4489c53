"""A place: a URL where a site may list its articles, how it became known, and the entries found there."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Format, Listing


class SaidBy(StrEnum):
    """How it became known that a site may list articles at a URL. `CUSTOM`: many sites use this path."""

    PERSON = "person"
    ALTERNATE = "alternate"
    ROBOTS = "robots"
    ANCHOR = "anchor"
    CUSTOM = "custom"


class Place(NamedTuple):
    """A URL to ask for a listing."""

    url: str
    kind: UrlKind
    said_by: SaidBy = SaidBy.PERSON


class Front(BaseModel):
    """Facts of a site's front page. `site_name` is the name that the page gives, `language` BCP 47; None: not given.
    `feeds` are those of `<link rel=alternate>` first, then anchors that look like feeds."""

    model_config = ConfigDict(frozen=True)

    site_name: str | None = None
    title: str | None = None
    language: str | None = None
    feeds: tuple[Place, ...] = ()


class SurveyedPlace(BaseModel):
    """A place that was requested, and its listing or the refusal."""

    model_config = ConfigDict(frozen=True)

    place: Place
    found: Listing | Refusal


class Survey(BaseModel):
    """The places found around a URL. `homepage` is the site's address after redirects; `front` is None
    where the URL itself lists articles, so that no page was read."""

    model_config = ConfigDict(frozen=True)

    homepage: str
    front: Front | None = None
    looked: tuple[SurveyedPlace, ...] = ()


class Candidate(BaseModel):
    """A place that was requested, for people. `entries` counts links and the sitemaps of an index;
    `newest_at` is the newest date that they give (None: they give none)."""

    model_config = ConfigDict(frozen=True)

    url: str
    kind: UrlKind
    said_by: SaidBy
    reason: Reason
    detail: str | None = None
    format: Format | None = None
    title: str | None = None
    entries: int = 0
    newest_at: AwareDatetime | None = None
    hub: str | None = None

    @classmethod
    def of(cls, looked: SurveyedPlace) -> Self:
        """The row of a place that was requested."""
        place, found = looked.place, looked.found
        if isinstance(found, Refusal):
            return cls(**place._asdict(), reason=found.reason, detail=found.detail)
        return cls(
            **place._asdict(),
            reason=Reason.OK,
            format=found.format,
            title=found.title,
            entries=len(found.entries) + len(found.children),
            newest_at=newest_date(found),
            hub=found.hub,
        )


def newest_date(listing: Listing) -> datetime | None:
    """The latest instant that an entry gives, or None."""
    said = (each for entry in listing.entries for each in (entry.facts.published, entry.facts.modified))
    return max((each.at for each in said if each and each.at), default=None)
