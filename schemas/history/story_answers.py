"""What `newsdesk stories` tells: stories of the day, and the headlines of one."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.history.stories import StoryEventKind, TermShare
from schemas.history.story_links import LinkEvidence


class StoryLine(BaseModel):
    """A story in a list. `weight` is its place in the list: outlets, halved for every 12 hours since its last
    article."""

    model_config = ConfigDict(frozen=True)

    story_id: UUID
    language: str | None = None
    headline: str
    outlets: int
    articles: int
    sources: tuple[str, ...]
    first_seen_at: AwareDatetime
    first_at: AwareDatetime
    last_at: AwareDatetime
    weight: float


class StoryMember(BaseModel):
    """An article of a story. `duplicate_of`: the article whose text it has. `shared`: why it joined; empty where it
    began the story."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    title: str
    source: str
    url: str
    at: AwareDatetime
    duplicate_of: UUID | None = None
    cosine: float | None = None
    shared: tuple[TermShare, ...] = ()


class StoryDecision(BaseModel):
    """A merge of another story into this one, or an article that a person took out, or may take out."""

    model_config = ConfigDict(frozen=True)

    step: int
    kind: StoryEventKind
    other_story_id: UUID | None = None
    article_id: UUID | None = None
    cosine: float | None = None
    shared: tuple[TermShare, ...] = ()
    why: str | None = None
    at: AwareDatetime


class LinkedStory(BaseModel):
    """A story in another language that tells of the same event. `strength`: as in main.story_links."""

    model_config = ConfigDict(frozen=True)

    story_id: UUID
    language: str
    headline: str
    outlets: int
    strength: float
    evidence: tuple[LinkEvidence, ...] = ()


class StoryTold(BaseModel):
    """One story: its articles by publication (else fetch), oldest first, what was decided about it, and the stories
    in other languages, strongest link first."""

    model_config = ConfigDict(frozen=True)

    story: StoryLine
    members: tuple[StoryMember, ...]
    decisions: tuple[StoryDecision, ...] = Field(())
    links: tuple[LinkedStory, ...] = ()
