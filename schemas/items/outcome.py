"""An outcome: what became of one URL in one run. The set of reasons is closed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.link import Link, UrlKind


class Stage(StrEnum):
    """The stage at which a URL's way ended."""

    DISCOVER = "discover"
    FETCH = "fetch"
    EXTRACT = "extract"
    VALIDATE = "validate"
    LOAD = "load"


class Reason(StrEnum):
    """Why a URL's way ended (docs/explanation/hostile-web.md, and the later stages). `Outcome.detail` holds
    the particulars: the status, the rule codes, the kind of TLS fault. `REVERTED`: the page says again
    what an earlier version says; no version is made (an A/B test would make one at each fetch)."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    HTTP_ERROR = "http_error"
    RATE_LIMITED = "rate_limited"
    ROBOTS_DENIED = "robots_denied"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    BLOCKED_ADDRESS = "blocked_address"
    BLOCKED_SCHEME = "blocked_scheme"
    BLOCKED_PORT = "blocked_port"
    REDIRECT_LIMIT = "redirect_limit"
    REDIRECT_LOOP = "redirect_loop"
    TIMEOUT_CONNECT = "timeout_connect"
    TIMEOUT_READ = "timeout_read"
    TIMEOUT_TOTAL = "timeout_total"
    TOO_LARGE = "too_large"
    INCOMPLETE_BODY = "incomplete_body"
    BAD_ENCODING = "bad_encoding"
    BAD_HTTP = "bad_http"
    TLS_ERROR = "tls_error"
    DNS_ERROR = "dns_error"
    EMPTY_BODY = "empty_body"
    WRONG_TYPE = "wrong_type"
    NOT_DUE = "not_due"
    DISK_FULL = "disk_full"
    INTERRUPTED = "interrupted"
    BAD_RECORD = "bad_record"
    PARSE_ERROR = "parse_error"
    PARSE_TIMEOUT = "parse_timeout"
    PARSE_MEMORY = "parse_memory"
    EMPTY_FEED = "empty_feed"
    SOURCE_QUARANTINED = "source_quarantined"
    BAD_LINK = "bad_link"
    FOREIGN_HOST = "foreign_host"
    SOFT_404 = "soft_404"
    CONSENT_PAGE = "consent_page"
    CHALLENGE_PAGE = "challenge_page"
    POLICY_DENIED = "policy_denied"
    EMPTY_TEXT = "empty_text"
    DUPLICATE = "duplicate"
    RULE_BROKEN = "rule_broken"
    UNCHANGED = "unchanged"
    REVERTED = "reverted"
    LOADED = "loaded"


SUCCESSES = frozenset(
    {Reason.OK, Reason.NOT_MODIFIED, Reason.LOADED, Reason.UNCHANGED, Reason.REVERTED, Reason.DUPLICATE}
)
"""Reasons after which nothing needs a person's eye."""


class Outcome(BaseModel):
    """One row of the ledger. `url` is the URL as found. Everything that was not measured because no
    request was sent is None."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run that took the URL up.")
    source: str = Field(description="Slug of the source.")
    url: str = Field(description="The URL as it was found.")
    kind: UrlKind = Field(description="What the URL was asked for.")
    stage: Stage = Field(description="The stage at which its way ended.")
    reason: Reason = Field(description="Why it ended there, from the closed set of reasons.")
    detail: str | None = Field(None, description="Particulars of the reason, for people.")
    at: AwareDatetime = Field(description="When it ended (UTC).")
    found_in: str | None = Field(None, description="Where the URL was found; source:SLUG for the source's own.")
    attempts: int = Field(0, ge=0, description="Requests sent for it in this run, retries included.")
    status: int | None = Field(None, description="Last HTTP status.")
    body_bytes: int | None = Field(None, description="Decoded bytes of the last body.")
    elapsed_s: float | None = Field(None, description="Seconds that its requests took together.")
    capture_id: UUID | None = Field(None, description="Capture of the answer; NULL: none was kept.")
    article_id: UUID | None = Field(None, description="The article it became; NULL: none.")
    version: int | None = Field(None, description="The version loaded or met; NULL: none.")
    canonical_form: str | None = Field(
        None, description="The URL without trackers, fragment and other odds of spelling; NULL: it has none."
    )


class Refusal(BaseModel):
    """An expected failure as a value: what a noun returns where it cannot give what was asked for."""

    model_config = ConfigDict(frozen=True)

    reason: Reason
    detail: str | None = None


def end_of(
    link: Link,
    run_id: str,
    stage: Stage,
    refusal: Refusal,
    at: datetime,
    *,
    attempts: int = 0,
    status: int | None = None,
    body_bytes: int | None = None,
    elapsed_s: float | None = None,
    capture_id: UUID | None = None,
) -> Outcome:
    """The ledger row of a link whose way ended with the refusal."""
    return Outcome(
        run_id=run_id,
        source=link.source,
        url=link.url,
        kind=link.kind,
        stage=stage,
        reason=refusal.reason,
        detail=refusal.detail,
        at=at,
        found_in=link.found_in,
        attempts=attempts,
        status=status,
        body_bytes=body_bytes,
        elapsed_s=elapsed_s,
        capture_id=capture_id,
        canonical_form=link.canonical_form,
    )
