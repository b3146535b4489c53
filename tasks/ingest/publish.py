"""Writes the run's row, the reader file and the report pages; files are renamed into place, so they are always
whole."""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from schemas.errors import DiskFullError, NewsdeskError
from schemas.history.front_page import Period
from schemas.history.rows import SourceFileState
from schemas.items.outcome import Reason
from schemas.quality.quality_page import Quality
from schemas.runs.batch import Loaded
from schemas.runs.report import FlowResults, Paths, RunReport
from schemas.runs.run import Run
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.archive.segment import FULL
from tasks.ingest.front_page import NEWS, is_of_this_hour, write_front_page
from tasks.machine.local_zone import reading_zone
from tasks.machine.log import tell
from tasks.pure.reports.index_page import RUNS_KEPT, outdated, render_index
from tasks.pure.reports.quality_page import render_quality
from tasks.pure.reports.run_facts import summarise
from tasks.pure.reports.run_report import render_html
from tasks.run.kit_parts import RunKit, SettingsKit, WarehouseKit
from warehouse.load.load import load_run
from warehouse.load.story_links import are_linked, link_stories
from warehouse.reader.headlines import changed_articles, latest_headlines, next_poll
from warehouse.reader.publish import publish_reader
from warehouse.reader.quality import quality_facts
from warehouse.reader.status import latest_runs

HEADLINES = 5
CHANGED = 50


class PublishKit(RunKit, SettingsKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


def record_run(kit: PublishKit, run: Run, sources: Sequence[Source] = ()) -> Run:
    """Write the run's row, and what the files of its sources say where that changed; the same run again changes
    nothing."""
    load_run(kit.warehouse, run, [_state(source, run) for source in sources])
    return run


def _state(source: Source, run: Run) -> SourceFileState:
    same = SourceFileState.model_fields.keys() & Source.model_fields.keys()
    said = {name: getattr(source, name) for name in same}
    places = (*source.feeds, *source.sitemaps, *source.sections)
    return SourceFileState(**said, places=places, at=run.started_at, run_id=run.run_id)


def record_for_readers(kit: PublishKit, run: Run) -> None:
    """Write the row of a run without a report, then the reader file, so that it holds the row."""
    record_run(kit, run)
    _link_stories(kit, run)
    publish_reader(kit.warehouse, kit.settings.reader_path)


def _link_stories(kit: PublishKit, run: Run) -> None:
    """The rules are imported where a story changed: a run that found no page does without what they import."""
    if not are_linked(kit.warehouse):
        from tasks.pure.history import rules

        link_stories(kit.warehouse, rules, run.run_id, kit.now)


def publish(
    kit: PublishKit,
    run: Run,
    loaded: Sequence[Loaded],
    sources: Sequence[Source],
    results: Callable[[], FlowResults] = FlowResults,
) -> RunReport:
    """Link stories across languages, write the reader file and the report and quality pages of the run, and return
    the report. `results` is asked once the reader file is written."""
    settings = kit.settings
    _link_stories(kit, run)
    publish_reader(kit.warehouse, settings.reader_path)
    pages = settings.reports_path
    report = summarise(
        run,
        [outcome for batch in loaded for outcome in batch.outcomes],
        [finding for batch in loaded for finding in batch.findings],
        latest_headlines(settings.reader_path, HEADLINES),
        Paths(
            warehouse=settings.warehouse or str(settings.home / "warehouse"),
            archive=settings.archive_store or str(settings.archive_path),
            reader=str(settings.reader_path),
            report=str(pages / f"{run.run_id}.html"),
            quality=str(pages / f"{run.run_id}-quality.html"),
            pages=settings.reports_url.rstrip("/") or pages.absolute().as_uri(),
        ),
        changed_articles(settings.reader_path, run.run_id, CHANGED),
        next_poll(settings.reader_path, [source.slug for source in sources], kit.now),
        results(),
        reading_zone(settings.time_zone).key,
    )
    quality = Quality(
        facts=quality_facts(settings.reader_path, run.run_id, [source.slug for source in sources], kit.now),
        judgements=tuple(judgement for batch in loaded for judgement in batch.judgements),
        expects={source.slug: source.expect for source in sources},
    )
    pages_of_run = {"": render_html(report), "-quality": render_quality(report, quality)}
    for name in (run.run_id, "latest"):
        for kind, html in pages_of_run.items():
            _write_whole(pages / f"{name}{kind}.html", html)
    if settings.front_page:
        _write_front_page(kit, run, loaded)
    _write_index(settings)
    return report


def _write_front_page(kit: PublishKit, run: Run, loaded: Sequence[Loaded]) -> None:
    """Write the news of the last 24 hours, unless nothing was loaded and the pages are of this hour. An error of
    ours, or a full disk, fails no run whose rows are loaded: the pages of before stay."""
    settings = kit.settings
    folder, now = settings.reports_path / NEWS, kit.at()
    is_same = not any(outcome.reason is Reason.LOADED for batch in loaded for outcome in batch.outcomes)
    if is_same and run.flow != "publish" and is_of_this_hour(folder, now):
        return
    period = Period(since=now - timedelta(days=1), until=now)
    try:
        write_front_page(settings.reader_path, folder, period, now, settings.time_zone, has_runs=True)
    except NewsdeskError as error:
        tell(logging.WARNING, "front page not written", run_id=run.run_id, error=str(error))


def publish_page(kit: PublishKit, name: str, html: str) -> Path:
    """Write `name`.html into the folder of the reports, and return its path."""
    path = kit.settings.reports_path / f"{name}.html"
    _write_whole(path, html)
    return path


def _write_index(settings: Settings) -> None:
    """Delete the pages of old runs, and write the page that links to all others. A page that another run deleted at
    the same time is gone, as wanted."""
    folder = settings.reports_path
    for name in outdated(entry.name for entry in folder.iterdir()):
        (folder / name).unlink(missing_ok=True)
    names, zone = [entry.name for entry in folder.iterdir()], reading_zone(settings.time_zone).key
    _write_whole(folder / "index.html", render_index(latest_runs(settings.reader_path, RUNS_KEPT), names, zone))


def _write_whole(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.stem}-{os.getpid()}-{threading.get_ident()}.open")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFullError(f"no space left for the report in {str(path.parent)!r}") from error
        raise
