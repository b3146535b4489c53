"""Links between stories in different languages that tell of the same event."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class LinkEvidenceKind(StrEnum):
    """`IMAGE`, `LINK`: articles of both show this image, or link to this page of another site. `NUMBER`, `TERM`: the
    beginning of a number, or of a name or another word, that both have when written in Latin letters."""

    IMAGE = "image"
    LINK = "link"
    NUMBER = "number"
    TERM = "term"


class LinkEvidence(BaseModel):
    """What two stories have in common. `share`: of a term, its share of their likeness (0 to 1); None: of a URL."""

    model_config = ConfigDict(frozen=True)

    kind: LinkEvidenceKind
    what: str
    share: float | None = None


class StoryLinkDecision(BaseModel):
    """A row of ops.story_link_decisions."""

    model_config = ConfigDict(frozen=True)

    story_id: UUID = Field(description="The story with the smaller id of the two.")
    other_story_id: UUID = Field(description="The story in the other language.")
    language: str = Field(description="Language of story_id; und: not known.")
    other_language: str = Field(description="Language of other_story_id; und: not known.")
    strength: float | None = Field(
        None,
        description="1 where they share an image or a link to another site, else the cosine of their terms in Latin "
        "letters; NULL: they are not linked any more.",
    )
    evidence: tuple[LinkEvidence, ...] = Field((), description="What they have in common, strongest first.")
    step: int = Field(description="The last decision (ops.story_events) before it.")
    run_id: str = Field(description="The run that decided it.")
    at: AwareDatetime = Field(description="When it was decided (UTC).")


class StoryLinkRound(BaseModel):
    """A row of ops.story_link_rounds."""

    model_config = ConfigDict(frozen=True)

    step: int = Field(description="Stories that changed up to this decision (ops.story_events) were compared.")
    run_id: str = Field(description="The run that compared them.")
    at: AwareDatetime = Field(description="When (UTC).")


class StoryLink(BaseModel):
    """A row of main.story_links."""

    model_config = ConfigDict(frozen=True)

    story_id: UUID = Field(description="The story; each pair is there from both sides.")
    language: str = Field(description="Its language; und: not known.")
    other_story_id: UUID = Field(description="A story in another language that tells of the same event.")
    other_language: str = Field(description="The language of other_story_id; und: not known.")
    strength: float = Field(
        description="1 where they share an image or a link to another site, else the cosine of their terms in Latin "
        "letters, .25 to 1."
    )
    evidence: tuple[LinkEvidence, ...] = Field((), description="What they have in common, strongest first.")


class LinksWanted(NamedTuple):
    """What links are looked up by. `open_for`: the time between articles of both stories at most. `strength`,
    `shared`: the least cosine by common terms, and the least number of these. `holders`: stories at most that name an
    image or a page, if it says anything."""

    open_for: timedelta
    strength: float
    shared: int
    holders: int


class SharedTerms(NamedTuple):
    """Two stories in different languages and the products of the weights of their common terms, heaviest first."""

    story_id: UUID
    other_story_id: UUID
    language: str
    other_language: str
    terms: Sequence[str]
    products: Sequence[float]


class SharedUrl(NamedTuple):
    """Two stories in different languages and an image or an outside page that articles of both name. `kind` is a
    value of `LinkEvidenceKind`."""

    story_id: UUID
    other_story_id: UUID
    language: str
    other_language: str
    kind: str
    url: str


class InCommon(NamedTuple):
    """All that the compared stories have in common with others. `stored`: the last decisions on them that hold."""

    terms: Sequence[SharedTerms]
    urls: Sequence[SharedUrl]
    stored: Sequence[StoryLinkDecision]
