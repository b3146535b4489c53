"""The lease of a run: the run renews it until it ends, so that other processes know that it is alive."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

BEAT_S = 20.0
"""Seconds between two renewals."""
LEASE_S = 180.0
"""Seconds after which a lease of another machine that was not renewed has expired: its run has crashed."""


class Running(BaseModel):
    """The lease of one run. `machine` identifies the process table (a container has its own). `process` is a pid
    with the start time of its process, so that a pid that the system used again does not match."""

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
    """A run that has not ended, for people. `crashed`: its lease expired, and the next run will write its row;
    `error` is the text that the row and Prefect will have."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    flow: str
    runner: str
    state: Literal["running", "crashed"]
    host: str
    started_at: AwareDatetime
    seen_at: AwareDatetime
    error: str | None = None
