"""Around the steps of every flow: lock, kit, row of the run, reader file and report."""

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

from flows.running.alerting import alerting
from flows.running.choose import open_runner
from flows.running.logs import set_up_logs
from flows.running.protocol import Promise, Runner
from flows.running.run_id import new_run_id
from flows.running.spans import span
from schemas.errors import NewsdeskError, RefusedError, SettingsError
from schemas.items.finding import Severity
from schemas.runs.batch import Loaded
from schemas.runs.lease import StepCount
from schemas.runs.report import FlowResults, RunReport
from schemas.runs.run import Run, RunState
from schemas.settings import Settings
from tasks.ingest.load import load
from tasks.ingest.publish import publish, record_for_readers, record_run
from tasks.machine.lock import check_room, hold
from tasks.machine.log import tell
from tasks.machine.settings_file import read_settings
from tasks.pure.runs.file_batch import file_batch
from tasks.pure.runs.run_row import broken_error, broken_state, run_row
from tasks.run.groups import Group, group_sources
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import CountedProgress, NoProgress, Progress
from tasks.search.side_index import feed_after_run
from tasks.sources.source_folder import SourceFolder, folder_for
from tasks.upkeep.judge import judge
from tasks.upkeep.record_unbatched import record_failed_run
from tasks.upkeep.run_lease import close_expired, leased, nothing_counted
from tasks.web.contact import need_contact

ASKING = frozenset({"ingest", "revisit"})
"""Flows that ask every source; a backfill says itself whom it asks."""
JUDGING = frozenset({"ingest", "revisit", "health"})
"""Flows that judge the health of sources; the others fetch or read what says nothing of the present."""
Stages = Callable[[Runner, Kit, Sequence[Group]], list[Promise[Loaded]]]
Results = Callable[[Kit], FlowResults]


def no_results(_kit: Kit) -> FlowResults:
    """Of a flow that has nothing to tell besides its rows."""
    return FlowResults()


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
    results: Results = no_results,
) -> RunReport:
    """Run the stages over the sources and return the report of the run. The environment and the clock are read here,
    once, unless `settings` and `now` (UTC) are given. Feeds are polled when they are due; feeds of named sources, and
    with `poll_all` all feeds, at once. `revisits`: see `Kit`. `results` is asked once
    the steps are done and the reader file is written.

    If a step of one group raises `NewsdeskError`, the other groups are still loaded, the run's row says `failed`, the
    reader file and the report are written, and then the error is raised.
    """
    settings = settings or read_settings(os.environ)
    with alerting(settings, name) as end:
        report, errors = _whole_run(name, stages, slugs, settings, progress, stop, now, poll_all, revisits, results)
        end.state = report.run.state
    if errors:
        raise errors[0]
    return report


def _whole_run(
    name: str,
    stages: Stages,
    slugs: Sequence[str],
    settings: Settings,
    progress: Progress | None,
    stop: threading.Event | None,
    now: datetime | None,
    poll_all: bool,
    revisits: bool,
    results: Results,
) -> tuple[RunReport, list[NewsdeskError]]:
    """From the reading of the sources to the report of the run."""
    now = now or datetime.now(UTC)
    run_id = new_run_id(now)
    folder = _folder(settings, name, run_id, now, slugs)
    stop, poll_all = stop or threading.Event(), poll_all or bool(slugs)
    counted = CountedProgress(progress or NoProgress())
    with (
        tuned(),
        hold(settings.home / f"{name}.lock", name),
        open_kit(settings, run_id, now, version("newsdesk"), counted, stop, poll_all, revisits=revisits) as kit,
        open_runner(settings.fetch_threads, settings.runner == "dask") as runner,
    ):
        if settings.log == "json":
            set_up_logs("json")
        tell(logging.INFO, "run begins", run_id=run_id, flow=name, runner=runner.name, sources=len(folder.sources))
        with attended(kit, runner, name, counted.counts):
            return _run(kit, runner, name, stages, folder, results, is_whole=not slugs)


