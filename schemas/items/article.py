"""An article: what readers of the warehouse read. A field is declared here, once: its column, its
comment, its record rules, its expectations and its line in the data dictionary derive from this."""

from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.items.field_use import ORIGIN, PARTICULARS, Use
from schemas.items.link import AHEAD_AT_MOST, Precision
from schemas.items.mention import Mention
from schemas.settings import POLICIES

AUTHORS_AT_MOST = 20
"""docs/explanation/hostile-web.md E19."""
BODY_CHARS_AT_LEAST = 20
"""Characters and not words, so that it holds for every script (docs/explanation/hostile-web.md G16); a caption has
more."""


class Completeness(StrEnum):
    """How much of the article the page gave. `UNKNOWN`: something speaks against a whole text, and is too little to
    say what the page is instead."""

    FULL = "full"
    TEASER = "teaser"
    PAYWALLED = "paywalled"
    CONSENT = "consent"
    CHALLENGE = "challenge"
    SOFT_404 = "soft_404"
    LIVEBLOG = "liveblog"
    OTHER = "other"
    UNKNOWN = "unknown"


MAY_BE_WHOLE = frozenset((Completeness.FULL, Completeness.UNKNOWN))
"""Texts that may be compared as whole ones: briefs are of unknown completeness, and have copies, too."""


class Origin(StrEnum):
    """Where a piece of evidence was read. For dates: the most trusted place first."""

    JSON_LD = "json_ld"
    META = "meta"
    TIME_ELEMENT = "time_element"
    FEED = "feed"
    SITEMAP = "sitemap"
    URL = "url"
    TEXT = "text"


class Cause(StrEnum):
    """Why a version was made. `EARLIER`: a backfill loaded a capture that is older than the versions known before."""

    FIRST = "first"
    CHANGED = "changed"
    EARLIER = "earlier"
    REPLAYED = "replayed"


class Notice(StrEnum):
    """A notice in the text that the article was retracted or removed. `REMOVAL` is found in short texts only."""

    RETRACTION = "retraction"
    REMOVAL = "removal"


PUBLISHED, MODIFIED = "published_at", "modified_at"
"""The fields of an article that have evidence of dates."""


class Evidence(BaseModel):
    """One statement of a date, or an agency, outlet or desk that is credited as author; `chosen` marks the one
    that the field was taken from."""

    model_config = ConfigDict(frozen=True)

    field: str
    origin: Origin
    raw: str
    at: AwareDatetime | None = None
    precision: Precision | None = None
    chosen: bool = False


class OutLink(BaseModel):
    """One link in an article's body."""

    model_config = ConfigDict(frozen=True)

    url: str
    text: str | None = None


