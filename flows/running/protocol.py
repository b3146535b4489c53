"""What runs the steps, as the flows see it: a promise for each result, and one protocol for every runner."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from schemas.runs.lease import Running
from schemas.runs.report import RunReport
from schemas.runs.run import Run

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Promise(Protocol[T_co]):
    """A result to come."""

    def result(self) -> T_co:
        """Waits; raises what the step raised."""


class Runner(Protocol):
    """The one protocol that arranges steps. A promise among the arguments is waited for, and its result
    passed in its place; a step whose promise failed fails with it."""

    name: str
    groups_at_most: int
    """In how many groups the sources of a run are best taken."""

    @property
    def orchestrated_as(self) -> str | None:
        """The orchestrator's id of the run that we are in; None: there is none."""

    def submit(self, step: Callable[..., T], *arguments: object, label: str) -> Promise[T]:
        """Run the step when its arguments are there; `label` names what it works on."""

    def report(self, report: RunReport) -> None:
        """Show the finished run where the runner shows things."""

    def close_run(self, running: Running, row: Run) -> None:
        """Say the same of a run that died where the runner shows it."""

    def close(self) -> None:
        """Wait for what runs; what has not begun is dropped."""
