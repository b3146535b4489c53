"""Decides whether an unfinished run is alive, and describes a run that crashed."""

from datetime import UTC, datetime, timedelta, tzinfo

from schemas.runs.lease import LEASE_S, Life, Running, StepCount
from schemas.runs.run import Run, RunState


def is_dead(run: Running, machine: str, lives: bool, now: datetime) -> bool:
    """Whether the run crashed. On its own `machine` its process decides (`lives`: the process exists). Elsewhere its
    lease decides: it crashed when the lease was not renewed for three minutes. On its own machine a paused process
    counts as alive, also after the machine slept."""
    if run.machine == machine:
        return not lives
    return now - run.seen_at > timedelta(seconds=LEASE_S)


def closing_note(run: Running) -> str:
    """The error of a crashed run, as stored in ops.runs and shown by Prefect and `newsdesk status`."""
    pid = run.process.partition("@")[0]
    return f"process {pid} on {run.host} ended without a word; last sign of life {run.seen_at:%Y-%m-%d %H:%M:%S} UTC"


def crashed_row(run: Running) -> Run:
    """The row of ops.runs of a dead run. Its counts are 0: those of the ledger are filled in where it is written."""
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


def life(run: Running, dead: bool, counts: tuple[StepCount, ...] = ()) -> Life:
    """The run as `newsdesk status` shows it."""
    return Life(
        run_id=run.run_id,
        flow=run.flow,
        runner=run.runner,
        state="crashed" if dead else "running",
        host=run.host,
        started_at=run.started_at,
        seen_at=run.seen_at,
        error=closing_note(run) if dead else None,
        counts=counts,
    )


def under_way_line(run: Life, zone: tzinfo = UTC) -> str:
    """The run under way in one sentence, without a full stop: its flow, since when (in the zone), and how far its
    steps are."""
    article = "an" if run.flow[0] in "aeiou" else "a"
    since = f"{run.started_at.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}"
    return f"{article} {run.flow} is under way since {since} ({run.progress or 'nothing is counted yet'})"


def no_rows_line(run: Life, zone: tzinfo = UTC) -> str:
    """The first run of a home under way, which has published nothing yet."""
    return f"no rows yet: {under_way_line(run, zone)}; rows can be read after its first batch"
