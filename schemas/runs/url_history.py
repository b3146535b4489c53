"""The history of one URL (`newsdesk explain`), and one day of a source (`newsdesk why-missing`)."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.history.article_texts import ArticleMatch
from schemas.history.event import Event
from schemas.history.identity import Identity
from schemas.history.rows import CaptureRow
from schemas.items.article import Cause, Completeness, Evidence
from schemas.items.link import EntryFacts, Precision, UrlKind
from schemas.items.outcome import Outcome, Reason
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


class PollLine(BaseModel):
    """One poll of a feed, sitemap or section. `entries`: listed; `entries_new` of these were never met before,
    `entries_due` taken up, `entries_dropped` beyond the cap. `detail`: particulars of the reason."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    url: str
    kind: UrlKind
    at: AwareDatetime
    reason: Reason
    detail: str | None = None
    entries: int
    entries_new: int
    entries_due: int
    entries_dropped: int
    next_poll_at: AwareDatetime | None = None


class EndLine(BaseModel):
    """How the URL of an article ended in one run."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    source: str
    url: str
    at: AwareDatetime
    reason: Reason
    detail: str | None = None
    found_in: str | None = None
    article_id: UUID | None = None


class UrlHistory(BaseModel):
    """All steps are oldest first. `urls` are the URLs as found that met the one asked for: that are it, led
    to it, or became the same article; none: the warehouse does not know it. `removals` are the blocks of the page
    that the latest version leaves out; `unread` says why they are not known, None where they are. `candidates` are
    the articles that an unknown or ambiguous name may mean. Of an unknown URL, `near` has the most similar URLs of
    its host as they ended last, `source` the slug whose articles lie on its host, and `last_poll` that source's last
    poll. `polling`: of a feed, sitemap or section, whether the next run polls it, and why not."""

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
    near: tuple[EndLine, ...] = ()
    source: str | None = None
    last_poll: PollLine | None = None
    polling: str | None = None


class EndCount(BaseModel):
    """URLs of articles that ended with this reason."""

    model_config = ConfigDict(frozen=True)

    reason: Reason
    urls: int


class WhyMissing(BaseModel):
    """A source in [since, until) (UTC): its polls, how the articles' URLs ended, and those that were refused, each
    oldest first, at most 200 of these. `last_poll` is the last before `until`; None: it was never polled."""

    model_config = ConfigDict(frozen=True)

    source: str
    since: AwareDatetime
    until: AwareDatetime
    polls: tuple[PollLine, ...] = ()
    ends: tuple[EndCount, ...] = ()
    refused: tuple[EndLine, ...] = ()
    last_poll: PollLine | None = None
