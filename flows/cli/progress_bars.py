"""Shows the progress of a run on standard error: bars on a terminal, plain lines elsewhere."""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from flows.running.logs import are_json
from schemas.items.outcome import Stage
from tasks.run.progress import Progress as Watcher
from tasks.run.progress import Work

LINE_EVERY = 25
"""Without a terminal: one line for every 25 URLs of a stage, and one at its end."""


class Bars:
    """One bar for each stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[Stage | Work, TaskID] = {}
        self._lock = threading.Lock()

    def expect(self, stage: Stage | Work, count: int) -> None:
        """Lengthen the stage's bar."""
        with self._lock:
            if stage not in self._bars:
                self._bars[stage] = self._progress.add_task(stage.value, total=0)
            bar = self._bars[stage]
            self._progress.update(bar, total=(self._progress.tasks[bar].total or 0) + count)

    def advance(self, stage: Stage | Work, count: int = 1) -> None:
        """Move the stage's bar on."""
        self._progress.advance(self._bars[stage], count)


class Lines:
    """A line after every `LINE_EVERY` URLs of a stage, for logs and pipes."""

    def __init__(self) -> None:
        self._counts: dict[Stage | Work, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def expect(self, stage: Stage | Work, count: int) -> None:
        """Remember how many are to come."""
        with self._lock:
            done, total = self._counts.get(stage, (0, 0))
            self._counts[stage] = (done, total + count)

    def advance(self, stage: Stage | Work, count: int = 1) -> None:
        """Print a line if a multiple of `LINE_EVERY`, or all known, are done."""
        with self._lock:
            before, total = self._counts[stage]
            done = before + count
            self._counts[stage] = (done, total)
            if count and (done == total or done // LINE_EVERY > before // LINE_EVERY):
                _write_line(stage.value, done, total)


def _write_line(stage: str, done: int, known: int) -> None:
    if are_json():
        facts = {"stage": stage, "done": done, "known": known}
        logging.getLogger("newsdesk").info("progress", extra={"event": "progress", "facts": facts})
    else:
        print(f"{stage} done={done} known={known}", file=sys.stderr, flush=True)


@contextmanager
def watch() -> Iterator[Watcher]:
    """Bars if standard error is a terminal and logs are no JSON, otherwise lines."""
    if are_json() or not sys.stderr.isatty():
        yield Lines()
        return
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        yield Bars(progress)


class _Rate(ProgressColumn):
    """URLs per second, over the last seconds."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "", justify="right")
