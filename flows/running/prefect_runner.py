"""The runner of a Prefect flow run: a task a step, artifacts, and the states of other runs."""

from collections.abc import Callable
from typing import Any, TypeVar
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
from schemas.runs.lease import Running
from schemas.runs.report import RunReport
from schemas.runs.run import Run
from tasks.pure.reports.run_facts import outcome_table, page_url
from tasks.pure.reports.run_report import render_markdown

T = TypeVar("T")
RETRIES = 2
RETRY_PAUSE_S = 10


class PrefectRunner:
    """A Prefect task a step. Values stay in this process: Prefect sees the steps' names, order, states
    and counts, never a page or a record (its results and parameters are stored)."""

    name = "prefect"
    groups_at_most = 4
    """Four groups and five stages are 20 task runs, however many sources there are; steps thread within."""

    @property
    def orchestrated_as(self) -> str | None:
        """Id of the flow run that we are in."""
        context = FlowRunContext.get()
        return str(context.flow_run.id) if context and context.flow_run else None

    def submit(self, step: Callable[..., T], *arguments: object, label: str) -> "Kept[T]":
        """See `Runner`. Infrastructure errors (`TemporaryError`) are tried again."""
        kept: list[T] = []

        def body() -> None:
            settled = [_settled(argument) for argument in arguments]
            with step_span(step.__name__, label, settled):
                kept.append(step(*settled))

        shell = task(
            name=step.__name__,
            task_run_name=f"{step.__name__} {label}",
            cache_policy=NO_CACHE,
            persist_result=False,
            retries=RETRIES,
            retry_delay_seconds=RETRY_PAUSE_S,
            retry_condition_fn=_is_temporary,
        )(body)
        return Kept(
            shell.submit(return_state=False, wait_for=[a.future for a in arguments if isinstance(a, Kept)]), kept
        )

    def report(self, report: RunReport) -> None:
        """One artifact of each kind: the table of sources and outcomes, the summary, the link to the page; and an
        event for the run and each finding, which automations can act on."""
        flow = report.run.flow
        create_table_artifact(outcome_table(report), key=f"{flow}-outcomes", description="URLs by outcome")
        create_markdown_artifact(render_markdown(report), key=f"{flow}-summary")
        if address := page_url(report.paths, report.paths.report):
            create_link_artifact(address, link_text="The run's page", key=f"{flow}-report")
        _emit(f"run.{report.run.state}", f"flow.{flow}", flow, report.run)
        for finding in report.findings:
            about = finding.source or "all-sources"
            _emit(f"finding.{finding.code}", f"source.{about}", about, finding)

    def close_run(self, running: Running, row: Run) -> None:
        """The flow run that died is Crashed, with the words of the run's row, whoever closed it."""
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


class Kept(Promise[T]):
    """A Prefect future, with its step's result kept beside it."""

    def __init__(self, future: Any, kept: list[T]) -> None:
        self.future = future
        self._kept = kept

    def result(self) -> T:
        """See `Promise`."""
        self.future.result()
        return self._kept[-1]


def _emit(event: str, resource: str, name: str, payload: Finding | Run) -> None:
    emit_event(
        f"newsdesk.{event}",
        resource={"prefect.resource.id": f"newsdesk.{resource}", "prefect.resource.name": name},
        payload=payload.model_dump(mode="json"),
    )


def _settled(argument: Any) -> Any:
    return argument.result() if isinstance(argument, Kept) else argument


def _is_temporary(_task: object, _run: object, state: Any) -> bool:
    return isinstance(state.data, TemporaryError) or isinstance(
        getattr(state.data, "exception", None), TemporaryError
    )
