"""Stories: which articles tell of one event, why, and what the next article is compared with."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

STEPS_AN_ARTICLE = 10_000
"""Numbers of decisions that belong to one placed article: its own is the first, the others are for merges that follow
it and for what people decide before the next article."""
NO_LANGUAGE = "und"
"""In place of a language that the detector did not name (BCP 47)."""


class StoryEventKind(StrEnum):
    """`BEGAN`: the article is the first of its story. `JOINED`: it is of a story that was there. `MERGED`: two
    stories are one. `UNDONE`: a person took the article out of its story, for good. `SPLIT_PROPOSED`: articles of the
    story look like a story of their own; nothing was changed."""

    BEGAN = "began"
    JOINED = "joined"
    MERGED = "merged"
    UNDONE = "undone"
    SPLIT_PROPOSED = "split_proposed"


class TermShare(BaseModel):
    """A term that both sides have, and its share of their likeness (0 to 1)."""

    model_config = ConfigDict(frozen=True)

    term: str
    share: float


class StoryEvent(BaseModel):
    """A row of ops.story_events."""

    model_config = ConfigDict(frozen=True)

    step: int = Field(
        ge=1,
        description="Number of the decision; a later decision has a larger number: 10,000 for each placed article, "
        "with the numbers between for what followed it.",
    )
    kind: StoryEventKind = Field(description="What was decided.")
    story_id: UUID = Field(
        description="The story; uuid5 of the article that began it. main.story_articles has the story that it is now."
    )
    article_id: UUID | None = Field(None, description="The article; NULL: it is about whole stories.")
    other_story_id: UUID | None = Field(
        None, description="The story that was merged into story_id, or that the article was taken out of; NULL: none."
    )
    cosine: float | None = Field(
        None,
        description="Likeness, 0 to 1: of the article and the story that it joined, or the mean of the articles of "
        "two stories that were merged; NULL: nothing was compared.",
    )
    shared: tuple[TermShare, ...] = Field(
        (), description="The strongest shared terms (at most six) with their share of the likeness, strongest first."
    )
    why: str | None = Field(None, description="The reason that a person gave; NULL: none was asked for.")
    batch_id: UUID | None = Field(None, description="The batch in whose load it was decided; NULL: in none.")
    run_id: str = Field(description="The run that decided it, or who did.")
    at: AwareDatetime = Field(description="When it was decided (UTC).")


class StoryState(BaseModel):
    """A row of ops.story_states: a story after a load in which it changed; its row with the largest step holds."""

    model_config = ConfigDict(frozen=True)

    story_id: UUID = Field(description="The story.")
    step: int = Field(description="The last decision about it (ops.story_events).")
    placed: int = Field(description="How many articles had been placed in any story when it last got one.")
    language: str = Field(description="Language of its articles; und: not known.")
    terms: tuple[str, ...] = Field((), description="Terms of its articles; empty where it was merged into another.")
    weights: tuple[float, ...] = Field((), description="By term, the sum of the weights in its articles.")
    square: float = Field(description="Square of the length of the vector of weights.")
    articles: int = Field(description="Articles that were compared for it; 0: it was merged into another.")
    first_at: AwareDatetime = Field(description="Time of its first article: publication, else fetch (UTC).")
    last_at: AwareDatetime = Field(description="Time of its last article (UTC).")
    is_short: bool = Field(description="Whether all of its articles are known by their headline alone.")
    absorbed: tuple[str, ...] = Field(
        (), description="Stories that were merged into it, or begun by an article that a person took out of another."
    )
    apart: tuple[str, ...] = Field((), description="Stories that a person said it is not.")
    latin_terms: tuple[str, ...] = Field(
        (), description="Its 40 heaviest terms in Latin letters, by which stories in other languages are compared."
    )
    latin_weights: tuple[float, ...] = Field(
        (), description="By Latin term, its weight in a vector of length 1; empty where an earlier release wrote it."
    )


class TermFrequency(BaseModel):
    """A row of ops.term_frequencies."""

    model_config = ConfigDict(frozen=True)

    language: str = Field(description="Language of the articles; und: not known.")
    term: int = Field(description="Hash of the term (63 bits of its MD5); 0: all articles.")
    weight: float = Field(
        description="Articles with the term, each counted twice as much as one that was fetched 28 days before."
    )
    newest_at: AwareDatetime = Field(description="Latest fetch of these articles (UTC).")
    articles: int | None = Field(None, description="Articles that were placed, of all languages; NULL: of a term.")


class StorySeparation(BaseModel):
    """A row of ops.story_separations."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The article.")
    other_article_id: UUID = Field(description="An article of the story that it is not of.")
    why: str = Field(description="The reason that was given.")
    run_id: str = Field(description="Who said so.")
    at: AwareDatetime = Field(description="When (UTC).")


