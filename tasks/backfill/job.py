"""The request for a backfill, and its state from run to run."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from schemas.runs.backfill_plan import BackfillOptions, BackfillProgress, Estimate
from tasks.archive.payloads import Payloads


@dataclass
class BackfillJob:
    """What is wanted, and how far it is. `plan`: the plan to resume; None: the open plan of the same request, or a
    new one. Captures since `planned_at` (UTC) may be of this plan. `faults`: damaged records and files so far;
    `articles`: loaded so far; `chunks` of the plan, and `left` of them to load; `payloads`: the bodies to which
    revisits of its files may refer. `tell` gets the lines for a person."""

    wanted: BackfillOptions
    is_dry: bool = False
    plan: UUID | None = None
    planned_at: datetime | None = None
    estimate: Estimate | None = None
    faults: int = 0
    articles: int = 0
    chunks: int = 0
    left: int = 0
    payloads: Payloads = field(default_factory=Payloads)
    tell: Callable[[str], None] = lambda _: None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, articles: int, faults: int) -> None:
        """Add what a chunk loaded; any thread may call it."""
        with self.lock:
            self.articles += articles
            self.faults += faults

    def progress(self) -> BackfillProgress:
        """How far it is."""
        return BackfillProgress(
            wanted=self.wanted,
            is_dry=self.is_dry,
            plan_id=self.plan,
            estimate=self.estimate,
            chunks=self.chunks,
            left=self.left,
            articles=self.articles,
            faults=self.faults,
        )
