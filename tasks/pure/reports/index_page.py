"""The page of all runs: a line and the links of each, and which pages are old enough to be deleted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from schemas.runs.run import RunState
from schemas.runs.status import RunLine
from tasks.pure.reports.templates_env import page_template

RUNS_KEPT = 1000
"""Runs whose pages stay: ten days of a run every quarter of an hour, about 60 MB."""
_PAGE = re.compile(r"(replay-)?([0-9]{8}T[0-9]{6}(?:-[a-z]+)?-[0-9a-f]{6})(-quality)?\.html")
_LEVELS = {RunState.COMPLETED: "good", RunState.SOURCES_FAILED: "warn", RunState.INTERRUPTED: "warn"}


def pages_of_runs(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """The names of files, by run id (latest first) and by what the page is: `report`, `quality` or `replay`. Names
    that are no page of a run are left out."""
    found: dict[str, dict[str, str]] = {}
    for name in names:
        if match := _PAGE.fullmatch(name):
            kind = "replay" if match[1] else "quality" if match[3] else "report"
            found.setdefault(match[2], {})[kind] = name
    return dict(sorted(found.items(), reverse=True))


def outdated(names: Iterable[str], kept: int = RUNS_KEPT) -> list[str]:
    """The pages of all but the `kept` latest runs that have any. No other file is named."""
    runs = list(pages_of_runs(names).values())
    return [name for pages in runs[kept:] for name in pages.values()]


def render_index(runs: Sequence[RunLine], names: Iterable[str], time_zone: str = "UTC") -> str:
    """One HTML file: the runs that have a page, latest first, with links to their pages, which lie in the same
    folder. Times are in the zone (IANA). Pages of runs that are not among `runs` are linked without counts."""
    names = list(names)
    pages = pages_of_runs(names)
    lines = {run.run_id: run for run in runs}
    return page_template("index").render(
        rows=[(run_id, lines.get(run_id), links) for run_id, links in pages.items()],
        zone=ZoneInfo(time_zone),
        levels=_levels(lines),
        latest=next(iter(pages), None),
        has_news="news" in names,
    )


def _levels(lines: Mapping[str, RunLine]) -> dict[str, str]:
    return {run_id: _LEVELS.get(run.state, "bad") for run_id, run in lines.items()}
