"""The progress display of a run, as steps see it."""

import threading
from enum import StrEnum
from typing import Protocol

from schemas.items.outcome import Stage
from schemas.runs.lease import StepCount


class Work(StrEnum):
    """Counted besides the URLs of the stages."""

    CHUNKS = "chunks"


class Progress(Protocol):
    """A progress display; any thread may call it."""

    def expect(self, stage: Stage | Work, count: int) -> None:
        """Add `count` to the total of the stage."""

    def advance(self, stage: Stage | Work, count: int = 1) -> None:
        """Add `count` to the finished part of the stage."""


class NoProgress:
    """A progress display that shows nothing."""

    def expect(self, stage: Stage | Work, count: int) -> None:
        """Does nothing."""

    def advance(self, stage: Stage | Work, count: int = 1) -> None:
        """Does nothing."""


class CountedProgress:
    """Counts what it is told and passes it on to the display `shown`: the run's lease publishes the counts."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._lock = threading.Lock()
        self._counts: dict[Stage | Work, tuple[int, int]] = {}

    def expect(self, stage: Stage | Work, count: int) -> None:
        """See `Progress`."""
        self._add(stage, 0, count)
        self._shown.expect(stage, count)

    def advance(self, stage: Stage | Work, count: int = 1) -> None:
        """See `Progress`."""
        self._add(stage, count, 0)
        self._shown.advance(stage, count)

    def counts(self) -> tuple[StepCount, ...]:
        """How far each step is, in the order in which they began."""
        with self._lock:
            return tuple(
                StepCount(step=stage.value, done=done, known=known) for stage, (done, known) in self._counts.items()
            )

    def _add(self, stage: Stage | Work, done: int, known: int) -> None:
        with self._lock:
            so_far, expected = self._counts.get(stage, (0, 0))
            self._counts[stage] = (so_far + done, expected + known)
