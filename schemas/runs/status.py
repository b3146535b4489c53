"""The status: totals of the warehouse, the last runs, and each source."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.items.finding import Finding
from schemas.items.outcome import Reason
from schemas.runs.backup import LastBackup
from schemas.runs.lease import Life
from schemas.runs.run import RunState
from schemas.sources.health import Health


class Totals(BaseModel):
    """Rows of the whole warehouse. `unaccounted_urls` and `politeness_breaches` are 0 when all is well."""

    model_config = ConfigDict(frozen=True)

    sources: int
    articles: int
    versions: int
    captures: int
    outcomes: int
    quarantined: int
    unaccounted_urls: int
    politeness_breaches: int


class RunLine(BaseModel):
    """One run, with counts of its outcomes."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    flow: str
    runner: str
    state: RunState
    started_at: AwareDatetime
    seconds: float
    sources: int
    sources_failed: int
    urls: int
    loaded: int
    changed: int
    unchanged: int
    not_modified: int
    rejected: int
    error: str | None = None


class SourceState(StrEnum):
    """What its file says of a source. `NO_FILE`: it was removed, or never had one."""

    POLLED = "polled"
    MUTED = "muted"
    NOT_ENABLED = "not enabled"
    NO_FILE = "no file"


class SourceLine(BaseModel):
    """One source: `failing` lists its failing feeds, each as reason and URL; articles by first load. A source that is
    not polled has no failing feed. `last_at`: last outcome of any URL; `last_poll_at`: last poll of a feed.
    `next_poll_at`: when the first feed is due; None: at the next run. `health` since when, and what shows it; None:
    no run has judged it yet."""

    model_config = ConfigDict(frozen=True)

    source: str
    last_run_id: str
    last_at: AwareDatetime
    last_feed_ok_at: AwareDatetime | None = None
    last_article_ok_at: AwareDatetime | None = None
    last_outcome: Reason | None = None
    feeds_ok: int
    feeds_failing: int
    failing: tuple[str, ...] = ()
    articles: int
    articles_24h: int
    articles_7d: int
    articles_7d_before: int
    state: SourceState = SourceState.POLLED
    last_poll_at: AwareDatetime | None = None
    next_poll_at: AwareDatetime | None = None
    health: Health | None = None
    health_since: AwareDatetime | None = None
    health_evidence: str | None = None


class Status(BaseModel):
    """What the reader file says, as of `snapshot_at` (UTC; None: the first run is under way and has published nothing
    yet, so all totals are 0). Runs: latest first; sources by slug. `under_way`:
    runs that have a lease now."""

    model_config = ConfigDict(frozen=True)

    snapshot_at: AwareDatetime | None
    totals: Totals
    under_way: tuple[Life, ...] = ()
    runs: tuple[RunLine, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    last_backup: LastBackup | None = None
    """None: `newsdesk backup` made none of this home."""
