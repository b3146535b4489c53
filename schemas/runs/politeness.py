"""Politeness: pauses between the requests to a domain, from the rows of ops.requests."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason


class DomainPace(BaseModel):
    """One registrable domain. `gap_s` is the smallest gap in seconds between the starts of two requests
    (None: only one was sent), `pace_s` the least gap ever demanded; `wire_bytes` are bytes of body as sent."""

    model_config = ConfigDict(frozen=True)

    domain: str
    requests: int
    gap_s: float | None = None
    pace_s: float
    wire_bytes: int
    breaches: int
    last_at: AwareDatetime


class Sent(BaseModel):
    """One request. `gap_s` are the seconds since the start of the one before at its domain (None: the
    first), `pace_s` the gap that was demanded; `breach` is too_close or overlap (None: no breach)."""

    model_config = ConfigDict(frozen=True)

    sent_at: AwareDatetime
    host: str
    gap_s: float | None = None
    pace_s: float
    breach: str | None = None
    kind: UrlKind
    attempt: int
    status: int | None = None
    reason: Reason
    wire_bytes: int | None = None
    elapsed_s: float
    url: str
    run_id: str
