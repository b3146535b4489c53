"""What an article said, and from when on: the rows of main.article_timeline, and what the load compares."""

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


class Match(BaseModel):
    """A version of an article, or read from a page, that a batch names."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    page_id: UUID | None = None
    version: int
    loaded_at: AwareDatetime


class Seen(BaseModel):
    """A fetch that met a version that was known."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    version: int
    seen_at: AwareDatetime
    capture_id: UUID
    source: str
    url: str


class Said(BaseModel):
    """A moment of an article's timeline, with what is compared of its version. `capture_id` is that of the
    version, `loaded_at` when the version was loaded. `seen`: a fetch showed that the version was still said;
    the timeline needs no moment for it, as long as nothing else is known to have been said since the last."""

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
    seen: Seen | None = None


class Stated(BaseModel):
    """What a stored version says, without the rules of `Article`: the version may be older than they are. The other
    fields of `COMPARED` are in `StatedRow`, with their types and defaults."""

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


STATED_FIELDS = ("article_id", "version", *change_fields(Article))
"""The columns of a version that a later reading is compared with."""
_STATED: dict[str, Any] = {
    name: (_without_rules(field.annotation), ... if field.is_required() else field.default)
    for name, field in Article.model_fields.items()
    if name in STATED_FIELDS
}
StatedRow = create_model("StatedRow", __base__=Stated, **_STATED)
"""The type of the rows of `select_stated`."""
