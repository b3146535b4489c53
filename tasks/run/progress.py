"""Progress: how a run tells whoever watches how it gets on."""

from enum import StrEnum
from typing import Protocol

from schemas.items.outcome import Stage


class Work(StrEnum):
    """What is counted beside the URLs of the stages."""

    CHUNKS = "chunks"


class Progress(Protocol):
    """Somebody who wants to see how a run gets on; any thread may call."""

    def expect(self, stage: Stage | Work, count: int) -> None:
        """So many more are to come in the stage."""

    def advance(self, stage: Stage | Work, count: int = 1) -> None:
        """So many are done in the stage."""


class NoProgress:
    """Nobody looks."""

    def expect(self, stage: Stage | Work, count: int) -> None:
        """Says nothing."""

    def advance(self, stage: Stage | Work, count: int = 1) -> None:
        """Says nothing."""
