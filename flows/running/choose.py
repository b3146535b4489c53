"""Chooses what runs the steps: threads of this process (`direct`) or tasks of a Prefect server (`prefect_runner`).

Importing Prefect takes seconds, so it is imported only where it is used: in a worker, which imports it before
the flow, and in a command that found a server.
"""

import functools
import gc
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.request import urlopen

from flows.running.direct import DirectRunner
from flows.running.protocol import Runner
from schemas.errors import NewsdeskError
from schemas.runs.alert import AlertCounts
from schemas.runs.maintenance import Maintained
from schemas.runs.report import RunReport
from schemas.runs.run import RunState
from tasks.pure.alerts.messages import counts_sentence
from tasks.pure.reports.maintenance_report import maintained_sentence
from tasks.pure.reports.run_facts import verdict
from tasks.pure.reports.wording import span
from tasks.pure.runs.run_name import run_name

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Function = TypeVar("Function", bound=Callable[..., Any])

LATE_S = 1800.0
"""A scheduled run of a flow in `OFTEN` that begins so many seconds after its time is skipped: twice the interval of
`ingest`."""
OFTEN = frozenset({"ingest", "revisit", "health"})
"""Flows whose next scheduled run is an hour away at most. One that runs once a day is never skipped."""
STATE_NAMES = {
    RunState.COMPLETED: "Completed",
    RunState.SOURCES_FAILED: "Sources failed",
    RunState.INTERRUPTED: "Interrupted",
}
"""Names of Prefect states, all of the type COMPLETED: what was fetched is loaded."""


def flow(function: Function) -> Function:
    """If Prefect is imported already: a Prefect flow with the function's name, whose state is that of the run in
    `newsdesk status`. Otherwise the function as it is."""
    if "prefect" not in sys.modules:
        return function
    from prefect import flow as prefect_flow
    from prefect.states import Completed, Failed

    @functools.wraps(function)
    def body(*arguments: Any, **named: Any) -> Any:
        if waited := _wait_in_vain(function.__name__):
            return Completed(name="Skipped", message=waited)
        try:
            report: RunReport | Maintained | AlertCounts = function(*arguments, **named)
        except NewsdeskError as error:
            return Failed(message=str(error), data=error)
        if isinstance(report, AlertCounts):
            return Completed(message=counts_sentence(report), data=report)
        if isinstance(report, Maintained):
            return Completed(message=maintained_sentence(report), data=report)
        return Completed(name=STATE_NAMES[report.run.state], message=verdict(report), data=report)

    made: Any = prefect_flow(name=function.__name__, flow_run_name=_run_name, persist_result=False)(body)
    return made  # type: ignore[no-any-return]  # a Flow is called like its function, and returns the state's data


def _wait_in_vain(name: str) -> str | None:
    """Why the run that begins is skipped; None: it is not. A scheduled run that waited for `LATE_S` behind others is:
    after an outage dozens would follow each other. A run that a person asked for never is."""
    from prefect.context import FlowRunContext

    context = FlowRunContext.get()
    run = context.flow_run if context else None
    if name not in OFTEN or run is None or not run.auto_scheduled or run.expected_start_time is None:
        return None
    waited_s = (datetime.now(UTC) - run.expected_start_time).total_seconds()
    if waited_s < LATE_S:
        return None
    due = f"due at {run.expected_start_time:%Y-%m-%d %H:%M} UTC, {span(waited_s)} ago"
    return (
        f"Skipped, nothing was done: it was {due}; the next scheduled run does the same, a quick run does it at once"
    )


def _run_name() -> str:
    """The name of the Prefect run that begins, from its flow and parameters."""
    from prefect.runtime import flow_run

    return run_name(flow_run.flow_name, flow_run.parameters)


def load_prefect() -> None:
    """Import Prefect, so that flows imported from now on are Prefect flows. Does not let it start a server."""
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    gc.disable()  # Collection took 20 % of the import's CPU, and the import makes hardly any garbage.
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
    """Within a Prefect flow run the Prefect runner, otherwise `threads` threads. `is_dask`: its name is "dask", since
    pages are extracted on a cluster (`tasks.cage.dask_cluster`)."""
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
    from flows.running.prefect_runner import PrefectRunner

    return PrefectRunner()


def _is_flow_run() -> bool:
    if "prefect" not in sys.modules:
        return False
    from prefect.context import FlowRunContext

    return FlowRunContext.get() is not None
