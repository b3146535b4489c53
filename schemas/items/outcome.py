"""An outcome: how one URL ended in one run, with a reason from a closed set."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.link import Link, UrlKind


class Stage(StrEnum):
    """The stage at which a URL ended."""

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
    """The feed, sitemap, section or robots.txt answered and was read."""
    NOT_MODIFIED = "not_modified"
    """The server answered 304: nothing changed since the last request."""
    HTTP_ERROR = "http_error"
    """The server answered with an error status, which `detail` names."""
    RATE_LIMITED = "rate_limited"
    """The server asked for a pause (429, or 503 with Retry-After), or its domain is in one."""
    ROBOTS_DENIED = "robots_denied"
    """The robots.txt of the host does not allow the URL: no request was sent for it."""
    ROBOTS_UNREACHABLE = "robots_unreachable"
    """The robots.txt of the host could not be read, which counts as a refusal (RFC 9309, 2.3.1.4)."""
    BLOCKED_ADDRESS = "blocked_address"
    """The name leads to an internal address, which the address guard refuses."""
    BLOCKED_SCHEME = "blocked_scheme"
    """The scheme is neither http nor https."""
    BLOCKED_PORT = "blocked_port"
    """The port is none that the address guard lets through."""
    REDIRECT_LIMIT = "redirect_limit"
    """The URL led to more redirects than are followed."""
    REDIRECT_LOOP = "redirect_loop"
    """The redirects led back to a URL that was asked for before."""
    TIMEOUT_CONNECT = "timeout_connect"
    """The host did not connect in time, or refused to."""
    TIMEOUT_READ = "timeout_read"
    """The server stopped sending for longer than `NEWSDESK_READ_TIMEOUT_S`."""
    TIMEOUT_TOTAL = "timeout_total"
    """The answer took longer than the deadline of its kind, redirects included."""
    TOO_LARGE = "too_large"
    """The answer is larger than an answer of its kind may be."""
    INCOMPLETE_BODY = "incomplete_body"
    """The answer ended before the end that it announced."""
    BAD_ENCODING = "bad_encoding"
    """The content coding (gzip, br …) is unknown or broken."""
    BAD_HTTP = "bad_http"
    """The answer breaks HTTP, has an unexpected status, or the connection was lost before it."""
    TLS_ERROR = "tls_error"
    """The TLS handshake failed; `detail` has the kind of fault."""
    DNS_ERROR = "dns_error"
    """The name of the host has no address."""
    EMPTY_BODY = "empty_body"
    """The answer has no body, or only blanks."""
    WRONG_TYPE = "wrong_type"
    """The bytes are not of the kind that was asked for: an image, JSON or a PDF in place of a page."""
    NOT_DUE = "not_due"
    """The URL was not due, or behind more than a run takes up."""
    DISK_FULL = "disk_full"
    """No space was left to archive the answer."""
    INTERRUPTED = "interrupted"
    """The run was asked to stop, or its time was over, before the URL was done."""
    BAD_RECORD = "bad_record"
    """A record of a WARC archive is damaged or gone."""
    PARSE_ERROR = "parse_error"
    """The document could not be parsed; `detail` says why."""
    PARSE_TIMEOUT = "parse_timeout"
    """Parsing took longer than `NEWSDESK_CAGE_WALL_S`; the child process was ended."""
    PARSE_MEMORY = "parse_memory"
    """Parsing needed more than `NEWSDESK_CAGE_MEMORY_MB`; the child process was ended."""
    EMPTY_FEED = "empty_feed"
    """The feed was read and lists nothing."""
    SOURCE_QUARANTINED = "source_quarantined"
    """The feed changed too much at once, so that its new entries were ignored; see the finding of that name."""
    BAD_LINK = "bad_link"
    """What stands in place of a URL is none, or is too long."""
    FOREIGN_HOST = "foreign_host"
    """The host belongs to no source that may name the URL."""
    SOFT_404 = "soft_404"
    """The page says that there is no such page, with a status of success."""
    CONSENT_PAGE = "consent_page"
    """The page asks for consent and holds no article."""
    CHALLENGE_PAGE = "challenge_page"
    """The page is a challenge for robots or a form to log in."""
    POLICY_DENIED = "policy_denied"
    """The publisher reserves the use of the page, see `NEWSDESK_HONOUR_POLICIES`."""
    FORGOTTEN = "forgotten"
    """A person had the article, its source or its period forgotten; the row has a hash in place of its URL."""
    EMPTY_TEXT = "empty_text"
    """No text of an article was found in the page."""
    DUPLICATE = "duplicate"
    """The same article came under another URL, or another reading of it in the same batch is newer."""
    RULE_BROKEN = "rule_broken"
    """The article breaks a rule of the record; `detail` has the codes, and it is kept in quarantine."""
    UNCHANGED = "unchanged"
    """The page says what the latest version says: no version is made."""
    REVERTED = "reverted"
    """The page says again what an earlier version says: no version is made (an A/B test would make one at each
    fetch)."""
    LOADED = "loaded"
    """The article was loaded: a new one, or a new version."""


SUCCESSES = frozenset(
    {Reason.OK, Reason.NOT_MODIFIED, Reason.LOADED, Reason.UNCHANGED, Reason.REVERTED, Reason.DUPLICATE}
)
"""Reasons that are no failure."""


class Outcome(BaseModel):
    """A row of ops.outcomes. `url` is the URL as found. Measures are None where no request was sent."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run that took the URL up.")
    source: str = Field(description="Slug of the source.")
    url: str = Field(description="The URL as it was found.")
    kind: UrlKind = Field(description="What the URL was asked for.")
    stage: Stage = Field(description="The stage at which it ended.")
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
    """An expected failure as a value: a rule or step returns it in place of its result. `is_certain`: nothing else
    explains what was seen; a host is not left alone for a single page that may be no challenge."""

    model_config = ConfigDict(frozen=True)

    reason: Reason
    detail: str | None = None
    is_certain: bool = True


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
    """The outcome of a link that the stage refused."""
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
