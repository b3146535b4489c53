"""Forgetting: who asked for what to be taken out, the tombstones that keep it out, and what was taken out."""

from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

KEEP_DAYS = "keep_days"
"""`asked_by` of a request that the retention of a source made."""
PREFIX = "forgotten:"
"""What a URL of the ledger begins with after it was forgotten; the SHA-256 (hex) of its canonical form follows."""


class ForgetWhat(StrEnum):
    """What is taken out."""

    ARTICLE = "article"
    """One article, under all its URLs."""
    SOURCE = "source"
    """A source; it is not polled any more."""
    PERIOD = "period"
    """What was fetched before an instant, of one source or of all."""
    LIFT = "lift"
    """Nothing: what its tombstones name may be taken up again, whatever earlier ones say."""


class ForgetRequest(BaseModel):
    """A row of ops.forget_requests. It names no URL: the tombstones have the hashes."""

    model_config = ConfigDict(frozen=True)

    forget_id: UUID = Field(description="The request.")
    what: ForgetWhat = Field(description="What is taken out.")
    source: str | None = Field(None, description="Slug of the source; NULL: an article, or a period of all sources.")
    before: AwareDatetime | None = Field(
        None, description="What was fetched before it is taken out (UTC); NULL: no period."
    )
    why: str = Field(description="The reason that was given.")
    asked_by: str = Field(description="User and machine of the command; keep_days: the retention of the source.")
    at: AwareDatetime = Field(description="When it was asked for (UTC).")


class Tombstone(BaseModel):
    """A row of ops.tombstones: a URL that is not fetched or loaded any more; of a request `lift`, one that may be
    again. The latest row of a URL holds."""

    model_config = ConfigDict(frozen=True)

    forget_id: UUID = Field(description="The request.")
    url_hash: str = Field(description="SHA-256 (hex) of the canonical form of the URL.")
    source: str | None = Field(None, description="The source for which it holds; NULL: all.")
    at: AwareDatetime = Field(description="When it was made (UTC).")


class ForgetResult(BaseModel):
    """A row of ops.forget_results: a request that was carried out. A request without one is carried out by the next
    `newsdesk maintain`."""

    model_config = ConfigDict(frozen=True)

    forget_id: UUID = Field(description="The request.")
    articles: int = Field(ge=0, description="Articles taken out.")
    captures: int = Field(ge=0, description="WARC records of responses taken out.")
    rows_changed: int = Field(ge=0, description="Rows of the warehouse deleted or changed.")
    backups: tuple[str, ...] = Field((), description="Folders of backups from which it was taken out, too.")
    unreached: tuple[str, ...] = Field((), description="Folders of backups that were not there.")
    at: AwareDatetime = Field(description="When it was done (UTC).")


class TombstoneFile(BaseModel):
    """A request and its tombstones as the archive keeps them, for a rebuild."""

    model_config = ConfigDict(frozen=True)

    request: ForgetRequest
    tombstones: tuple[Tombstone, ...]


class Lifted(BaseModel):
    """Tombstones that hold no longer: of one URL, with all spellings that were forgotten with it."""

    model_config = ConfigDict(frozen=True)

    forget_id: UUID = Field(description="The request, of kind lift.")
    lifts: tuple[UUID, ...] = Field(description="The requests to forget whose tombstones it lifts.")
    tombstones: int = Field(description="How many.")


class MetPage(NamedTuple):
    """A URL as a source met it, and its canonical form."""

    source: str
    url: str
    form: str


class ForgottenPlace(NamedTuple):
    """Where the response record of a capture lies."""

    capture_id: str
    file: str
    offset: int
    length: int


class Selection(BaseModel):
    """What is to be taken out. `titles` and `urls` are looked for in reports and messages; `sources` go whole, and
    findings of `periods`, (source or None, instant), too."""

    model_config = ConfigDict(frozen=True)

    urls: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    places: tuple[ForgottenPlace, ...] = ()
    sources: frozenset[str] = frozenset()
    periods: tuple[tuple[str | None, AwareDatetime], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.urls or self.articles or self.places or self.sources or self.periods)


class Forgotten(BaseModel):
    """What a command took out, or would take out. `redacted`: pages of others in the archive that named it, in which
    an x stands for each byte of that (not counted before). `same_text`: articles of others with the same text, which
    stay. `waits_for`: runs that began before and may hold it; what they load is taken out by the next maintenance."""

    model_config = ConfigDict(frozen=True)

    forget_id: UUID | None = None
    is_dry_run: bool = False
    what: ForgetWhat
    articles: int = 0
    captures: int = 0
    redacted: int = 0
    listings: int = 0
    rows_changed: int = 0
    reports: int = 0
    same_text: int = 0
    linked_from: int = 0
    backups: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()


def hash_of(form: str) -> str:
    """The hash of a tombstone, from the canonical form of a URL. It has no key: a rebuild, a restore and another home
    must find it again, and whoever holds the tombstones would hold the key, too (docs/decisions/0077)."""
    return sha256(form.encode()).hexdigest()
