"""Rows that a run collects besides its articles: ops.requests, ops.feed_states and ops.quarantine."""

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason


class Request(BaseModel):
    """One request that was sent (a row of ops.requests): the proof of politeness."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run that sent it.")
    source: str = Field(description="Slug of the source.")
    url: str = Field(description="The URL asked for: a hop of a redirect is a request of its own.")
    host: str = Field(description="Host and, where it is not the default, port.")
    domain: str = Field(description="Registrable domain; the unit of politeness.")
    kind: UrlKind = Field(description="What was asked for.")
    attempt: int = Field(ge=1, description="1, then one more for each retry.")
    sent_at: AwareDatetime = Field(description="When it was sent, after waiting for its turn at the domain (UTC).")
    elapsed_s: float = Field(ge=0, description="Seconds until the last byte or the failure.")
    pace_s: float = Field(ge=0, description="Least gap in seconds that politeness demanded before it.")
    reason: Reason = Field(description="How it ended.")
    detail: str | None = Field(None, description="Particulars of the reason.")
    status: int | None = Field(None, description="HTTP status; NULL: no answer.")
    wire_bytes: int | None = Field(None, description="Bytes of body as sent; NULL: no body was read.")
    body_bytes: int | None = Field(None, description="Decoded bytes of body; NULL: no body was read.")


class PollLimit(StrEnum):
    """What set the time of a place's next poll (docs/explanation/polling.md)."""

    PROMISE = "promise"
    """Its `fresh_within`."""
    QUIET_HOURS = "quiet_hours"
    """At this hour of the week it brings next to nothing."""
    RESTING = "resting"
    """It brought nothing new in four weeks."""
    HINT = "hint"
    """The publisher asks for fewer polls: ttl, sy:updatePeriod, Cache-Control or Expires."""
    LISTING = "listing"
    """Later, an entry could leave its listing unseen."""
    INDEX = "index"
    """A sitemap index names it."""
    PACE = "pace"
    """The pace of its host, at which all places of its source are polled."""
    FAILURES = "failures"
    """It failed: each failure doubles the wait."""
    RETRY_AFTER = "retry_after"
    """The publisher named the time."""


class FeedState(BaseModel):
    """One observation of a feed or sitemap: a row of ops.feed_states."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run that observed it.")
    source: str = Field(description="Slug of the source.")
    url: str = Field(description="The feed's URL, as the source names it.")
    kind: UrlKind = Field(description="feed, sitemap or section.")
    at: AwareDatetime = Field(description="When it was requested (UTC).")
    reason: Reason = Field(description="ok, not_modified, or why it failed.")
    etag: str | None = Field(None, description="Validator to send next time; NULL: none.")
    last_modified: str | None = Field(None, description="Validator to send next time; NULL: none.")
    body_hash: str | None = Field(None, description="SHA-256 (hex) of the last full body; NULL: none yet.")
    full_fetch_at: AwareDatetime | None = Field(
        None,
        description="Start of the last run with a full answer (UTC); NULL: none, or the 304 since is doubtful.",
    )
    entries: int = Field(0, ge=0, description="Entries in the answer; 0 for not_modified.")
    entries_known: int = Field(0, ge=0, description="Of these, known and not due again.")
    entries_due: int = Field(0, ge=0, description="Of these, taken up by the run, each ending in an outcome.")
    entries_dropped: int = Field(0, ge=0, description="Of these, beyond the cap of entries a feed.")
    failures: float = Field(0, ge=0, description="Graded failures in a row; 0 after an answer.")
    next_poll_at: AwareDatetime | None = Field(
        None, description="The feed is not polled before (UTC); NULL: due at once."
    )
    entries_new: int = Field(0, ge=0, description="Of the entries, those not known from earlier polls.")
    poll_every_s: float | None = Field(None, description="Seconds between polls while it answers.")
    poll_hint_s: float | None = Field(
        None, description="Least seconds between polls that the feed or its answer asks for; NULL: none."
    )
    named_by: str | None = Field(None, description="The sitemap index that named it; NULL: the source does.")
    entries_last: int = Field(0, ge=0, description="Entries of the last answer that listed any.")
    answered_at: AwareDatetime | None = Field(None, description="Last run that it answered (UTC).")
    polls: int = Field(0, ge=0, description="Answers after the first that new_per_day was observed in.")
    new_per_day: float = Field(0, ge=0, description="Usual number of entries never met before, a day.")
    observed_days: float = Field(0, ge=0, description="Days that new_per_day is a mean of.")
    domains: tuple[str, ...] = Field((), description="Registrable domains that its entries led to.")
    is_guid_trusted: bool = Field(True, description="Whether its GUIDs were stable and unique so far.")
    moved_to: str | None = Field(None, description="Target of its last permanent redirect; NULL: none.")
    moved_polls: int = Field(0, ge=0, description="Polls in a row that were redirected there.")
    charset: str | None = Field(None, description="Codec that the answer was read by; NULL: none was read, or a map.")
    broken_chars: int | None = Field(
        None, ge=0, description="U+FFFD in the answer, where bytes fit no character; NULL: none was read, or a map."
    )
    fresh_within_s: float | None = Field(
        None,
        description="Seconds from publication to row that are promised; NULL: the row is older than the promise.",
    )
    poll_limit: PollLimit | None = Field(
        None, description="What set next_poll_at; NULL: it is due at once, or the row is older than the column."
    )
    entries_new_at: tuple[AwareDatetime, ...] = Field(
        (),
        description="Hours in which its new entries appeared, one each: by their dates, or spread over the time "
        "since the last poll.",
    )
    counted_since: AwareDatetime | None = Field(
        None, description="Instant from which all its entries were counted; NULL: it never answered."
    )
    half_since: AwareDatetime | None = Field(
        None, description="Date of the middle one of its entries, newest first; NULL: they have none."
    )
    entries_missed: int = Field(
        0, ge=0, description="Entries that came and left the listing since the last poll, estimated; 0: none."
    )
    validators_wrong: int = Field(
        0, ge=0, description="How often it said that nothing had changed (304, or the same ETag) when entries had."
    )
    validators_right: int = Field(
        0,
        ge=0,
        description="Changes in a row since then that its validators told; enough of them, and they are sent.",
    )


class Quarantined(BaseModel):
    """One record that broke a rule: a row of ops.quarantine."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run in which it broke the rule.")
    source: str = Field(description="Slug of the source.")
    url: str = Field(description="The URL as it was found.")
    capture_id: UUID = Field(description="The capture it was read from.")
    rules: tuple[str, ...] = Field(description="Codes of the rules that it broke.")
    messages: tuple[str, ...] = Field(description="What is wrong, one message for each rule.")
    record: str = Field(description="The whole record, as JSON.")
    at: AwareDatetime = Field(description="When it was quarantined (UTC).")


class Freshness(BaseModel):
    """A row of `reports.freshness`: delays in seconds from publication to row over the last 7 days (None: no article
    has both times), `share_in_time` 0 to 1. `fresh_within_s` None: it was not polled since the promise came."""

    model_config = ConfigDict(frozen=True)

    source: str
    fresh_within_s: float | None = None
    articles: int
    delay_median_s: float | None = None
    delay_p95_s: float | None = None
    share_in_time: float | None = None
    entries_missed: int
    polls: int
    poll_limit: PollLimit | None = None
    next_poll_at: AwareDatetime | None = None
