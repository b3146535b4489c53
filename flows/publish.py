"""Publish: the reader file and the latest report page, written anew from the warehouse."""

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
    """Write the reader file and the report page anew; nothing is fetched or loaded. Every other flow does so
    at its end: this one is for after a change of reports, or of files that were moved."""
    return run_flow("publish", stages, [])


def stages(_runner: Runner, _kit: Kit, _groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """None: publishing is what every run ends with."""
    return []
