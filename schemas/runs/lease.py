"""The lease of a run: the run renews it until it ends, so that other processes know that it is alive."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

BEAT_S = 5.0
"""Seconds between two renewals, and the age of the counts that others see at most."""
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


class StepCount(BaseModel):
    """How far one step of a run is: `done` of the `known` URLs (feeds, pages, articles) or chunks. `known` grows
    while the steps before go on."""

    model_config = ConfigDict(frozen=True)

    step: str
    done: int
    known: int


class Life(BaseModel):
    """A run that has not ended, for people. `crashed`: its lease expired, and the next run will write its row;
    `error` is the text that the row and Prefect will have. `counts`: as of `seen_at`, in the order in which the steps
    began; empty before the first was counted."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    flow: str
    runner: str
    state: Literal["running", "crashed"]
    host: str
    started_at: AwareDatetime
    seen_at: AwareDatetime
    error: str | None = None
    counts: tuple[StepCount, ...] = ()

    @property
    def progress(self) -> str:
        """How far its steps are, for people; empty before the first was counted."""
        return ", ".join(f"{count.step} {count.done:,} of {count.known:,}" for count in self.counts)
