"""The runner of a Prefect flow run: a task a step, artifacts, and the states of other runs."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, TypeVarTuple, assert_never
from uuid import UUID

from prefect import get_client, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.events import emit_event
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows.running.protocol import Promise
from flows.running.spans import step_span
from schemas.errors import TemporaryError
from schemas.items.finding import Finding
from schemas.runs.artifacts import Artifact, LinkArtifact, SummaryArtifact, TableArtifact
from schemas.runs.lease import Running
from schemas.runs.maintenance import Maintained
from schemas.runs.report import RunReport
from schemas.runs.run import Run
from tasks.pure.reports.artifacts import artifacts

T = TypeVar("T")
In = TypeVar("In")
Out = TypeVar("Out")
Given = TypeVarTuple("Given")
RETRIES = 2
RETRY_PAUSE_S = 10


class PrefectRunner:
    """Runs each step as a Prefect task. Values stay in this process: Prefect gets the steps' names, order, states
    and counts, never a page or a record, since a server stores the parameters and results that it gets."""

    name = "prefect"
    groups_at_most = 4
    """Four groups and five stages are 20 task runs, however many sources there are; steps use threads themselves."""

    @property
    def orchestrated_as(self) -> str | None:
        """Id of the flow run that this process works in."""
        context = FlowRunContext.get()
        return str(context.flow_run.id) if context and context.flow_run else None

    def submit(self, step: Callable[[*Given], Out], *given: *Given, label: str) -> "StepResult[Out]":
        """See `Runner`. A step that raises `TemporaryError` is retried."""

        def work() -> Out:
            with step_span(step.__name__, label, given):
                return step(*given)

        return _submitted(step.__name__, label, work, [])

    def submit_after(
        self, before: Promise[In], step: Callable[[*Given, In], Out], *given: *Given, label: str
    ) -> "StepResult[Out]":
        """See `Runner`. A step that raises `TemporaryError` is retried."""

        def work() -> Out:
            result = before.result()
            with step_span(step.__name__, label, given):
                return step(*given, result)

        return _submitted(step.__name__, label, work, [before.future] if isinstance(before, StepResult) else [])

    def report(self, report: RunReport | Maintained) -> None:
        """The artifacts of the run, and an event for the run and each of its findings, which automations can act on.
        A round of maintenance makes no event: Prefect's own tell whether it failed."""
        for artifact in artifacts(report):
            _make(artifact)
        if isinstance(report, Maintained):
            return
        flow = report.run.flow
        _emit(f"run.{report.run.state}", f"flow.{flow}", flow, report.run)
        for finding in report.findings:
            about = finding.source or "all-sources"
            _emit(f"finding.{finding.code}", f"source.{about}", about, finding)

    def close_run(self, running: Running, row: Run) -> None:
        """Set the flow run of a dead run to Crashed, with the error of the run's row as its message."""
        if running.orchestrated_as is None:
            return
        with get_client(sync_client=True) as client:
            try:
                state = client.read_flow_run(UUID(running.orchestrated_as)).state
            except ObjectNotFound:
                return
            is_told = state is not None and state.is_crashed() and state.message == row.error
            if state is None or not state.is_final() or (state.is_crashed() and not is_told):
                client.set_flow_run_state(UUID(running.orchestrated_as), Crashed(message=row.error), force=True)

    def close(self) -> None:
        """Nothing to close: the flow run owns the task runner."""


class StepResult(Generic[T]):
    """A Prefect future, and beside it the values that the step returned: one, or one more for each retry."""

    def __init__(self, future: Any, returned: list[T]) -> None:
        self.future = future
        self._returned = returned

    def result(self) -> T:
        """See `Promise`."""
        self.future.result()
        return self._returned[-1]


def _submitted(name: str, label: str, work: Callable[[], T], wait_for: list[Any]) -> StepResult[T]:
    returned: list[T] = []

    def body() -> None:
        returned.append(work())

    shell = task(
        name=name,
        task_run_name=f"{name} {label}",
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=RETRIES,
        retry_delay_seconds=RETRY_PAUSE_S,
        retry_condition_fn=_is_temporary,
    )(body)
    return StepResult(shell.submit(return_state=False, wait_for=wait_for), returned)


def _make(artifact: Artifact) -> None:
    match artifact:
        case TableArtifact():
            create_table_artifact(list(artifact.rows), key=artifact.key, description=artifact.description)
        case SummaryArtifact():
            create_markdown_artifact(artifact.markdown, key=artifact.key)
        case LinkArtifact():
            create_link_artifact(artifact.url, link_text=artifact.words, key=artifact.key)
        case _:
            assert_never(artifact)


def _emit(event: str, resource: str, name: str, payload: Finding | Run) -> None:
    emit_event(
        f"newsdesk.{event}",
        resource={"prefect.resource.id": f"newsdesk.{resource}", "prefect.resource.name": name},
        payload=payload.model_dump(mode="json"),
    )


def _is_temporary(_task: object, _run: object, state: Any) -> bool:
    return isinstance(state.data, TemporaryError) or isinstance(
        getattr(state.data, "exception", None), TemporaryError
    )
