"""A run: the row of ops.runs."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.outcome import Stage


class RunState(StrEnum):
    """How a run ended."""

    COMPLETED = "completed"
    SOURCES_FAILED = "sources_failed"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    CRASHED = "crashed"


class StageCount(BaseModel):
    """Items that went into one stage of a run and came out of it; taken = kept + dropped."""

    model_config = ConfigDict(frozen=True)

    stage: Stage
    taken: int
    kept: int
    dropped: int
    seconds: float


class Run(BaseModel):
    """One run, written once: when it ends, or where it crashed by the next run."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="Time-ordered id of the run.")
    flow: str = Field(description="ingest, backfill, replay …")
    runner: str = Field(description="direct, prefect or dask.")
    started_at: AwareDatetime = Field(description="UTC.")
    finished_at: AwareDatetime = Field(description="UTC.")
    state: RunState = Field(description="How the run ended.")
    sources: int = Field(ge=0, description="Sources of the run, those that it left out included.")
    sources_failed: tuple[str, ...] = Field(
        (), description="Slugs of the sources none of whose feeds answered, or whose file is wrong."
    )
    urls: int = Field(ge=0, description="URLs of the run: rows of ops.outcomes with this run_id.")
    stages: tuple[StageCount, ...] = Field((), description="Counts and seconds of each stage.")
    error: str | None = Field(None, description="Why it failed, crashed or was interrupted; NULL: it was not.")
