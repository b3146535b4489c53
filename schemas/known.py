"""A known URL: what the warehouse remembers of an article's URL when discovery meets it again."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.outcome import Reason


class KnownUrl(BaseModel):
    """`entry_newest_at` is the newest date that the entry gave when the URL was last taken up; validators
    are those of the last answer with a body."""

    model_config = ConfigDict(frozen=True)

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
