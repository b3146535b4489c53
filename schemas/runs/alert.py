"""Alerts: what may be told to a person, and what became of each message."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.finding import Severity


class AlertKind(StrEnum):
    """What a route may ask for with `what`. `MISSING`: no run of a flow went well for too long. `SEARCH`: a watched
    search of searches.toml finds articles that a run brought."""

    FINDING = "finding"
    FAILED = "failed"
    CRASHED = "crashed"
    MISSING = "missing"
    SEARCH = "search"


class AlertPhase(StrEnum):
    """An incident gives one message when it opens, and one when it is over."""

    OPENED = "opened"
    OVER = "over"


class AlertState(StrEnum):
    """`WAITING`: it is not due, or is to be tried again. `SENDING`: a process has taken it. `GIVEN_UP`: the last of
    its tries failed."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"


class Alertable(BaseModel):
    """An incident that routes may tell of: an open finding, or a flow whose runs fail, crash or do not come.
    `incident_id` is the same for as long as it lasts, and another when it comes back."""

    model_config = ConfigDict(frozen=True)

    incident_id: str = Field(description="The incident: of ops.incidents, or made of the flow and its first bad run.")
    kind: AlertKind = Field(description="finding, failed, crashed, missing or search.")
    severity: Severity = Field(description="notice or warning; what a run does is a warning.")
    source: str | None = Field(None, description="Slug of the source; NULL: of no source.")
    code: str = Field(description="Code of the finding, the flow of the run, or the name of the search.")
    message: str = Field(description="What is wrong, where, and what to do.")
    opened_at: AwareDatetime = Field(description="When the incident opened (UTC).")
    closed_at: AwareDatetime | None = Field(None, description="When it was over (UTC); NULL: it was open.")
    why: str | None = Field(None, description="What shows that it is over; NULL: it is open, or nothing says so.")


class Alert(Alertable):
    """A row of ops.alerts: one message of one route, written when it was sent or given up."""

    route: str = Field(description="Name of the route in alerts.toml.")
    phase: AlertPhase = Field(description="opened, or over.")
    state: AlertState = Field(description="sent, or given_up after the last try.")
    attempts: int = Field(ge=0, description="How often it was given to the route's server.")
    error: str | None = Field(None, description="Why the last try failed; NULL: it did not.")
    made_at: AwareDatetime = Field(description="When the message was made (UTC).")
    due_at: AwareDatetime = Field(description="When it was to be sent, or tried again, at the earliest (UTC).")
    ended_at: AwareDatetime | None = Field(None, description="When it was sent or given up (UTC).")


class RouteLine(BaseModel):
    """A route as `newsdesk alerts list` shows it. `service` is the scheme of its URL; no part of the URL is shown."""

    model_config = ConfigDict(frozen=True)

    route: str
    service: str
    what: tuple[AlertKind, ...]
    severity: Severity
    sources: tuple[str, ...]
    quiet: str | None = None
    digest: str | None = None
    waiting: int = 0
    last_sent_at: AwareDatetime | None = None
    last_error: str | None = None


class Delivery(BaseModel):
    """What a route's server said to one message. `error`: why it was not taken, without secrets."""

    model_config = ConfigDict(frozen=True)

    is_sent: bool
    error: str | None = None


class AlertCounts(BaseModel):
    """What one `newsdesk alerts send` did: messages by what became of them. `waiting`: not due, or tried again
    later."""

    model_config = ConfigDict(frozen=True)

    opened: int = 0
    over: int = 0
    sent: int = 0
    failed: int = 0
    given_up: int = 0
    waiting: int = 0
