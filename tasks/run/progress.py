"""The progress display of a run, as steps see it."""

from enum import StrEnum
from typing import Protocol

from schemas.items.outcome import Stage


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
