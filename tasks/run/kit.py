"""The equipment that the steps of one run share, opened and closed together."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from schemas.items.capture import Capture
from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Outcome, Reason, Refusal, Stage, end_of
from schemas.runs.ledger import Request
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.archive.segment import Segment
from tasks.archive.store import Archive
from tasks.cage.dask_cluster import Cluster
from tasks.cage.pool import Cage
from tasks.machine.clock import SharedClock
from tasks.politeness.politeness import PoliteClient
from tasks.run.progress import Progress
from tasks.web.client import Exchange, Web, web_of
from warehouse.database.connection import Warehouse
from warehouse.hot.state import HotState, open_hot
from warehouse.load.load import load_requests
from warehouse.tables.migrate import migrate

PRELOAD = ("tasks.pure.listings.read", "tasks.pure.article.build")


@dataclass(frozen=True)
class Kit:
    """What the steps of a run need; `now` is the run's instant (UTC), `stop` is set when a person or
    the system asks the run to end, `ends_at` (monotonic seconds) is when its time is used up: steps then
    take up nothing further. `poll_all`: feeds are asked whether they are due or not. `clock` gives epoch seconds,
    the same ones on all machines that share the hot state. `revisits`: discovery adds the articles that are to be
    looked at again. `request_log` gets each request that is sent; None: no log is wanted."""

    settings: Settings
    run_id: str
    now: datetime
    web: Web
    hot: HotState
    cage: Cage
    warehouse: Warehouse
    progress: Progress
    stop: threading.Event
    clock: Callable[[], float] = time.time
    ends_at: float = math.inf
    poll_all: bool = False
    revisits: bool = True
    cluster: Cluster | None = None
    request_log: deque[Request] | None = None

    @property
    def parsers(self) -> Cage | Cluster:
        """Parses pages in bulk: the cage of this process, or the Dask cluster."""
        return self.cluster or self.cage

    def start_parsers(self) -> None:
        """Start the fork server of the cage, so that it imports the extractor while the run plans. Not on a
        cluster."""
        if self.cluster is None:
            self.cage.begin("tasks.pure.article.build:make_ready")

    def stop_reason(self) -> Refusal | None:
        """Why steps must take up nothing further; None: the run goes on."""
        if self.stop.is_set():
            return Refusal(reason=Reason.INTERRUPTED, detail="the run was asked to stop")
        if time.monotonic() >= self.ends_at:
            return Refusal(reason=Reason.INTERRUPTED, detail="the run's time is used up")
        return None

    def wait(self, seconds: float) -> bool:
        """Sleep, at most until the run ends; returns whether it must end."""
        self.stop.wait(max(0.0, min(seconds, self.ends_at - time.monotonic())))
        return self.stop_reason() is not None

    def polite_client(self) -> PoliteClient:
        """A polite client for one step, with a list of requests of its own; turns are shared by all."""
        return PoliteClient(
            self.web, self.hot, self.settings, self.clock, self.run_id, wait=self.wait, request_log=self.request_log
        )

    def segment(self, batch_id: UUID, stage: Stage) -> Segment:
        """A new segment; its name depends on the date, the run, the batch and the stage only."""
        name = f"{self.now:%Y/%m/%d}/{self.run_id}-{batch_id.hex[:12]}-{stage}.warc.gz"
        archive = self.archive
        return Segment(archive.folder, name, self.run_id, archive.send)

    def at(self) -> datetime:
        """The present instant (UTC)."""
        return datetime.fromtimestamp(self.clock(), UTC)

    def end(
        self,
        link: Link,
        stage: Stage,
        refusal: Refusal,
        exchange: Exchange | None = None,
        attempts: int = 0,
        captures: Sequence[Capture] = (),
    ) -> Outcome:
        """The outcome of a link that ends at its request, or before one was sent."""
        if exchange is None or exchange.status is None:
            elapsed_s = exchange.elapsed_s if exchange else None
            return end_of(link, self.run_id, stage, refusal, self.at(), attempts=attempts, elapsed_s=elapsed_s)
        return end_of(
            link,
            self.run_id,
            stage,
            refusal,
            self.at(),
            attempts=attempts,
            status=exchange.status,
            body_bytes=len(exchange.body),
            elapsed_s=exchange.elapsed_s,
            capture_id=captures[-1].capture_id if captures else None,
        )

    def own_link(self, source: Source, url: str, kind: UrlKind) -> Link:
        """The link of a URL that comes from the source file or from a protocol, not from a feed."""
        return Link(url=url, source=source.slug, kind=kind, found_in=f"source:{source.slug}", found_at=self.at())

    def for_run(self, run_id: str) -> "Kit":
        """The same equipment in the name of another run: what steps write bears its id."""
        return replace(self, run_id=run_id)

    @cached_property
    def foreign_client(self) -> PoliteClient:
        """The polite client for other people's archives, one for all steps: the step that ends next takes the
        requests sent since."""
        return self.polite_client()

    @property
    def archive(self) -> Archive:
        """Our own segments, and captures in other people's archives."""
        return Archive.of(self.settings, self.foreign_client.range_of)


@contextmanager
def open_kit(
    settings: Settings,
    run_id: str,
    now: datetime,
    version: str,
    progress: Progress,
    stop: threading.Event,
    poll_all: bool = False,
    shared: Settings | None = None,
    revisits: bool = True,
) -> Iterator[Kit]:
    """The equipment of a run, with the warehouse migrated. The run's time is counted from here. `shared`: whose
    hot state counts, where it is not that of `settings`."""
    ends_at = time.monotonic() + settings.run_budget_s if settings.run_budget_s else math.inf
    with (
        Cage(settings.cage_children, settings.cage_memory_mb, settings.cage_wall_s, PRELOAD) as cage,
        _cluster(settings) as cluster,
        Warehouse(settings.warehouse_url, settings.duckdb_memory) as warehouse,
        closing(open_hot(shared or settings)) as hot,
    ):
        migrate(warehouse, now)
        Archive.of(settings).settle()
        clock = SharedClock(hot.clock_s)
        web = web_of(settings, version, clock)
        kit = Kit(
            settings,
            run_id,
            now,
            web,
            hot,
            cage,
            warehouse,
            progress,
            stop,
            clock=clock,
            ends_at=ends_at,
            poll_all=poll_all,
            revisits=revisits,
            cluster=cluster,
        )
        with _settled(kit):
            yield kit


@contextmanager
def _settled(kit: Kit) -> Iterator[None]:
    """At the end, also after an error: send finished segments to the store, and record requests that no batch
    took."""
    foreign = kit.foreign_client
    try:
        yield
    finally:
        kit.archive.settle()
        if left := foreign.requests():
            load_requests(kit.warehouse, kit.run_id, left)


def _cluster(settings: Settings) -> Cluster | nullcontext[None]:
    if settings.runner != "dask":
        return nullcontext()
    return Cluster(settings.dask_scheduler, settings.cage_memory_mb, settings.cage_wall_s, PRELOAD)
