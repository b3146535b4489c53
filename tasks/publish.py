"""Publish: the run's row, the reader file and the report page, written so that a reader sees whole ones."""

import os
from collections.abc import Sequence
from pathlib import Path

from schemas.batch import Loaded
from schemas.errors import DiskFullError
from schemas.report import Paths, RunReport
from schemas.run import Run
from tasks.kit import Kit
from tasks.pure.run_facts import summarise
from tasks.pure.run_reports import render_html
from tasks.warc import FULL
from warehouse.answers import changed_articles, latest_headlines
from warehouse.load import load_run
from warehouse.publish import publish_reader

HEADLINES = 5
CHANGED = 50


def record(kit: Kit, run: Run) -> Run:
    """Write the run's row; the same run again changes nothing."""
    load_run(kit.warehouse, run)
    return run


def publish(kit: Kit, run: Run, loaded: Sequence[Loaded]) -> RunReport:
    """Write the reader file and the HTML report, and return what the report says."""
    settings = kit.settings
    publish_reader(kit.warehouse, settings.reader_path)
    page = settings.reports_path / f"{run.run_id}.html"
    report = summarise(
        run,
        [outcome for batch in loaded for outcome in batch.outcomes],
        [finding for batch in loaded for finding in batch.findings],
        latest_headlines(settings.reader_path, HEADLINES),
        Paths(
            warehouse=settings.warehouse or str(settings.home / "warehouse"),
            archive=settings.archive_store or str(settings.archive_path),
            reader=str(settings.reader_path),
            report=str(page),
        ),
        changed_articles(settings.reader_path, run.run_id, CHANGED),
    )
    _write_whole(page, render_html(report))
    _write_whole(settings.reports_path / "latest.html", render_html(report))
    return report


def publish_page(kit: Kit, name: str, html: str) -> Path:
    """Write a page of its own among the reports."""
    path = kit.settings.reports_path / f"{name}.html"
    _write_whole(path, html)
    return path


def _write_whole(path: Path, text: str) -> None:
    unfinished = path.with_suffix(".open")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFullError(f"no space left for the report in {str(path.parent)!r}") from error
        raise
