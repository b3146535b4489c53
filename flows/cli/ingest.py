"""`newsdesk ingest`: choose who runs the flow, show it, and end with the right exit code."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.progress_bars import watch
from flows.cli.read import print_json
from flows.running.choose import load_prefect, server_answers
from schemas.errors import RefusedError
from schemas.runs.report import RunReport
from schemas.runs.run import RunState
from schemas.settings import Settings
from tasks.pure.reports.run_report import render_lines

if TYPE_CHECKING:
    from flows.running.run import Stages

EXIT_CODES = {
    RunState.COMPLETED: 0,
    RunState.FAILED: 1,
    RunState.SOURCES_FAILED: 3,
    RunState.INTERRUPTED: 130,
    RunState.CRASHED: 1,
}

AsJson = Annotated[bool, typer.Option("--json", help="Print one summary object on standard output.")]


def ingest(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Slugs of sources, asked at once; none: all that are due.")
    ] = None,
    poll_all: Annotated[bool, typer.Option("--now", help="Ask every feed, due or not.")] = False,
    revisits: Annotated[
        bool, typer.Option(help="Look again at articles that are due for it; not where `newsdesk revisit` does.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Fetch what is new at the sources and load it."""
    settings = Settings.from_environment(os.environ)
    if wants_prefect(settings):
        load_prefect()
        from flows.ingest import ingest as ingest_flow

        finish(ingest_flow(sources, poll_all, revisits), as_json)
    else:
        from flows.ingest import stages

        finish(run_here(settings, sources or [], "ingest", stages, poll_all, revisits), as_json)


def revisit(
    sources: Annotated[list[str] | None, typer.Argument(help="Slugs of sources; none: all.")] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch articles again that are due for it: 1 h, 6 h, 24 h, 3 d and 7 d after publication."""
    settings = Settings.from_environment(os.environ)
    if wants_prefect(settings):
        load_prefect()
        from flows.revisit import revisit as revisit_flow

        finish(revisit_flow(sources), as_json)
    else:
        from flows.revisit import stages

        finish(run_here(settings, sources or [], "revisit", stages), as_json)


def run_here(
    settings: Settings,
    slugs: list[str],
    name: str,
    stages: "Stages",
    poll_all: bool = False,
    revisits: bool = True,
) -> RunReport:
    """Run a flow's stages in this process and without Prefect."""
    from flows.running.run import run_flow

    with watch() as watcher, stop_on_signals() as stop:
        return run_flow(name, stages, slugs, settings, watcher, stop, poll_all=poll_all, revisits=revisits)


def finish(report: RunReport, as_json: bool) -> None:
    """Print the report, and end with the run's exit code."""
    show(report, as_json)
    leave(report)


def show(report: RunReport, as_json: bool) -> None:
    """Print the report."""
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        print("\n".join(render_lines(report)))


def leave(report: RunReport) -> None:
    """End with the run's exit code."""
    code = EXIT_CODES[report.run.state]
    if code:
        raise typer.Exit(code)


@contextmanager
def stop_on_signals(told: str = "stopping; what was fetched is being loaded") -> Iterator[threading.Event]:
    """An event that the first Ctrl-C or SIGTERM sets; a second one ends the process at once."""
    stop = threading.Event()

    def ask(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(128 + number)
        stop.set()
        with suppress(BrokenPipeError):
            print(f"newsdesk: {told} (again: stop at once)", file=sys.stderr)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, action in before.items():
            signal.signal(number, action)


def wants_prefect(settings: Settings) -> bool:
    """Whether a Prefect server is to run the flow; raises `RefusedError` where it must and none answers."""
    if settings.runner == "direct":
        return False
    answers = server_answers(os.environ.get("PREFECT_API_URL", ""))
    if settings.runner == "prefect" and not answers:
        raise RefusedError("NEWSDESK_RUNNER is 'prefect', but no server answers at PREFECT_API_URL")
    return answers
