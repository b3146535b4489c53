"""An event: something that happened to an article beside a change of its text."""

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class EventKind(StrEnum):
    """`REVERTED`, `SEEN_EARLIER`, `SEEN_AGAIN`: the page said what a known version says, at a moment that the
    versions alone do not tell. `DELETED`: gone (404, 410) in two runs. `REDIRECTED`: its URL answers elsewhere.
    `RETRACTED`: the text says that it is withdrawn. `RESTORED`: there again, or no longer withdrawn."""

    REVERTED = "reverted"
    SEEN_EARLIER = "seen_earlier"
    SEEN_AGAIN = "seen_again"
    DELETED = "deleted"
    REDIRECTED = "redirected"
    RETRACTED = "retracted"
    RESTORED = "restored"


class Event(BaseModel):
    """A row of ops.events. What was observed twice is one event: its id is made of what it tells."""

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
