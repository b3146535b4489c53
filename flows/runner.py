"""Who runs the steps: threads here, or tasks of a Prefect server (`prefect_runner`).

Prefect costs seconds to import, so it is imported only where it runs: in a worker, which has it loaded
before it loads the flow, or where the command line found a server.
"""

import functools
import gc
import importlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Protocol, TypeVar
from urllib.request import urlopen

from flows.spans import step_span
from schemas.errors import NewsdeskError
from schemas.report import RunReport
from schemas.run import Run, RunState
from schemas.running import Running
from tasks.pure.run_facts import verdict

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Function = TypeVar("Function", bound=Callable[..., Any])

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


class DirectRunner:
    """Threads. The queue is first in, first out, and a promise can only be of a step submitted before,
    so a waiting step never holds the thread that the step it waits for would need."""

    name = "direct"
    orchestrated_as: str | None = None
    groups_at_most = 8
    """A commit takes half a second of CPU, however little it writes: 32 of them were two thirds of what polling
    many unchanged feeds cost (bench/README.md)."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="step")

    def submit(self, step: Callable[..., T], *arguments: object, label: str) -> Future[T]:
        """See `Runner`."""

        def work() -> T:
            settled = [_settled(argument) for argument in arguments]
            with step_span(step.__name__, label, settled):
                return step(*settled)

        return self._threads.submit(copy_context().run, work)

    def report(self, report: RunReport) -> None:
        """Shows nothing: the command line prints the report itself."""

    def close_run(self, running: Running, row: Run) -> None:
        """Nothing to close: the run's row says it."""

    def close(self) -> None:
        """Wait for what runs; what has not begun is dropped."""
        self._threads.shutdown(cancel_futures=True)


def a_few_at_once(
    steps: Iterable[Callable[[], Promise[T]]], at_most: int, over: Callable[[], object]
) -> list[Promise[T]]:
    """Begin the steps in their order, so many side by side, until `over` says something true. All that began have
    ended; what one of them raised, its promise raises again."""
    flight: deque[Promise[T]] = deque()
    begun: list[Promise[T]] = []
    for step in steps:
        if over():
            break
        if len(flight) >= at_most:
            wait_for(flight.popleft())
        flight.append(step())
        begun.append(flight[-1])
    for promise in flight:
        wait_for(promise)
    return begun


def flow(function: Function) -> Function:
    """A Prefect flow of the function's name where Prefect is loaded; elsewhere the bare function. Its state says
    in Prefect what `newsdesk status` says of the run."""
    if "prefect" not in sys.modules:
        return function
    from prefect import flow as prefect_flow
    from prefect.states import Completed, Failed

    @functools.wraps(function)
    def body(*arguments: Any, **named: Any) -> Any:
        try:
            report = function(*arguments, **named)
        except NewsdeskError as error:
            return Failed(message=str(error), data=error)
        if not isinstance(report, RunReport):
            return report
        return Completed(name=STATE_NAMES[report.run.state], message=verdict(report), data=report)

    made: Any = prefect_flow(name=function.__name__, persist_result=False)(body)
    return made  # type: ignore[no-any-return]  # a Flow is called like its function, and returns the state's data


def load_prefect() -> None:
    """Import Prefect, so that flows loaded from now on are Prefect flows; never a server of its own."""
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    gc.disable()  # A fifth of the import's CPU: it makes classes, and hardly anything to collect.
    try:
        importlib.import_module("prefect")
    finally:
        gc.enable()


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
def open_runner(threads: int, is_dask: bool = False) -> Iterator[Runner]:
    """The runner that fits where we are: Prefect's within a flow run, threads otherwise; with `is_dask` it goes
    by that name, as its pages are read on a cluster (`tasks.cage_cluster`)."""
    runner = _chosen(threads)
    if is_dask:
        runner.name = "dask"
    try:
        yield runner
    finally:
        runner.close()


def _chosen(threads: int) -> Runner:
    if not _is_flow_run():
        return DirectRunner(threads)
    from flows.prefect_runner import PrefectRunner

    return PrefectRunner()


def _is_flow_run() -> bool:
    if "prefect" not in sys.modules:
        return False
    from prefect.context import FlowRunContext

    return FlowRunContext.get() is not None


def wait_for(promise: Promise[object]) -> None:
    """Wait until its step has ended, whatever came of it."""
    with suppress(NewsdeskError):  # It is raised again where the run's promises are gathered.
        promise.result()


def _settled(argument: Any) -> Any:
    return argument.result() if isinstance(argument, Future) else argument
