"""How the runs of one flow ended lately."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.runs.run import RunState


class FlowEnds(BaseModel):
    """How the runs of one flow ended. The first bad run since the last good one; None: the last run ended well."""

    model_config = ConfigDict(frozen=True)

    flow: str
    ended_well_at: AwareDatetime | None = None
    bad_run_id: str | None = None
    bad_state: RunState | None = None
    bad_at: AwareDatetime | None = None
    bad_runs: int = 0
    error: str | None = None
