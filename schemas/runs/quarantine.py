"""Records in quarantine: what became of each, and the decision to drop one."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

WAITING = "waiting"
DROPPED = "dropped"


class QuarantineDrop(BaseModel):
    """A person's decision that a record in quarantine needs nothing further: a row of ops.quarantine_drops."""

    model_config = ConfigDict(frozen=True)

    capture_id: UUID = Field(description="The capture that the record was read from.")
    run_id: str = Field(description="The run in which it broke the rule.")
    source: str = Field(description="Slug of the source.")
    url: str = Field(description="The URL as it was found.")
    dropped_by: str = Field(description="Who dropped it: the name that was given, else user@machine.")
    why: str = Field(description="The reason that was given.")
    at: AwareDatetime = Field(description="When it was dropped (UTC).")


class QuarantineRecord(BaseModel):
    """One record in quarantine and what became of it (a row of reports.quarantine_states). `state`: `waiting`,
    `dropped`, or the reason with which a later run ended the same capture: `loaded`, `unchanged`, or `rule_broken`
    where it broke a rule again, which made another record. `record`, the JSON, is None where it was not asked
    for."""

    model_config = ConfigDict(frozen=True)

    capture_id: UUID
    run_id: str
    source: str
    url: str
    rules: tuple[str, ...]
    messages: tuple[str, ...]
    at: AwareDatetime
    state: str
    state_at: AwareDatetime
    state_run_id: str | None = None
    dropped_by: str | None = None
    why: str | None = None
    record: str | None = None


class QuarantineFilter(BaseModel):
    """Which records are meant; None: any. `rule`: a code, or a field, which means all codes of it. `since`: put into
    quarantine then or later (UTC). `names`: capture ids, their first 8 digits, or URLs as found."""

    model_config = ConfigDict(frozen=True)

    source: str | None = None
    rule: str | None = None
    since: AwareDatetime | None = None
    run_id: str | None = None
    state: str | None = WAITING
    names: tuple[str, ...] = ()