class Article(BaseModel):
    """An article as one capture shows it, before the load makes it a version. `None`: the publisher did not say."""

    model_config = ConfigDict(frozen=True)

    article_id: Annotated[UUID, ORIGIN] = Field(
        description="uuid5 (URL namespace) of canonical_url; the article's key."
    )
    source: Annotated[str, PARTICULARS] = Field(
        min_length=1, max_length=64, description="Slug of the source that it was found by."
    )
    url: Annotated[str, ORIGIN] = Field(pattern="^https?://", max_length=4096, description="The URL as it was found.")
    canonical_url: Annotated[str, PARTICULARS] = Field(
        pattern="^https?://",
        max_length=4096,
        description="Canonical form of the URL; identity of the article.",
    )
    title: str = Field(min_length=1, max_length=500, description="Headline, without the site's suffix.")
    dek: str | None = Field(
        None, min_length=1, max_length=2000, description="Standfirst below the headline; NULL: none."
    )
    body: str = Field(
        min_length=BODY_CHARS_AT_LEAST, description="Text, paragraphs separated by one empty line; never HTML."
    )
    authors: Annotated[tuple[str, ...], Field(max_length=AUTHORS_AT_MOST)] = Field(
        (), description="People named as authors, in the page's order; empty: none named."
    )
    published_at: AwareDatetime | None = Field(
        None, description="First publication (UTC); a day's midnight where only the day is known."
    )
    published_precision: Annotated[Precision | None, PARTICULARS] = Field(
        None, description="second or day; NULL: no date."
    )
    modified_at: AwareDatetime | None = Field(None, description="Last change, as the publisher says (UTC).")
    modified_precision: Annotated[Precision | None, PARTICULARS] = Field(
        None, description="second or day; NULL: no date."
    )
    evidence: Annotated[tuple[Evidence, ...], ORIGIN] = Field(
        (),
        description="Every date that was found, and which was chosen; and, as field authors, agencies that are "
        "credited beside people, or agencies, outlets and desks where nobody is named.",
    )
    language: str | None = Field(
        None, pattern=r"^[a-z]{2,3}$", description="ISO 639 code of the text; NULL: the detector abstained."
    )
    section: str | None = Field(None, min_length=1, description="Section, as the publisher names it.")
    tags: tuple[str, ...] = Field(
        (), description="Keywords, as the page gives them; where it has none, the categories of its feed entry."
    )
    image_url: str | None = Field(None, pattern="^https?://", description="Lead image; never fetched.")
    completeness: Completeness = Field(description="How much of the article the page gave.")
    completeness_evidence: Annotated[tuple[str, ...], ORIGIN] = Field(
        (), description="The signs on the page that completeness was decided from."
    )
    policies: Annotated[tuple[str, ...], PARTICULARS] = Field(
        (),
        description=f"What the publisher reserves, by headers, metas or files of the host: {', '.join(POLICIES)}.",
    )
    word_count: Annotated[int, PARTICULARS] = Field(
        ge=1, description="Words of the body; for scripts without spaces, characters / 2."
    )
    body_hash: Annotated[str, ORIGIN] = Field(
        pattern="^[0-9a-f]{64}$",
        description="SHA-256 (hex) of title and body in NFC with white space folded; decides on versions.",
    )
    fingerprint: Annotated[str | None, Use(in_changes=False, in_replays=False)] = Field(
        None, pattern="^[0-9a-f]{16}$", description="64-bit simhash (hex) of the body's word 3-grams."
    )
    extractor: Annotated[str, ORIGIN] = Field(min_length=1, description="What extracted the text.")
    extractor_version: Annotated[str, ORIGIN] = Field(min_length=1, description="Its version.")
    config_hash: Annotated[str, ORIGIN] = Field(min_length=1, description="Hash of the extraction's configuration.")
    capture_id: Annotated[UUID, ORIGIN] = Field(description="The capture it was read from.")
    fetched_at: Annotated[AwareDatetime, ORIGIN] = Field(description="When the capture was fetched (UTC).")
    notice: Annotated[Notice | None, PARTICULARS] = Field(
        None, description="retraction or removal, where the text says so of itself (ops.events has what came of it)."
    )
    links_out: Annotated[tuple[OutLink, ...], ORIGIN] = Field(
        (), exclude=True, description="Links in the body; rows of main.links_out, not a column."
    )
    text_groups: Annotated[int, ORIGIN] = Field(
        0, ge=0, exclude=True, description="groups of main.text_samples; 0: not counted yet, no column."
    )
    text_hashes: Annotated[tuple[int, ...], ORIGIN] = Field(
        (), exclude=True, description="grams of main.text_samples; empty: not hashed yet, no column."
    )
    mentions: Annotated[tuple[Mention, ...] | None, ORIGIN] = Field(
        None,
        exclude=True,
        description="What title and body mention; a row of main.version_mentions, no column. None: not looked for.",
    )

    @model_validator(mode="after")
    def _not_from_the_future(self) -> Self:
        """Refuse a date more than 24 h after the fetch (docs/explanation/hostile-web.md E16)."""
        if self.published_at and self.published_at > self.fetched_at + AHEAD_AT_MOST:
            raise PydanticCustomError("published_in_future", "published_at is over 24 h after fetched_at")
        return self


class ArticleVersion(Article):
    """A row of main.article_versions."""

    version: int = Field(
        ge=1, description="1 for the first text loaded, then one more for each; fetched_at orders them in time."
    )
    run_id: str = Field(description="The run that loaded it.")
    loaded_at: AwareDatetime = Field(description="When it was loaded (UTC).")
    cause: Cause | None = Field(
        None, description="Why it was made: first, changed, earlier (backfilled) or replayed; NULL: not recorded."
    )
    compared_with: int | None = Field(
        None, ge=1, description="The version that changes are counted against; NULL: none was fetched before."
    )
    changed_fields: tuple[str, ...] = Field((), description="Fields that differ from version compared_with.")
    words_added: int | None = Field(
        None, ge=0, description="Words of title and body that are not in version compared_with, with repeats."
    )
    words_removed: int | None = Field(
        None, ge=0, description="Words of title and body that are only in version compared_with, with repeats."
    )
    similarity: float | None = Field(
        None, ge=0, le=1, description="Share of words in common with it, 0 to 1; their order does not count."
    )
    supersedes: int | None = Field(
        None,
        ge=1,
        description="The version of the same capture that this one, extracted again, replaces; NULL: none.",
    )
    page_id: UUID | None = Field(
        None,
        description="uuid5 of the page's own canonical URL, where ops.identities assigns it to another article.",
    )
    credited_agency: str | None = Field(
        None,
        description="News agency that the text credits: in its authors, dateline or credit line; NULL: none told, or "
        "loaded by a version of Newsdesk that did not look.",
    )
