"""An incident: findings of one kind about one thing, from the first until what they tell is over."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.finding import Severity


class Closing(BaseModel):
    """A row of ops.closings: the end of an incident. It closes every finding of the same source, code and thing that
    was noticed at `at` or before; a later finding opens another incident."""

    model_config = ConfigDict(frozen=True)

    source: str | None = Field(None, description="Slug of the source; NULL: of no source.")
    code: str = Field(description="Code of the findings.")
    about: str | None = Field(None, description="The feed, domain or file that it was about; NULL: the whole source.")
    at: AwareDatetime = Field(description="When it was found to be over (UTC), not before its last finding.")
    run_id: str = Field(description="The run that found it to be over.")
    who: str = Field(description="The flow of that run, or `upgrade`.")
    why: str = Field(description="What shows that it is over.")


class Incident(BaseModel):
    """A row of ops.incidents. Nothing is stored twice: the rows are made of ops.findings and ops.closings."""

    model_config = ConfigDict(frozen=True)

    incident_id: UUID = Field(description="Made of source, code, thing and the instant of the first finding.")
    source: str | None = Field(None, description="Slug of the source; NULL: of no source.")
    code: str = Field(description="Code of its findings.")
    about: str | None = Field(None, description="The feed, domain or file that it is about; NULL: the whole source.")
    severity: Severity = Field(description="That of its last finding.")
    message: str = Field(description="That of its last finding.")
    observed: float | None = Field(None, description="That of its last finding; NULL: not a number.")
    low: float | None = Field(None, description="That of its last finding; NULL: open.")
    high: float | None = Field(None, description="That of its last finding; NULL: open.")
    findings: int = Field(
        ge=1, description="How often it was noticed; an open one is told again when its words change."
    )
    opened_at: AwareDatetime = Field(description="Its first finding (UTC).")
    opened_by: str = Field(description="The run of its first finding.")
    seen_at: AwareDatetime = Field(description="Its last finding (UTC).")
    seen_by: str = Field(description="The run of its last finding.")
    closed_at: AwareDatetime | None = Field(None, description="When it was found to be over (UTC); NULL: it is open.")
    closed_by: str | None = Field(None, description="The run that found it to be over; NULL: it is open.")
    who: str | None = Field(None, description="The flow of that run, or `upgrade`; NULL: it is open.")
    why: str | None = Field(None, description="What shows that it is over; NULL: it is open.")
