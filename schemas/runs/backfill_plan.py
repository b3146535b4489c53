"""A backfill: what it is to bring, its chunks, and how far it has come."""

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
"""Grounds whose chunks are ranges of WARC files; those of the others are links."""


class BackfillOptions(BaseModel):
    """What a backfill is to bring: pages of [since, until). The same again is the same backfill.

    `inputs` are the files that were named; `takes_strangers`: pages of hosts that no source has, too."""

    model_config = ConfigDict(frozen=True)

    ground: BackfillOrigin
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    sources: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    takes_strangers: bool = False

    def covers(self, at: datetime | None) -> bool:
        """Whether an instant lies in the time that is wanted; one that is not known does."""
        if at is None:
            return True
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class PlanState(StrEnum):
    """What was decided about a backfill. `DONE` is written when a run has come to its end: one that was killed
    behind its last load is ended by the next, not planned anew. What is loaded is told by its chunks."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Backfill(BaseModel):
    """A row of ops.backfills: one decision about one backfill."""

    model_config = ConfigDict(frozen=True)

    plan_id: UUID = Field(description="The backfill.")
    wanted: str = Field(description="What it is to bring, as JSON (type `BackfillOptions`).")
    state: PlanState = Field(description="planned, done or cancelled.")
    at: AwareDatetime = Field(description="When that was decided (UTC).")
    run_id: str = Field(description="The run that planned it; empty: a person decided between runs.")


class Chunk(BaseModel):
    """A row of ops.plans: one chunk of a backfill. It is done when ops.loads has its batch. A chunk is a list
    of links of one source, or the records that begin in a range of bytes of a file."""

    model_config = ConfigDict(frozen=True)

    plan_id: UUID = Field(description="The backfill that it belongs to.")
    number: int = Field(ge=1, description="1 for the first chunk of the backfill.")
    batch_id: UUID = Field(description="The batch that it is loaded as.")
    source: str | None = Field(None, description="Slug of the source; NULL: the file tells.")
    label: str = Field(description="Its days, or the file's name and first byte, for people.")
    links: str | None = Field(None, description="The links, as JSON (type `Link`); NULL: a range of a file.")
    file: str | None = Field(None, description="URL of the file; NULL: links.")
    first_byte: int | None = Field(None, ge=0, description="Records that begin here or behind are in it.")
    end_byte: int | None = Field(None, ge=0, description="Records that begin here or behind are not.")
    count: int = Field(ge=0, description="Links, or bytes of the range.")

    def link_list(self) -> tuple[Link, ...]:
        """The links; empty for a range of a file."""
        return LINKS.validate_json(self.links) if self.links else ()


class BackfillStatus(BaseModel):
    """A backfill and how far it has come."""

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
        """Whether there is something left to do."""
        return self.state is PlanState.PLANNED and self.done < self.chunks


class Estimate(BaseModel):
    """What a backfill would take. `known` articles of its links, or pages of its files, are there already;
    `known_until` is when the last page was taken from the files (UTC), None: none was."""

    model_config = ConfigDict(frozen=True)

    chunks: int
    requests: int
    hours: float
    bytes: int
    known: int
    known_until: AwareDatetime | None = None
    faults: int


def plan_id(wanted: BackfillOptions, run_id: str) -> UUID:
    """The backfill that a run plans."""
    return uuid5(NAMESPACE_URL, f"newsdesk:backfill:{wanted.model_dump_json()}:{run_id}")


def batch_id(plan: UUID, number: int) -> UUID:
    """The batch of a chunk."""
    return uuid5(NAMESPACE_URL, f"newsdesk:backfill:{plan}:{number}")
