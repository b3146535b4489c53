"""Who runs the steps: threads here, or tasks of a Prefect server. The one file that imports prefect.

Prefect costs seconds to import, so it is imported only where it runs: in a worker, which has it loaded
before it loads the flow, or where the command line found a server.
"""

import functools
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Protocol, TypeVar
from urllib.request import urlopen

from schemas.errors import TemporaryError
from schemas.report import RunReport
from schemas.run import RunState
from tasks.pure.run_facts import outcome_table, verdict
from tasks.pure.run_reports import render_markdown

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Function = TypeVar("Function", bound=Callable[..., Any])

RETRIES = 2
RETRY_PAUSE_S = 10
STATE_NAMES = {
    RunState.COMPLETED: "Completed",
    RunState.SOURCES_FAILED: "Sources failed",
    RunState.INTERRUPTED: "Interrupted",
}
"""Names of Prefect states, all of the type COMPLETED: what was fetched is loaded."""


class Promise(Protocol[T_co]):
    """A result to come."""

    def result(self) -> T_co:
        """Waits; raises what the step raised."""


class Runner(Protocol):
    """The one protocol that arranges steps. A promise among the arguments is waited for, and its result
    passed in its place; a step whose promise failed fails with it."""

    name: str

    def submit(self, step: Callable[..., T], *arguments: object, label: str) -> Promise[T]:
        """Run the step when its arguments are there; `label` names what it works on."""

    def report(self, report: RunReport) -> None:
        """Show the finished run where the runner shows things."""


class DirectRunner:
    """Threads. The queue is first in, first out, and a promise can only be of a step submitted before,
    so a waiting step never holds the thread that the step it waits for would need."""

    name = "direct"

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="step")

    def submit(self, step: Callable[..., T], *arguments: object, label: str) -> Future[T]:
        """See `Runner`."""
        return self._threads.submit(lambda: step(*map(_settled, arguments)))

    def report(self, report: RunReport) -> None:
        """Shows nothing: the command line prints the report itself."""

    def close(self) -> None:
        """Wait for what runs; what has not begun is dropped."""
        self._threads.shutdown(cancel_futures=True)


class PrefectRunner:
    """A Prefect task a step. Values stay in this process: Prefect sees the steps' names, order, states
    and counts, never a page or a record (its results and parameters are stored)."""

    name = "prefect"

    def submit(self, step: Callable[..., T], *arguments: object, label: str) -> "Kept[T]":
        """See `Runner`. Infrastructure errors (`TemporaryError`) are tried again."""
        from prefect import task
        from prefect.cache_policies import NO_CACHE

        kept: list[T] = []

        def body() -> None:
            kept.append(step(*map(_settled, arguments)))

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
        """Two artifacts: the table of sources and outcomes, and the summary."""
        from prefect.artifacts import create_markdown_artifact, create_table_artifact

        create_table_artifact(outcome_table(report), key=f"{report.run.flow}-outcomes", description="URLs by outcome")
        create_markdown_artifact(render_markdown(report), key=f"{report.run.flow}-summary")

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


def flow(function: Function) -> Function:
    """A Prefect flow of the function's name where Prefect is loaded; elsewhere the bare function. Its state says
    in Prefect what `newsdesk status` says of the run."""
    if "prefect" not in sys.modules:
        return function
    from prefect import flow as prefect_flow
    from prefect.states import Completed

    @functools.wraps(function)
    def body(*arguments: Any, **named: Any) -> Any:
        report = function(*arguments, **named)
        return Completed(name=STATE_NAMES[report.run.state], message=verdict(report), data=report)

    made: Any = prefect_flow(name=function.__name__, persist_result=False)(body)
    return made  # type: ignore[no-any-return]  # a Flow is called like its function, and returns the state's data


def load_prefect() -> None:
    """Import Prefect, so that flows loaded from now on are Prefect flows; never a server of its own."""
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    importlib.import_module("prefect")


def server_answers(api_url: str) -> bool:
    """Whether a Prefect server answers at the URL within 2 s; False for no URL."""
    if not api_url.startswith(("http://", "https://")):
        return False
    try:
        with urlopen(f"{api_url.rstrip('/')}/health", timeout=2) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (OSError, HTTPException):
        return False


@contextmanager
def open_runner(threads: int) -> Iterator[Runner]:
    """The runner that fits where we are: Prefect's within a flow run, threads otherwise."""
    runner = PrefectRunner() if _is_flow_run() else DirectRunner(threads)
    try:
        yield runner
    finally:
        runner.close()


def runner_name() -> str:
    """Who runs us, as ops.runs calls it."""
    return PrefectRunner.name if _is_flow_run() else DirectRunner.name


def _is_flow_run() -> bool:
    if "prefect" not in sys.modules:
        return False
    from prefect.context import FlowRunContext

    return FlowRunContext.get() is not None


def _settled(argument: Any) -> Any:
    return argument.result() if isinstance(argument, (Future, Kept)) else argument


def _is_temporary(_task: object, _run: object, state: Any) -> bool:
    return isinstance(state.data, TemporaryError) or isinstance(
        getattr(state.data, "exception", None), TemporaryError
    )
