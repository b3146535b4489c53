"""Writes the front page and its pages into a folder, whole: what was written before stays until all is ready."""

import os
import re
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from schemas.errors import DiskFullError, RefusedError
from schemas.history.front_page import Period
from tasks.archive.segment import FULL
from tasks.machine.local_zone import reading_zone
from tasks.pure.reports.front.pages import INDEX, render_pages
from warehouse.reader.front_page import front_page, members_sql

NEWS = "news"
"""The folder of the pages within that of the runs' pages."""
HOUR_S = 3600
_STORY = re.compile(r"story-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.html")


class Written(NamedTuple):
    """The page to open, and how much was written."""

    page: Path
    stories: int
    articles: int
    files: int
    bytes: int


def write_front_page(
    reader_path: Path, folder: Path, period: Period, now: datetime, time_zone: str, has_runs: bool
) -> Written:
    """Write the pages of the period into the folder; a story's page that is not of the period is deleted, no other
    file. `time_zone`: as in the settings. `has_runs`: the folder lies in that of the runs' pages. Raises
    `DiskFullError`, where the pages of before stay, `RefusedError` where the folder cannot be written, and
    `NewsdeskError` where there is no reader file."""
    front = front_page(reader_path, period)
    queries = {story.story_id: members_sql(story.story_id) for story in front.stories}
    pages = render_pages(front, now, reading_zone(time_zone).key, queries, has_runs)
    try:
        _write(folder, pages)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFullError(f"no space left for the pages in {str(folder)!r}; those of before stay") from error
        raise RefusedError(f"cannot write the pages in {str(folder)!r}: {error.strerror}") from error
    size = sum(len(text.encode()) for text in pages.values())
    return Written(folder / INDEX, len(front.stories), front.totals.articles_of_period, len(pages), size)


def is_of_this_hour(folder: Path, now: datetime) -> bool:
    """Whether the pages in the folder were written within the hour before `now` (aware)."""
    page = folder / INDEX
    return page.exists() and now.timestamp() - page.stat().st_mtime < HOUR_S


def _write(folder: Path, pages: Mapping[str, str]) -> None:
    """All files are written beside their places first; then each is renamed, a page after those that it links to."""
    folder.mkdir(parents=True, exist_ok=True)
    ready = Path(mkdtemp(prefix=".pages-", dir=folder))
    try:
        for name, text in pages.items():
            (ready / name).write_text(text, encoding="utf-8")
        for name in pages:
            os.replace(ready / name, folder / name)
        for path in folder.iterdir():
            if _STORY.fullmatch(path.name) and path.name not in pages:
                path.unlink(missing_ok=True)
    finally:
        shutil.rmtree(ready, ignore_errors=True)