class StoryArticle(BaseModel):
    """A row of main.story_articles."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The article.")
    story_id: UUID = Field(description="Its story as it is now, after all merges.")
    step: int = Field(description="The decision (ops.story_events) that put it there.")
    cosine: float | None = Field(
        None, description="Its likeness to the story then, 0 to 1; NULL: it began the story, or is a copy."
    )
    is_copy: bool = Field(
        description="Whether it is of the story because another article of it has its text (main.copies)."
    )


class StoryRow(BaseModel):
    """A row of main.stories."""

    model_config = ConfigDict(frozen=True)

    story_id: UUID = Field(description="The story's key; it stays while the story grows.")
    language: str | None = Field(None, description="Language of its articles; NULL: not known.")
    headline: str = Field(description="Title of headline_article_id.")
    headline_article_id: UUID = Field(
        description="The article of the story that is likest to the others, of two the earlier."
    )
    articles: int = Field(description="Its articles, copies included.")
    outlets: int = Field(description="Sources with a text of their own: a copy of another text counts for none.")
    sources: tuple[str, ...] = Field((), description="Slugs of the sources of its articles, copies included.")
    first_at: AwareDatetime = Field(description="Publication (else fetch) of its first article (UTC).")
    last_at: AwareDatetime = Field(description="Publication (else fetch) of its last article (UTC).")
    first_seen_at: AwareDatetime = Field(description="First fetch of any of its articles (UTC).")


class NewArticle(NamedTuple):
    """An article whose story is to be found. `weights`: by term, how much it speaks of it. `at` is its publication,
    else its first fetch, `fetched_at` its first fetch (UTC). `is_short`: known by its headline alone. `vector` is
    made once the frequencies are known."""

    article_id: UUID
    language: str
    weights: Mapping[str, float]
    is_short: bool
    at: AwareDatetime
    fetched_at: AwareDatetime
    vector: Mapping[str, float] = {}
    apart: frozenset[UUID] = frozenset()


class KnownFrequency(NamedTuple):
    """What is stored of a term in a language; term "" is all articles. The row without a language and a term has
    the number of all placed articles."""

    language: str
    term: str
    weight: float
    newest_at: AwareDatetime
    articles: int | None = None


class VectorsMade(NamedTuple):
    """Articles with their vectors, in the order in which they are placed, how many were placed before, and what the
    frequencies grew by (term "" is all articles)."""

    articles: Sequence[NewArticle]
    placed: int
    grown: Sequence[KnownFrequency]


class Probe(NamedTuple):
    """What stories are looked for by: the heaviest terms of an article or a story, and the times between which a
    story must have an article (UTC). `floor`: the least likeness by these terms alone."""

    number: int
    language: str
    terms: Sequence[str]
    weights: Sequence[float]
    first: AwareDatetime
    last: AwareDatetime
    floor: float


class StoriesDecided(NamedTuple):
    """The rows that a load writes."""

    events: Sequence[StoryEvent]
    states: Sequence[StoryState]
