"""A replay: articles extracted again from the archive, compared with the stored versions."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from schemas.items.article import ArticleVersion
from schemas.items.capture import Capture


class Fate(StrEnum):
    """The result for one capture. `gained`: it gave no article before; `lost`: it gives none now."""

    KEPT = "kept"
    CHANGED = "changed"
    LOST = "lost"
    GAINED = "gained"
    REFUSED = "refused"


class Replayable(BaseModel):
    """A capture to read again; `stored` is the version that was read from it last, None: no article was."""

    model_config = ConfigDict(frozen=True)

    capture: Capture
    stored: ArticleVersion | None = None


class FieldChange(BaseModel):
    """One field of one article, before and after, as text; None: it was or is not stated."""

    model_config = ConfigDict(frozen=True)

    field: str
    before: str | None
    after: str | None


class Difference(BaseModel):
    """The article that one capture gives now, compared with the stored version. `body_change` is the
    share of the body's words that differ, 0 to 1; None: the body is the same, or there is only one."""

    model_config = ConfigDict(frozen=True)

    source: str
    url: str
    fate: Fate
    changes: tuple[FieldChange, ...] = ()
    body_change: float | None = None
    detail: str | None = None


class ReplayDiff(BaseModel):
    """Many differences summed up; `examples` are the first few of each field, and of what was lost and
    gained."""

    model_config = ConfigDict(frozen=True)

    fates: dict[Fate, int] = Field(default_factory=dict)
    fields: dict[str, int] = Field(default_factory=dict)
    median_body_change: float | None = None
    examples: tuple[Difference, ...] = ()
    extractors: tuple[str, ...] = ()
    is_promoted: bool = False
