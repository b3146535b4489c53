"""The history of one URL: every step that it took, as `newsdesk explain` prints it."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.history.article_texts import ArticleMatch
from schemas.history.event import Event
from schemas.history.identity import Identity
from schemas.history.rows import CaptureRow
from schemas.items.article import Cause, Completeness, Evidence
from schemas.items.link import EntryFacts, Precision
from schemas.items.outcome import Outcome
from schemas.items.site_page import Removal
from schemas.runs.ledger import Quarantined, Request


class Sighting(BaseModel):
    """One time that a feed, sitemap or list named the URL and it was fetched. `entry` has the facts that it gave."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    source: str
    url: str
    found_in: str
    found_at: AwareDatetime
    entry: EntryFacts


class VersionStep(BaseModel):
    """One version of the URL's article, without its text. `evidence` has every date that was found in the page."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    version: int
    source: str
    url: str
    canonical_url: str
    title: str
    published_at: AwareDatetime | None = None
    published_precision: Precision | None = None
    modified_at: AwareDatetime | None = None
    evidence: tuple[Evidence, ...] = ()
    language: str | None = None
    completeness: Completeness
    completeness_evidence: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    word_count: int
    body_hash: str
    extractor: str
    extractor_version: str
    capture_id: UUID
    fetched_at: AwareDatetime
    run_id: str
    loaded_at: AwareDatetime
    cause: Cause | None = None
    compared_with: int | None = None
    changed_fields: tuple[str, ...] = ()
    words_added: int | None = None
    words_removed: int | None = None
    similarity: float | None = None
    supersedes: int | None = None


class UrlHistory(BaseModel):
    """All steps are oldest first. `urls` are the URLs as found that met the one asked for: that are it, led
    to it, or became the same article; none: the warehouse does not know it. `removals` are the blocks of the page
    that the latest version leaves out; `unread` says why they are not known, None where they are. `candidates` are
    the articles that an unknown or ambiguous name may mean."""

    model_config = ConfigDict(frozen=True)

    url: str
    urls: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    requests: tuple[Request, ...] = ()
    captures: tuple[CaptureRow, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    versions: tuple[VersionStep, ...] = ()
    events: tuple[Event, ...] = ()
    identities: tuple[Identity, ...] = ()
    removals: tuple[Removal, ...] = ()
    unread: str | None = None
    candidates: tuple[ArticleMatch, ...] = ()
