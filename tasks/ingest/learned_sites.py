"""Hands what one chunk of a backfill learned about its sites to the next chunk, before the first is loaded."""

from concurrent.futures import Future
from dataclasses import dataclass, field
from uuid import UUID

from tasks.pure.site.learning_rounds import Sites


@dataclass(frozen=True, slots=True)
class Learned:
    """`before`: what the chunk before this one learned; None: that chunk is loaded, or there is none. `behind`: the
    batch id of that chunk; its last pages teach only the chunk after the next, so that what a chunk is read with
    depends neither on thread timing nor on whether the run was killed. `taught`: what this chunk learned."""

    before: Future[Sites] | None = None
    behind: UUID | None = None
    taught: Future[Sites] = field(default_factory=Future)

    def from_before(self) -> Sites:
        """Blocks until the chunk before has read its last round, or has ended; empty where there is no such chunk."""
        return self.before.result() if self.before else {}

    def teach(self, sites: Sites) -> None:
        """Lets the next chunk begin. Of several calls the first counts."""
        if not self.taught.done():
            self.taught.set_result(sites)
