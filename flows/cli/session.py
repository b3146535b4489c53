"""One call of the command: its settings, the run that it makes in this process, its signals and its exit code."""

import _thread
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.output import print_json, tell, zone_here
from schemas.errors import NewsdeskError, TooEarlyError
from schemas.runs.lease import Life
from schemas.runs.run import RunState
from schemas.settings import Settings
from tasks.machine.local_zone import local_zone
from tasks.machine.settings_file import read_settings
from tasks.pure.dates.since import FORMS, instant_of
from tasks.pure.runs.liveness import no_rows_line, under_way_line

if TYPE_CHECKING:
    from flows.running.run import Results, Stages
    from schemas.runs.report import RunReport

EXIT_CODES = {
    RunState.COMPLETED: 0,
    RunState.FAILED: 1,
    RunState.SOURCES_FAILED: 3,
    RunState.INTERRUPTED: 130,
    RunState.CRASHED: 1,
}


SINCE = f"First day or instant, in NEWSDESK_TIME_ZONE: {FORMS}."
Since = Annotated[str, typer.Option("--since", help=SINCE)]
Until = Annotated[
    str | None, typer.Option("--until", help="The day or instant after the last, written as --since; none: now.")
]


def instant_given(text: str | None, settings: Settings) -> datetime | None:
    """As `instant`; None where nothing was given."""
    return instant(text, settings) if text else None


def instant(text: str, settings: Settings) -> datetime:
    """The instant that a person wrote in the zone of the settings, in UTC; words without a date are told with theirs.
    Raises `UsageError` for what is no day or instant."""
    at = instant_of(text, datetime.now(UTC), local_zone(settings.time_zone))
    if not text.strip()[:4].isdigit():
        tell(f"{text!r} is {at.isoformat(timespec='minutes')}")
    return at.astimezone(UTC)


def settings_here() -> Settings:
    """The settings that the environment of this process and the settings file give."""
    return read_settings(os.environ)


def slugs_here(incomplete: str) -> list[str]:
    """Slugs that begin so, for the shell to complete: the names of the source files, right or wrong. None where the
    settings cannot be read: a shell that completes shows no error."""
    try:
        folder = settings_here().sources
    except NewsdeskError:
        return []
    return sorted(path.stem for path in folder.glob("*.toml") if path.stem.startswith(incomplete))


def reader_path() -> Path:
    """The reader file of this home. While the first run is under way, a line on standard error says so; raises
    `TooEarlyError` if that run has published nothing yet."""
    from tasks.upkeep.runs_under_way import first_run

    settings = settings_here()
    if run := first_run(settings):
        tell_of_first_run(run, settings.reader_path)
    return settings.reader_path


def tell_of_first_run(run: Life, path: Path) -> None:
    """Say how far the run is, on standard error. Raises `TooEarlyError` if there is no reader file at the path."""
    if not path.is_file():
        raise TooEarlyError(f"{no_rows_line(run, zone_here())}: give the command again then")
    tell(f"{under_way_line(run, zone_here())}; the rows are those of its batches so far")


def run_here(
    settings: Settings,
    slugs: list[str],
    name: str,
    stages: "Stages",
    poll_all: bool = False,
    revisits: bool = True,
    results: "Results | None" = None,
) -> "RunReport":
    """Run a flow's stages in this process, without Prefect; with progress bars, and stopped by signals."""
    from flows.cli.progress_bars import watch
    from flows.running.run import no_results, run_flow

    results = results or no_results
    with watch() as watcher, stop_on_signals() as stop:
        return run_flow(name, stages, slugs, settings, watcher, stop, None, poll_all, revisits, results)


def finish(report: "RunReport", as_json: bool) -> None:
    """Print the report, and end with the run's exit code."""
    show(report, as_json)
    leave(report)


def show(report: "RunReport", as_json: bool) -> None:
    """Print the report."""
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        from tasks.pure.reports.run_report import render_lines

        print("\n".join(render_lines(report)))


def leave(report: "RunReport") -> None:
    """End with the run's exit code."""
    code = EXIT_CODES[report.run.state]
    if code:
        raise typer.Exit(code)


@contextmanager
def stop_on_signals(told: str = "stopping; what was fetched is being loaded") -> Iterator[threading.Event]:
    """An event that the first Ctrl-C or SIGTERM sets; a second one ends the process at once."""
    stop = threading.Event()
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked:
            os._exit(128 + number)
        asked.append(number)
        # In a thread: whoever waits for the event holds its lock for a moment, and we may interrupt just that.
        _thread.start_new_thread(stop.set, ())
        sentence = f"{told} (again: stop at once)"
        try:
            tell(sentence)
        except BrokenPipeError:
            return  # The reader of the pipe has gone; the run ends in order all the same.
        except RuntimeError:  # The signal came in the middle of a line: its buffer takes no second one meanwhile.
            os.write(2, f"newsdesk: {sentence}\n".encode())

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, action in before.items():
            signal.signal(number, action)