@contextmanager
def tuned() -> Iterator[None]:
    """Runs Python's cyclic garbage collector 15× less often: a run makes few cycles, and collection took 10 % of a
    backfill's overhead. And lets a waiting thread have the interpreter after 0.1 ms instead of 5: while a thread
    loaded, the extraction processes waited 5 % of their time for their next pages."""
    thresholds, interval_s = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(10_000, 20, 20)
    sys.setswitchinterval(0.0001)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(interval_s)


def _folder(settings: Settings, name: str, run_id: str, now: datetime, slugs: Sequence[str]) -> SourceFolder:
    """The sources, and the files that are left out. If all files are wrong, the disk is full or the contact is
    missing, a run of all sources still writes its row: people who run it on a schedule see the failure there."""
    try:
        check_room(settings.home, settings.disk_floor_mb)
        folder = folder_for(name, settings.sources, slugs)
        need_contact(settings, (url for source in folder.sources if name in ASKING for url in source.urls))
        return folder
    except (SettingsError, RefusedError) as error:
        if not slugs:
            with open_runner(1) as runner:
                row = run_row(run_id, name, runner.name, now, now, [], [], RunState.FAILED, [error])
            with suppress(NewsdeskError):
                record_failed_run(settings, row, now)
        raise


@contextmanager
def attended(
    kit: Kit, runner: Runner, name: str, counts: Callable[[], tuple[StepCount, ...]] = nothing_counted
) -> Iterator[None]:
    """Closes the runs whose lease expired, and holds a lease for this run until the block ends. `counts`: how far its
    steps are."""
    for crashed in close_expired(kit, runner.close_run):
        tell(logging.WARNING, "dead run closed", run_id=crashed.run_id, error=crashed.error)
    with leased(kit, name, runner.name, runner.orchestrated_as, counts=counts), span(name, run_id=kit.run_id):
        yield


def _run(
    kit: Kit,
    runner: Runner,
    name: str,
    stages: Stages,
    folder: SourceFolder,
    results: Results,
    is_whole: bool,
) -> tuple[RunReport, list[NewsdeskError]]:
    row = partial(run_row, kit.run_id, name, runner.name, kit.now, left_out=folder.left_out)
    sources = folder.sources
    loaded: list[Loaded] = []
    errors: list[NewsdeskError] = []
    promises: list[Promise[Loaded]] = []
    try:
        if folder.faults:
            named = file_batch(folder.faults, kit.run_id, kit.now)
            promises.append(runner.submit(load, kit, named, label="source files"))
        promises += stages(runner, kit, group_sources(kit.run_id, sources, runner.groups_at_most))
        _gather(promises, loaded, errors)
    except BaseException as error:
        if not isinstance(error, Exception):  # A signal: load what was fetched.
            kit.stop.set()
            _gather(promises[len(loaded) + len(errors) :], loaded, errors)
        record_broken(kit, row(kit.at(), sources, loaded, broken_state(error), [*errors, broken_error(error)]))
        raise
    if name in JUDGING:
        _judge(kit, name, folder, is_whole, loaded, errors)
    state = RunState.INTERRUPTED if kit.stop.is_set() else RunState.FAILED if errors else None
    recorded = record_run(kit, row(kit.at(), sources, loaded, state, errors), sources)
    report = publish(kit, recorded, loaded, sources, partial(results, kit))
    feed_after_run(kit.settings, kit.run_id)
    runner.report(report)
    _log(report)
    return report, errors


def _judge(
    kit: Kit, name: str, folder: SourceFolder, is_whole: bool, loaded: list[Loaded], errors: list[NewsdeskError]
) -> None:
    """Judge the sources by what is loaded now; what is found belongs to the run, as its batches do."""
    sources = (*folder.sources, *folder.resting)
    try:
        if judged := judge(kit, name, sources, frozenset(folder.left_out), is_whole, loaded):
            loaded.append(judged)
    except NewsdeskError as error:
        errors.append(error)


def record_broken(kit: Kit, run: Run) -> None:
    """Write the row of a run that ends with an error. An error of the writing itself is not raised: the first one
    says more, and the next run closes a run without a row."""
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
