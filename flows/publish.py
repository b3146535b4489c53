"""Publish: writes the reader file and the latest report page from the warehouse."""

from collections.abc import Sequence

from flows.running.choose import flow
from flows.running.protocol import Promise, Runner
from flows.running.run import run_flow
from schemas.runs.batch import Loaded
from schemas.runs.report import RunReport
from tasks.run.groups import Group
from tasks.run.kit import Kit


@flow
def publish() -> RunReport:
    """Write the reader file and the report page; nothing is fetched or loaded. Every other flow ends with this; run
    it by itself after reports changed or files were moved."""
    return run_flow("publish", stages, [])


def stages(_runner: Runner, _kit: Kit, _groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """No steps: `run_flow` publishes at the end of every run."""
    return []
