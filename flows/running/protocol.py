"""What runs the steps, as the flows see it: a promise for each result, and one protocol for every runner."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, TypeVarTuple

from schemas.runs.lease import Running
from schemas.runs.maintenance import Maintained
from schemas.runs.report import RunReport
from schemas.runs.run import Run

T = TypeVar("T")
In = TypeVar("In")
Out = TypeVar("Out")
Given = TypeVarTuple("Given")
T_co = TypeVar("T_co", covariant=True)


class Promise(Protocol[T_co]):
    """The result of a step that was submitted."""

    def result(self) -> T_co:
        """Block until the step is done; raises what the step raised."""


@dataclass(frozen=True)
class Ready(Generic[T]):
    """A promise whose result exists already: the predecessor of the first step where each step has one."""

    value: T

    def result(self) -> T:
        """The value, at once."""
        return self.value


class Runner(Protocol):
    """Runs the steps of a flow. A step is a plain function; its `__name__` is shown in Prefect and in spans.

    The types of the two submitting methods are the types of the step, so that mypy reports an argument that is
    missing, in another place or of another type. A promise is allowed in one place only: as the `before` of
    `submit_after`. Arguments of a step that have a default are keyword-only, and keep it.
    """

    name: str
    groups_at_most: int
    """Number of groups into which the sources of a run are divided at most."""

    @property
    def orchestrated_as(self) -> str | None:
        """Id of the orchestrator's run that this process works in; None: no orchestrator."""

    def submit(self, step: Callable[[*Given], Out], *given: *Given, label: str) -> Promise[Out]:
        """Run `step(*given)` as soon as there is room. `label` names what it works on, for people."""

    def submit_after(
        self, before: Promise[In], step: Callable[[*Given, In], Out], *given: *Given, label: str
    ) -> Promise[Out]:
        """Run `step(*given, result)`, where `result` is that of `before`, once it is there. If `before` failed,
        the step does not run, and its promise fails too."""

    def report(self, report: RunReport | Maintained) -> None:
        """Show the report of the finished run where the runner shows things."""

    def close_run(self, running: Running, row: Run) -> None:
        """Mark the orchestrator's run of a run that died as crashed, with the error of its row."""

    def close(self) -> None:
        """Wait for the steps that run; steps that have not begun are dropped."""
