"""An event: something that happened to an article other than a change of its text."""

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.outcome import Reason


class EventKind(StrEnum):
    """`REVERTED`, `SEEN_EARLIER`, `SEEN_AGAIN`: a fetch returned what a known version says, and the versions alone
    do not show that moment. `DELETED`: 404 or 410 in two runs. `REDIRECTED`: its URL redirects to another place than
    before. `RETRACTED`: the text says that it is withdrawn. `RESTORED`: it answers again, or no longer says that it
    is withdrawn."""

    REVERTED = "reverted"
    SEEN_EARLIER = "seen_earlier"
    SEEN_AGAIN = "seen_again"
    DELETED = "deleted"
    REDIRECTED = "redirected"
    RETRACTED = "retracted"
    RESTORED = "restored"


class Event(BaseModel):
    """A row of ops.events. The id is made of what the event says: two loads of one observation make one row."""

    model_config = ConfigDict(frozen=True)

    event_id: UUID = Field(description="uuid5 of article, kind and what shows it; the event's key.")
    article_id: UUID = Field(description="The article that it happened to.")
    kind: EventKind = Field(
        description="reverted, seen_earlier, seen_again, deleted, redirected, retracted or restored."
    )
    at: AwareDatetime = Field(description="When it was observed: the fetch that shows it (UTC).")
    source: str = Field(description="Slug of the source.")
    url: str = Field(description="The URL, as found, that was asked for.")
    version: int | None = Field(None, description="The version that was met or stands; NULL: none is meant.")
    capture_id: UUID | None = Field(None, description="The capture that shows it; NULL: none was kept.")
    detail: str | None = Field(None, description="Particulars, for people.")
    evidence: tuple[str, ...] = Field((), description="The outcomes that show it: run, instant, reason and status.")
    run_id: str = Field(description="The run that noticed it.")
    loaded_at: AwareDatetime = Field(description="When it was recorded (UTC).")


class ArticleAnswer(BaseModel):
    """What one URL of an article answered in one run. `seen_at` is the time of the fetch, or of the outcome where no
    capture was kept (UTC); `status` is None where no answer came."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    source: str
    url: str
    run_id: str
    reason: Reason
    status: int | None = None
    version: int | None = None
    capture_id: UUID | None = None
    seen_at: AwareDatetime


class PlaceBefore(BaseModel):
    """The article that a capture's URL gave at its last fetch before, and the URL that answered then."""

    model_config = ConfigDict(frozen=True)

    capture_id: UUID
    article_id: UUID
    version: int | None = None
    final_url_before: str


class ArticleState(BaseModel):
    """An event that tells whether an article is there: deleted, restored or retracted."""

    model_config = ConfigDict(frozen=True)

    event_id: UUID
    article_id: UUID
    kind: EventKind
    at: AwareDatetime
