"""Runs: what every flow does around its stages: lock, equipment, ledger of the run, reader file, report."""

import gc
import logging
import os
import secrets
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

from flows.running.choose import open_runner
from flows.running.logs import set_up_logs
from flows.running.protocol import Promise, Runner
from flows.running.spans import span
from schemas.errors import NewsdeskError, RefusedError, SettingsError
from schemas.items.finding import Severity
from schemas.runs.batch import Loaded
from schemas.runs.report import RunReport
from schemas.runs.run import Run, RunState
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.ingest.publish import publish, record_for_readers, record_run
from tasks.machine.lock import check_room, hold
from tasks.machine.log import tell
from tasks.pure.runs.run_row import broken_error, broken_state, run_row
from tasks.run.groups import Group, group_sources
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress, Progress
from tasks.sources.source_files import read_sources
from tasks.upkeep.record_unbatched import record_failed_run
from tasks.upkeep.run_lease import close_expired, leased

Stages = Callable[[Runner, Kit, Sequence[Group]], list[Promise[Loaded]]]


def run_flow(
    name: str,
    stages: Stages,
    slugs: Sequence[str],
    settings: Settings | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    now: datetime | None = None,
    poll_all: bool = False,
    revisits: bool = True,
) -> RunReport:
    """Run the stages over the sources and return the report of the run; here the environment and the
    clock are read, once, unless they are given. Feeds are asked when they are due; those of sources
    that are named, and with `poll_all` all of them, at once. `revisits`: see `Kit`.

    A group that fails by our fault leaves the others whole: they are loaded, the run's row says
    `failed`, the reader file and the report are written, and then the error is raised.
    """
    settings = settings or Settings.from_environment(os.environ)
    now = now or datetime.now(UTC)
    run_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    sources = _sources(settings, name, run_id, now, slugs)
    stop, progress, poll_all = stop or threading.Event(), progress or NoProgress(), poll_all or bool(slugs)
    with (
        tuned(),
        hold(settings.home / f"{name}.lock", name),
        open_kit(settings, run_id, now, version("newsdesk"), progress, stop, poll_all, revisits=revisits) as kit,
        open_runner(settings.fetch_threads, settings.runner == "dask") as runner,
    ):
        if settings.log == "json":
            set_up_logs("json")
        tell(logging.INFO, "run begins", run_id=run_id, flow=name, runner=runner.name, sources=len(sources))
        with attended(kit, runner, name):
            report, errors = _run(kit, runner, name, stages, sources)
    if errors:
        raise errors[0]
    return report


@contextmanager
def tuned() -> Iterator[None]:
    """Within, garbage that holds itself is looked for a fifteenth as often: hardly any of a run's does, and the look
    was a tenth of what a backfill takes beside its pages. And a thread that waits for its turn in the interpreter
    gets it after 0.1 ms, not 5: one that loads would keep a child waiting for its next pages, 5 % of its time."""
    thresholds, interval_s = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(10_000, 20, 20)
    sys.setswitchinterval(0.0001)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(interval_s)


def _sources(settings: Settings, name: str, run_id: str, now: datetime, slugs: Sequence[str]) -> tuple[Source, ...]:
    """The sources. Where their files are wrong, or the disk is full, a run of all leaves a row: who runs it by a
    schedule reads that."""
    try:
        check_room(settings.home, settings.disk_floor_mb)
        return read_sources(settings.sources, slugs)
    except (SettingsError, RefusedError) as error:
        if not slugs:
            with open_runner(1) as runner:
                row = run_row(run_id, name, runner.name, now, now, [], [], RunState.FAILED, [error])
            with suppress(NewsdeskError):
                record_failed_run(settings, row, now)
        raise


@contextmanager
def attended(kit: Kit, runner: Runner, name: str) -> Iterator[None]:
    """The runs that died are closed, and everybody knows of this one until it ends."""
    for crashed in close_expired(kit, runner.close_run):
        tell(logging.WARNING, "dead run closed", run_id=crashed.run_id, error=crashed.error)
    with leased(kit, name, runner.name, runner.orchestrated_as), span(name, run_id=kit.run_id):
        yield


def _run(
    kit: Kit, runner: Runner, name: str, stages: Stages, sources: Sequence[Source]
) -> tuple[RunReport, list[NewsdeskError]]:
    row = partial(run_row, kit.run_id, name, runner.name, kit.now)
    loaded: list[Loaded] = []
    errors: list[NewsdeskError] = []
    promises: list[Promise[Loaded]] = []
    try:
        promises += stages(runner, kit, group_sources(kit.run_id, sources, runner.groups_at_most))
        _gather(promises, loaded, errors)
    except BaseException as error:
        if not isinstance(error, Exception):  # A signal: what was fetched is loaded.
            kit.stop.set()
            _gather(promises[len(loaded) + len(errors) :], loaded, errors)
        record_broken(kit, row(kit.at(), sources, loaded, broken_state(error), [*errors, broken_error(error)]))
        raise
    state = RunState.INTERRUPTED if kit.stop.is_set() else RunState.FAILED if errors else None
    report = publish(kit, record_run(kit, row(kit.at(), sources, loaded, state, errors)), loaded, sources)
    runner.report(report)
    _log(report)
    return report, errors


def record_broken(kit: Kit, run: Run) -> None:
    """Write the row of a run that ends with an error, which says more than one from here would; a run without a
    row is closed by the next."""
    with suppress(NewsdeskError):
        record_for_readers(kit, run)
        kit.hot.end_run(kit.run_id)


def _log(report: RunReport) -> None:
    run = report.run
    for count in run.stages:
        tell(logging.INFO, "stage ends", run_id=run.run_id, **count.model_dump())
    for finding in report.findings:
        level = logging.WARNING if finding.severity is Severity.WARNING else logging.INFO
        tell(level, "finding", **finding.model_dump(exclude={"at"}))
    level = logging.ERROR if run.state is RunState.FAILED else logging.INFO
    tell(level, "run ends", run_id=run.run_id, flow=run.flow, state=run.state, urls=run.urls, error=run.error)


def _gather(promises: Iterable[Promise[Loaded]], loaded: list[Loaded], errors: list[NewsdeskError]) -> None:
    for promise in promises:
        try:
            loaded.append(promise.result())
        except NewsdeskError as error:
            errors.append(error)
