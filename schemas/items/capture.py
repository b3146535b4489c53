"""A capture: one response in the archive, and where its WARC record lies."""

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Outcome, Refusal, Stage, end_of


class WarcPointer(BaseModel):
    """Where a response record lies: one gzip member of a segment."""

    model_config = ConfigDict(frozen=True)

    file: str = Field(description="Path of the segment below the archive, with forward slashes.")
    offset: int = Field(ge=0, description="First byte of the record's gzip member.")
    length: int = Field(gt=0, description="Bytes of the record's gzip member.")
    digest: str = Field(description="WARC-Payload-Digest, sha256:BASE32, of the decoded body.")


class Capture(BaseModel):
    """One response. `capture_id` is the WARC-Record-ID's UUID; `url` the URL as found, `final_url`
    the one that answered, after redirects. Times are UTC."""

    model_config = ConfigDict(frozen=True)

    capture_id: UUID
    run_id: str
    link: Link
    final_url: str
    status: int
    media_type: str | None = None
    charset: str | None = Field(None, description="From the Content-Type header, as it was sent.")
    etag: str | None = None
    last_modified: str | None = None
    policies: tuple[str, ...] = ()
    policy_evidence: tuple[str, ...] = ()
    fetched_at: AwareDatetime
    elapsed_s: float
    attempts: int = 1
    body_bytes: int
    warc: WarcPointer

    @property
    def url(self) -> str:
        """The URL as found."""
        return self.link.url

    @property
    def kind(self) -> UrlKind:
        """What the URL was asked for."""
        return self.link.kind


def end_of_capture(capture: Capture, run_id: str, stage: Stage, refusal: Refusal, at: datetime) -> Outcome:
    """The outcome of a captured page that the stage refused."""
    return end_of(
        capture.link,
        run_id,
        stage,
        refusal,
        at,
        attempts=capture.attempts,
        status=capture.status,
        body_bytes=capture.body_bytes,
        elapsed_s=capture.elapsed_s,
        capture_id=capture.capture_id,
    )
