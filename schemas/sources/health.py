"""The health of a source: one state, since when, and what shows it."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Health(StrEnum):
    """`NEW`: too little is known to judge it. `HEALTHY`: nothing is wrong. `DEGRADED`: it brings articles, and a
    warning is open. `SILENT`: its feeds answer, and list nothing unseen for much longer than is usual.
    `FAILING`: none of its feeds can be read. `MUTED`: its file says so; nothing of it is told. `RESTING`: it is not
    polled, since its file is gone or says so; nothing of it is judged."""

    NEW = "new"
    HEALTHY = "healthy"
    DEGRADED = "degraded"
    SILENT = "silent"
    FAILING = "failing"
    MUTED = "muted"
    RESTING = "resting"


class HealthState(BaseModel):
    """A row of ops.health_states: one change of the health of a source."""

    model_config = ConfigDict(frozen=True)

    source: str = Field(description="Slug of the source.")
    state: Health = Field(description="Its health from this instant on.")
    since: AwareDatetime = Field(description="From when on (UTC): what shows it was noticed then.")
    evidence: str = Field(description="What shows it: the gravest open finding, or why there is none.")
    at: AwareDatetime = Field(description="When it was judged (UTC).")
    run_id: str = Field(description="The run that judged it.")
