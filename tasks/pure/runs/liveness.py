"""Lives: whether a run that has not ended is still alive, and what is said of one that is not."""

from datetime import datetime, timedelta

from schemas.runs.lease import LEASE_S, Life, Running
from schemas.runs.run import Run, RunState


def is_dead(run: Running, machine: str, lives: bool, now: datetime) -> bool:
    """`lives`: whether its process is there, which counts on its own `machine` only. Elsewhere a run is dead
    when nothing was heard of it for three minutes. One that is stopped, or whose machine sleeps, is not dead."""
    if run.machine == machine:
        return not lives
    return now - run.seen_at > timedelta(seconds=LEASE_S)


def closing_note(run: Running) -> str:
    """What is said of it in the ledger, in Prefect and by `newsdesk status`."""
    pid = run.process.partition("@")[0]
    return f"process {pid} on {run.host} ended without a word; last sign of life {run.seen_at:%Y-%m-%d %H:%M:%S} UTC"


def crashed_row(run: Running) -> Run:
    """The row of ops.runs of a dead run; what it loaded is in ops.loads."""
    return Run(
        run_id=run.run_id,
        flow=run.flow,
        runner=run.runner,
        started_at=run.started_at,
        finished_at=max(run.started_at, run.seen_at),
        state=RunState.CRASHED,
        sources=0,
        urls=0,
        error=closing_note(run),
    )


def life(run: Running, dead: bool) -> Life:
    """The run for people."""
    return Life(
        run_id=run.run_id,
        flow=run.flow,
        runner=run.runner,
        state="crashed" if dead else "running",
        host=run.host,
        started_at=run.started_at,
        seen_at=run.seen_at,
        error=closing_note(run) if dead else None,
    )
