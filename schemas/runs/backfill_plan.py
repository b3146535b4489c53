"""A backfill: its options, its chunks and its progress."""

from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from schemas.items.link import Link

LINKS = TypeAdapter(tuple[Link, ...])


class BackfillOrigin(StrEnum):
    """Where a backfill finds its pages."""

    URLS = "urls"
    WARC = "warc"
    SITEMAPS = "sitemaps"
    FEEDS = "feeds"
    WAYBACK = "wayback"
    CCNEWS = "ccnews"


FILES = frozenset({BackfillOrigin.WARC, BackfillOrigin.CCNEWS})
"""Origins whose chunks are ranges of WARC files. Chunks of the others are lists of links."""


class BackfillOptions(BaseModel):
    """The options of a backfill: pages of [since, until). Equal options continue the backfill that is open.

    `inputs` are the files that were named; `takes_strangers`: pages of hosts that no source has, too."""

    model_config = ConfigDict(frozen=True)

    ground: BackfillOrigin
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    sources: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    takes_strangers: bool = False

    def covers(self, at: datetime | None) -> bool:
        """Whether the instant is in [since, until). True for None: the date is not known."""
        if at is None:
            return True
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class PlanState(StrEnum):
    """The state of a backfill. A run writes `DONE` at its end. Where a run was killed after its last load, the next
    run writes it and plans nothing again. The progress is in the chunks."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Backfill(BaseModel):
    """A row of ops.backfills: one decision about one backfill."""

    model_config = ConfigDict(frozen=True)

    plan_id: UUID = Field(description="The backfill.")
    wanted: str = Field(description="Its options, as JSON (type `BackfillOptions`).")
    state: PlanState = Field(description="planned, done or cancelled.")
    at: AwareDatetime = Field(description="When that was decided (UTC).")
    run_id: str = Field(description="The run that planned it; empty: a person decided it by a command.")


class Chunk(BaseModel):
    """A row of ops.plans: one chunk of a backfill. It is done when ops.loads has its batch. A chunk is a list
    of links of one source, or the records that begin in a range of bytes of a file."""

    model_config = ConfigDict(frozen=True)

    plan_id: UUID = Field(description="The backfill that it belongs to.")
    number: int = Field(ge=1, description="1 for the first chunk of the backfill.")
    batch_id: UUID = Field(description="The batch that it is loaded as.")
    source: str | None = Field(None, description="Slug of the source; NULL: pages of the file may be of any source.")
    label: str = Field(description="A label for people: its days, or the name of the file and the first byte.")
    links: str | None = Field(None, description="The links, as JSON (type `Link`); NULL: a range of a file.")
    file: str | None = Field(None, description="URL of the file; NULL: links.")
    first_byte: int | None = Field(
        None, ge=0, description="First byte of the range: a record that begins here or later is in the chunk."
    )
    end_byte: int | None = Field(
        None, ge=0, description="End of the range: a record that begins here or later is not in the chunk."
    )
    count: int = Field(ge=0, description="Links, or bytes of the range.")

    def link_list(self) -> tuple[Link, ...]:
        """The links; empty for a range of a file."""
        return LINKS.validate_json(self.links) if self.links else ()


class BackfillStatus(BaseModel):
    """A backfill and its progress, in chunks and in links or bytes."""

    model_config = ConfigDict(frozen=True)

    plan_id: UUID
    wanted: str
    state: PlanState
    at: AwareDatetime
    chunks: int
    done: int
    count: int
    count_done: int

    @property
    def is_open(self) -> bool:
        """Whether chunks are left to load."""
        return self.state is PlanState.PLANNED and self.done < self.chunks


class Estimate(BaseModel):
    """An estimate of a backfill. `known`: articles of its links, or pages of its files, that are in the
    warehouse already. `known_until`: when the last page of the files was captured (UTC); None: none was."""

    model_config = ConfigDict(frozen=True)

    chunks: int
    requests: int
    hours: float
    bytes: int
    known: int
    known_until: AwareDatetime | None = None
    faults: int


class BackfillProgress(BaseModel):
    """What a backfill planned, and how far it is after one of its runs. `plan_id` None: nothing was planned, as in a
    dry run. `estimate` None: the run went on with a plan of an earlier one. `articles`: loaded since this call began;
    `faults`: damaged records and files since then."""

    model_config = ConfigDict(frozen=True)

    wanted: BackfillOptions
    is_dry: bool = False
    plan_id: UUID | None = None
    estimate: Estimate | None = None
    chunks: int = 0
    left: int = 0
    articles: int = 0
    faults: int = 0


def plan_id(wanted: BackfillOptions, run_id: str) -> UUID:
    """The id of the backfill that a run plans."""
    return uuid5(NAMESPACE_URL, f"newsdesk:backfill:{wanted.model_dump_json()}:{run_id}")


def batch_id(plan: UUID, number: int) -> UUID:
    """The id of the batch of a chunk."""
    return uuid5(NAMESPACE_URL, f"newsdesk:backfill:{plan}:{number}")
