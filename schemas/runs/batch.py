"""A batch: the items that a stage kept, and the outcomes of those that it dropped; together, all that came in."""

from collections.abc import Collection
from typing import Generic, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.finding import Finding
from schemas.items.incident import Closing
from schemas.items.outcome import Outcome, Stage
from schemas.items.site_page import PageSight, Wrapper
from schemas.quality.quality_page import Judgement
from schemas.runs.ledger import FeedState, Quarantined, Request
from schemas.runs.run import StageCount
from schemas.sources.health import HealthState
from schemas.sources.usual import SourceTally, Usual

S = TypeVar("S")
T = TypeVar("T")


class BatchLedger(BaseModel):
    """Rows that a batch collects besides its articles: captures, requests, feed states, quarantine. The load writes
    them in the same transaction. Not written: `readings`, which are stored captures extracted again, to compare the
    articles with, and `judgements`, which are for the run's report."""

    model_config = ConfigDict(frozen=True)

    captures: tuple[Capture, ...] = ()
    requests: tuple[Request, ...] = ()
    feed_states: tuple[FeedState, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    findings: tuple[Finding, ...] = ()
    closings: tuple[Closing, ...] = ()
    health_states: tuple[HealthState, ...] = ()
    tallies: tuple[SourceTally, ...] = ()
    usuals: tuple[Usual, ...] = ()
    sights: tuple[PageSight, ...] = ()
    wrappers: tuple[Wrapper, ...] = ()
    readings: tuple[Article, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    def __add__(self, other: "BatchLedger") -> "BatchLedger":
        return BatchLedger(**{name: getattr(self, name) + getattr(other, name) for name in BatchLedger.model_fields})


class Batch(BaseModel, Generic[T]):
    """`kept` goes on to the next stage; `dropped` carries the outcomes of all stages so far, so that
    the load can write the ledger of the whole batch at once. `batch_id` stays the same all the way."""

    model_config = ConfigDict(frozen=True)

    batch_id: UUID
    run_id: str
    kept: tuple[T, ...] = ()
    dropped: tuple[Outcome, ...] = ()
    ledger: BatchLedger = BatchLedger()
    counts: tuple[StageCount, ...] = Field(())

    def without_findings_of(self, sources: Collection[str]) -> Self:
        """The batch without the findings of these sources (slugs)."""
        heard = tuple(finding for finding in self.ledger.findings if finding.source not in sources)
        return self.model_copy(update={"ledger": self.ledger.model_copy(update={"findings": heard})})

    @property
    def is_empty(self) -> bool:
        """Whether it has no row for any table."""
        return not self.size() and self.ledger == BatchLedger()

    def size(self) -> int:
        """How many URLs are in the batch, kept and dropped."""
        return len(self.kept) + len(self.dropped)


class Loaded(BaseModel):
    """The result of one load. `outcomes` are the rows of ops.outcomes of the whole batch, as written: the final
    reason of every URL. `is_replay`: the batch was loaded before, and nothing was written."""

    model_config = ConfigDict(frozen=True)

    batch_id: UUID
    run_id: str
    is_replay: bool = False
    versions_inserted: int = 0
    outcomes: tuple[Outcome, ...] = ()
    counts: tuple[StageCount, ...] = ()
    findings: tuple[Finding, ...] = ()
    judgements: tuple[Judgement, ...] = ()


def pass_on(
    before: Batch[S],
    kept: tuple[T, ...],
    dropped: tuple[Outcome, ...],
    ledger: BatchLedger,
    stage: Stage,
    seconds: float,
) -> Batch[T]:
    """The batch after a stage; raises `AssertionError` where a stage lost or doubled an item."""
    taken = len(before.kept)
    assert len(kept) + len(dropped) == taken, f"{stage}: {taken} in, {len(kept)} + {len(dropped)} out"
    count = StageCount(stage=stage, taken=taken, kept=len(kept), dropped=len(dropped), seconds=seconds)
    return Batch(
        batch_id=before.batch_id,
        run_id=before.run_id,
        kept=kept,
        dropped=before.dropped + dropped,
        ledger=before.ledger + ledger,
        counts=(*before.counts, count),
    )
