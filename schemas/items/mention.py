"""What an article mentions: people, organisations, places, quantities and other names, as the text writes them."""

from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MENTIONS_AT_MOST = 50
"""Of one version: those of the title first, then the most frequent, then the first."""
_TEXT = "As the text writes it the first time; of a number with its multiplier and unit."
_NAME = (
    "What mentions are joined by: `text` in NFKC with case folded; of a known place or organisation its English "
    "name, in every language; of a number its value and unit as CLDR names it, as `1500000 EUR` or `12.5 kilometer`. "
    "Inflected forms of a name are names of their own."
)
_KIND = "name: written as a name, and nothing in the text tells of what kind."
_COUNT = "How often title and body have it; of the body the first 6,000 characters are read."
_IN_TITLE = "Whether the title has it."


class MentionKind(StrEnum):
    """What is mentioned. `NAME`: the text writes it as a name, and nothing tells of what kind."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    NUMBER = "number"
    NAME = "name"


class Mention(NamedTuple):
    """One name or quantity of a text. `text` is as it is written first, `name` what mentions are joined by, `times`
    how often title and body have it."""

    text: str
    name: str
    kind: MentionKind
    times: int
    in_title: bool


class VersionMentions(BaseModel):
    """A row of main.version_mentions."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The article.")
    version: int = Field(ge=1, description="The version of it.")
    mentions: tuple[Mention, ...] = Field(
        description=f"What it mentions, in the order of main.mentions, {MENTIONS_AT_MOST} at most; empty: nothing "
        "that can be told."
    )
    loaded_at: AwareDatetime = Field(description="When it was written (UTC).")


class MentionRow(BaseModel):
    """A row of main.mentions."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The article.")
    position: int = Field(ge=1, description="1 for what stands first: of the title, then the most frequent.")
    text: str = Field(description=_TEXT)
    name: str = Field(description=_NAME)
    kind: MentionKind = Field(description=_KIND)
    count: int = Field(ge=1, description=_COUNT)
    in_title: bool = Field(description=_IN_TITLE)


class StoredWords(NamedTuple):
    """What mentions of a stored version are found in. `language`: ISO 639 code; None: unknown."""

    article_id: UUID
    version: int
    title: str
    body: str
    language: str | None
