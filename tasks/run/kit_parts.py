"""The parts of a run's equipment, one Protocol each. A step's own kit type inherits the parts that it uses.

`tasks.run.kit.Kit` has every part, so a flow hands its kit to any step; mypy reports a step that reads a part
which its type does not list.
"""

import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from schemas.items.capture import Capture
from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Outcome, Refusal, Stage
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.archive.segment import Segment
from tasks.archive.store import Archive
from tasks.cage.dask_cluster import Cluster
from tasks.cage.pool import Cage
from tasks.politeness.politeness import PoliteClient
from tasks.run.progress import Progress
from tasks.web.client import Exchange
from warehouse.database.connection import Warehouse
from warehouse.hot.state import HotState


class SettingsKit(Protocol):
    """The settings of the run."""

    @property
    def settings(self) -> Settings:
        """Read once, when the run began."""


class RunKit(Protocol):
    """Which run this is, and its clock."""

    @property
    def run_id(self) -> str:
        """Id of the run, as in `ops.runs`."""

    @property
    def now(self) -> datetime:
        """The instant at which the run began (UTC)."""

    def at(self) -> datetime:
        """The present instant (UTC)."""


class StopKit(Protocol):
    """Whether the run goes on."""

    def stop_reason(self) -> Refusal | None:
        """Why the step must take up nothing further; None: the run goes on."""


class StopEventKit(Protocol):
    """The event that ends the run."""

    @property
    def stop(self) -> threading.Event:
        """Set: the steps take up nothing further."""


class ProgressKit(Protocol):
    """The progress display."""

    @property
    def progress(self) -> Progress:
        """Any thread may call it."""


class LedgerKit(Protocol):
    """Links and outcomes of requests."""

    def end(
        self,
        link: Link,
        stage: Stage,
        refusal: Refusal,
        exchange: Exchange | None = None,
        attempts: int = 0,
        captures: Sequence[Capture] = (),
    ) -> Outcome:
        """The outcome of a link that ends at its request; without an exchange no request was sent."""

    def own_link(self, source: Source, url: str, kind: UrlKind) -> Link:
        """The link of a URL that comes from the source file or from a protocol, not from a feed."""


class PollKit(Protocol):
    """The options of discovery."""

    @property
    def poll_all(self) -> bool:
        """Ask every feed, due or not."""

    @property
    def revisits(self) -> bool:
        """Add the articles that are due for another look."""


class WebKit(Protocol):
    """Requests to publishers."""

    def polite_client(self) -> PoliteClient:
        """A polite client for one step, with a list of requests of its own."""


class ForeignKit(Protocol):
    """Requests to other people's archives."""

    @property
    def foreign_client(self) -> PoliteClient:
        """One polite client for all steps of the run."""


class SegmentKit(Protocol):
    """Captures written."""

    def segment(self, batch_id: UUID, stage: Stage) -> Segment:
        """A new segment of the archive."""


class ArchiveKit(Protocol):
    """Captures read back."""

    @property
    def archive(self) -> Archive:
        """Our own segments, and other people's archives."""


class CageKit(Protocol):
    """The cage of child processes."""

    @property
    def cage(self) -> Cage:
        """For single calls."""


class ParsersKit(Protocol):
    """Pages parsed in bulk."""

    @property
    def parsers(self) -> Cage | Cluster:
        """The cage, or the Dask cluster where the settings name one."""


class WarehouseKit(Protocol):
    """The warehouse."""

    @property
    def warehouse(self) -> Warehouse:
        """Open, and migrated."""


class HotKit(Protocol):
    """The hot state."""

    @property
    def hot(self) -> HotState:
        """Shared by all runs of the home, or of all machines."""
