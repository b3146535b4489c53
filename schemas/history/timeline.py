"""What an article said, and from when on: rows of main.article_timeline, and what a load compares with them."""

from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, create_model

from schemas.items.article import Article
from schemas.items.field_use import change_fields
from schemas.items.link import Precision


class Moment(BaseModel):
    """A row of main.article_timeline."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The article.")
    version: int = Field(description="The version that says what the page said.")
    said_at: AwareDatetime = Field(description="The fetch from which on it did, until the next row's (UTC).")
    capture_id: UUID | None = Field(None, description="The capture that shows it.")
    is_again: bool = Field(description="Whether the version was made by another fetch (ops.events tells).")
    loaded_as: UUID = Field(description="article_id of the version in main.article_versions.")


class VersionKey(BaseModel):
    """Which version it is, and when it was loaded (UTC). `page_id`: the page that it was extracted from, if that is
    another page than the article's own."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    page_id: UUID | None = None
    version: int
    loaded_at: AwareDatetime


class RepeatFetch(BaseModel):
    """A fetch that returned what a known version says."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    version: int
    seen_at: AwareDatetime
    capture_id: UUID
    source: str
    url: str


class TimelineMoment(BaseModel):
    """A moment of an article's timeline, with what is compared of its version. `capture_id` is the version's capture,
    `loaded_at` the time of the version's load, `loaded_as` its article_id in main.article_versions. `seen`: this
    moment is a fetch that returned the version again, and main.article_timeline has no row for it, as it needs none
    while no other text is known between the two."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    version: int
    said_at: AwareDatetime
    loaded_as: UUID
    capture_id: UUID
    body_hash: str
    authors: tuple[str, ...] = ()
    published_at: AwareDatetime | None = None
    published_precision: Precision | None = None
    word_count: int
    loaded_at: AwareDatetime
    seen: RepeatFetch | None = None


class StoredVersion(BaseModel):
    """What a stored version says. Not checked by the rules of `Article`, which may have been others when it was
    loaded. The other fields that are compared are in `StoredVersionRow`, with their types and defaults."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    version: int
    title: str
    body: str


def _without_rules(annotation: Any) -> Any:
    """The type of a field without its closed set of words: a later release may have fewer."""
    if get_origin(annotation) in (Union, UnionType):
        return Union[tuple(_without_rules(part) for part in get_args(annotation))]  # noqa: UP007  parts are computed
    return str if isinstance(annotation, type) and issubclass(annotation, StrEnum) else annotation


STORED_FIELDS = ("article_id", "version", *change_fields(Article))
"""The columns of a version that a later article is compared with."""
_STORED: dict[str, Any] = {
    name: (_without_rules(field.annotation), ... if field.is_required() else field.default)
    for name, field in Article.model_fields.items()
    if name in STORED_FIELDS
}
StoredVersionRow = create_model("StoredVersionRow", __base__=StoredVersion, **_STORED)
"""The type of the rows of `select_stored_versions`."""
