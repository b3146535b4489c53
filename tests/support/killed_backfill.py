"""A program that runs backfills which die: it loads everything once, and forks a child for each attempt.

Each line of standard input is JSON: the settings, the wish, and after how many steps of progress, and how many
milliseconds, the child kills itself (null: it lives). The answer is one line: `killed` or `done`.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import schemas.quality.expectations  # noqa: F401  seconds to load, which no attempt should pay
from flows.backfill import run_job
from schemas.items.outcome import Stage
from schemas.runs.backfill_plan import BackfillOptions
from schemas.settings import Settings
from tasks.backfill.job import BackfillJob
from tasks.run.progress import Work


class Fuse:
    """Progress that ends the process, as the power does, some milliseconds after a step."""

    def __init__(self, steps: int, delay_ms: float) -> None:
        self._left = steps
        self._delay_ms = delay_ms

    def expect(self, stage: Stage | Work, count: int) -> None:
        """A step."""
        self._step()

    def advance(self, stage: Stage | Work, count: int = 1) -> None:
        """A step."""
        self._step()

    def _step(self) -> None:
        self._left -= 1
        if self._left == 0:
            threading.Timer(self._delay_ms / 1000, os.kill, (os.getpid(), signal.SIGKILL)).start()


def fuse_of(order: dict[str, Any]) -> Fuse | None:
    """The fuse that the order asks for; None: the attempt lives."""
    return Fuse(order["steps"], order["delay_ms"]) if order["steps"] else None


def attempt(order: dict[str, Any]) -> None:
    """Run the backfill until it is done or dead."""
    job = BackfillJob(BackfillOptions.model_validate(order["wanted"]))
    run_job(job, Settings.model_validate(order["settings"]), fuse_of(order))


def serve(attempt: Callable[[dict[str, Any]], None]) -> None:
    """Fork a child for each order until there are no more."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            attempt(json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print({0: "done", signal.SIGKILL: "killed"}.get(status, f"status {status}"), flush=True)


if __name__ == "__main__":
    serve(attempt)
