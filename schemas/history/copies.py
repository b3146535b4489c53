"""Copies: the samples of texts, pairs of texts that are alike, and whose text an article's is."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, NewType
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.link import Precision

Gram = NewType("Gram", int)
"""A hash of 32 bits; its column is a UINTEGER."""


class CopyKind(StrEnum):
    """How an article's text relates to the text that it copies. `COPY`: that text, with a few words changed at most;
    `CUT`: a part of it; `EMBEDDED`: that text stands within a longer one; `EDITED`: as long, and much of it
    rewritten; `MERGED`: parts of that text and of another family's."""

    COPY = "copy"
    CUT = "cut"
    EMBEDDED = "embedded"
    EDITED = "edited"
    MERGED = "merged"


class TextSample(BaseModel):
    """A row of main.text_samples."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The article that the version was loaded with.")
    version: int = Field(ge=1, description="The version whose text it is.")
    source: str = Field(description="Slug of the version's source.")
    dated_at: AwareDatetime = Field(
        description="published_at of the version, else its fetched_at (UTC); only texts of one month are compared."
    )
    published_at: AwareDatetime | None = Field(None, description="published_at of the version (UTC); NULL: no date.")
    published_precision: Precision | None = Field(None, description="second or day; NULL: no date.")
    fetched_at: AwareDatetime = Field(description="fetched_at of the version (UTC).")
    words: int = Field(ge=0, description="word_count of the version.")
    groups: int = Field(ge=0, description="How many different groups of five words its body has.")
    grams: tuple[Gram, ...] = Field(
        description="The 64 smallest 32-bit hashes of these groups, rising; all, where there are fewer."
    )
    loaded_at: AwareDatetime = Field(description="When the sample was stored (UTC).")


class CopyPair(BaseModel):
    """A row of ops.copy_pairs: two versions of two articles that are alike, the later one first."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The later of two articles with texts that are alike.")
    version: int = Field(description="Its version.")
    of_id: UUID = Field(description="The earlier one.")
    of_version: int = Field(description="Its version.")
    contained: float = Field(ge=0, description="The share of the shorter text that the longer holds, 0 to 1.")
    length: float = Field(gt=0, description="The later text's length over the earlier one's.")
    dated_at: AwareDatetime = Field(description="dated_at of the later text (UTC).")
    loaded_at: AwareDatetime = Field(description="When the pair was found (UTC).")


class Duplicate(BaseModel):
    """Whose text an article's is."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="An article with a text that another article has, too, or had.")
    duplicate_of: UUID | None = Field(
        None, description="The article whose text it is: the one published first; NULL: its own."
    )
    kind: CopyKind | None = Field(
        None, description="How its text relates to that of compared_with; NULL: it is its own."
    )
    contained: float | None = Field(
        None, ge=0, description="The share of the shorter of the two texts that the longer holds, 0 to 1."
    )
    length: float | None = Field(None, gt=0, description="Its length over that of the text of compared_with.")
    compared_with: UUID | None = Field(
        None, description="duplicate_of; another copy of its text where it is not like that one itself."
    )


class CopyDecision(Duplicate):
    """A row of ops.copy_decisions."""

    number: int = Field(ge=1, description="1 for the first decision on it; the row with the highest number holds.")
    run_id: str = Field(description="The run in which it was decided.")
    loaded_at: AwareDatetime = Field(description="When it was decided (UTC).")


class CopyRow(Duplicate):
    """A row of main.copies."""


class SampledText(NamedTuple):
    """What is compared of a version. `dated_at` and `fetched_at` are UTC, `grams` rise."""

    article_id: UUID
    version: int
    dated_at: datetime
    fetched_at: datetime
    groups: int
    grams: Sequence[int]


class LikeText(NamedTuple):
    """A stored text that shares `shared` hashes with the version (`article_id`, `version`)."""

    article_id: UUID
    version: int
    shared: int
    other: SampledText


class StoredText(NamedTuple):
    """A stored version whose text has no sample yet. Instants are UTC."""

    article_id: UUID
    version: int
    source: str
    body: str
    published_at: datetime | None
    published_precision: str | None
    fetched_at: datetime
    word_count: int
    supersedes: int | None


class AlikeWanted(NamedTuple):
    """Stored texts to look up: those of `words` words or more that share at least `shared` hashes with a text in
    `texts`, dated at most `window` before or after it; of each text the `others` that share most. A hash in more than
    `holders` articles counts only where these have one text: on average, the share `mostly` of their hashes is in as
    many."""

    texts: Sequence[TextSample]
    window: timedelta
    words: int
    shared: int
    holders: int
    mostly: float
    others: int


class DatedText(NamedTuple):
    """What decides who was first: the date that the publisher gives, and the first fetch (UTC)."""

    article_id: UUID
    published_at: datetime | None
    published_precision: str | None
    fetched_at: datetime


class LeadingTexts(NamedTuple):
    """`leading`: by article, the article whose text it has; only copies are in it. `changed`: articles that were
    stored before, of which this load decided otherwise than was decided before."""

    leading: Mapping[UUID, UUID] = {}
    changed: frozenset[UUID] = frozenset()
