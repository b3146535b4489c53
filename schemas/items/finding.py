"""A finding: something that a person should know, about a source or a batch."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Severity(StrEnum):
    """`WARNING`: somebody must act within days. `NOTICE`: worth a look."""

    NOTICE = "notice"
    WARNING = "warning"


class Finding(BaseModel):
    """One broken expectation or event."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run that noticed it.")
    source: str | None = Field(None, description="Slug of the source; NULL: of the whole batch.")
    code: str = Field(description="Code of the expectation or event.")
    severity: Severity = Field(description="notice or warning.")
    message: str = Field(description="What is wrong, where, and what to do.")
    observed: float | None = Field(None, description="The value that was observed; NULL: not a number.")
    low: float | None = Field(None, description="Lower end of the band; NULL: open.")
    high: float | None = Field(None, description="Upper end of the band; NULL: open.")
    at: AwareDatetime = Field(description="When it was noticed (UTC).")
