"""A run that has begun and has not ended: a lease that it renews, so that all processes know of it."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

BEAT_S = 20.0
"""A run renews its lease as often."""
LEASE_S = 180.0
"""Nothing heard for so long from another machine: the run is dead."""


class Running(BaseModel):
    """One run under way. `machine` tells apart what shares a process table, `process` is a pid with the start
    of its process, so that a pid that was given out again is not taken for it."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    flow: str
    runner: str
    host: str = Field(description="Name of the machine, for people.")
    machine: str
    process: str
    started_at: AwareDatetime
    seen_at: AwareDatetime = Field(description="Last sign of life (UTC).")
    orchestrated_as: str | None = Field(None, description="Prefect's id of its flow run; None: not run by Prefect.")


class Life(BaseModel):
    """A run that has not ended, for people: it runs, or it died and the next run will close it. `error` says of
    a dead one what its row and Prefect will say."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    flow: str
    runner: str
    state: Literal["running", "crashed"]
    host: str
    started_at: AwareDatetime
    seen_at: AwareDatetime
    error: str | None = None
