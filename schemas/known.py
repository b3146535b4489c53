"""What the warehouse remembers of an article's URL or GUID when discovery meets it again."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.outcome import Reason


class KnownUrl(BaseModel):
    """`entry_newest_at` is the newest date that the entry gave when the URL was last taken up; validators
    are those of the last answer with a body."""

    model_config = ConfigDict(frozen=True)

    source: str
    url: str
    last_reason: Reason
    last_at: AwareDatetime
    last_status: int | None = None
    entry_newest_at: AwareDatetime | None = None
    published_at: AwareDatetime | None = None
    article_id: UUID | None = None
    version: int | None = None
    etag: str | None = None
    last_modified: str | None = None


class KnownGuid(BaseModel):
    """A GUID under which the feed `found_in` listed `url` and its page was captured. `canonical_url` is the
    article's that came of it; None: none did."""

    model_config = ConfigDict(frozen=True)

    source: str
    found_in: str
    guid: str
    url: str
    title: str | None = None
    canonical_url: str | None = None


class CanonicalClaim(BaseModel):
    """A page that gave a version of the article `canonical_url`; `url` is the page's, as found."""

    model_config = ConfigDict(frozen=True)

    canonical_url: str
    url: str
    body_hash: str


class LookAlike(BaseModel):
    """A short version that the source gave before."""

    model_config = ConfigDict(frozen=True)

    canonical_url: str
    title: str
    fingerprint: str


class LeftOver(BaseModel):
    """A feed that holds links which a run took up and did not get to."""

    model_config = ConfigDict(frozen=True)

    source: str
    found_in: str
