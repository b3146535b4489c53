"""Polls: what to send with the next request for a feed, and what an answer says of its state."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from schemas.capture import Capture
from schemas.link import UrlKind
from schemas.listing import Listing
from schemas.outcome import Reason, Refusal
from schemas.run import FeedState

FULL_FETCH_EVERY = timedelta(hours=24)
"""Some feeds answer 304 for ever (FACTS)."""
SOFT = frozenset(
    {
        Reason.RATE_LIMITED,
        Reason.TLS_ERROR,
        Reason.TIMEOUT_CONNECT,
        Reason.TIMEOUT_READ,
        Reason.TIMEOUT_TOTAL,
        Reason.PARSE_ERROR,
        Reason.PARSE_TIMEOUT,
        Reason.PARSE_MEMORY,
        Reason.HTTP_ERROR,
    }
)
ANSWERS = frozenset({Reason.OK, Reason.NOT_MODIFIED})


def conditional_headers(state: FeedState | None, now: datetime) -> dict[str, str]:
    """If-None-Match and If-Modified-Since, unless the last full answer is a day old."""
    if state is None or state.full_fetch_at is None or now - state.full_fetch_at >= FULL_FETCH_EVERY:
        return {}
    validators = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in validators.items() if value}


def refused(listing: Listing | Refusal, reason: Reason, digest: str | None, before: FeedState | None) -> Refusal:
    """How the poll ended. The body's hash decides: the same body again is `not_modified`, whatever the
    validators said; a feed that lists nothing is `empty_feed`."""
    if isinstance(listing, Refusal):
        return listing
    if before and before.body_hash == digest:
        return Refusal(reason=Reason.NOT_MODIFIED, detail="answered in full, with the same body")
    if not listing.entries and not listing.children:
        had = before.entries if before else 0
        return Refusal(reason=Reason.EMPTY_FEED, detail=f"lists nothing; it listed {had} before" if had else None)
    notes = [f"{len(listing.bad_links)} links refused"] if listing.bad_links else []
    notes += ["cut off"] if listing.is_partial else []
    return Refusal(reason=reason, detail=", ".join(notes) or None)


def failure_grade(reason: Reason) -> float:
    """How much a failure counts towards backing off (Media Cloud's grades): 0 for an answer."""
    if reason in ANSWERS or reason is Reason.INTERRUPTED:
        return 0.0
    if reason is Reason.DNS_ERROR:
        return 0.25
    return 0.5 if reason in SOFT else 1.0


def next_state(
    before: FeedState | None,
    run_id: str,
    source: str,
    url: str,
    kind: UrlKind,
    at: datetime,
    verdict: Refusal,
    captures: Sequence[Capture],
    digest: str | None,
    listing: Listing | Refusal,
) -> FeedState:
    """The observation to keep: validators and hash of the last full answer live on until the next."""
    is_full = isinstance(listing, Listing)
    answer = captures[-1] if captures and is_full else None
    failures = before.failures if before else 0.0
    return FeedState(
        run_id=run_id,
        source=source,
        url=url,
        kind=kind,
        at=at,
        reason=verdict.reason,
        etag=answer.etag if answer else before.etag if before else None,
        last_modified=answer.last_modified if answer else before.last_modified if before else None,
        body_hash=digest if is_full else before.body_hash if before else None,
        full_fetch_at=at if is_full else before.full_fetch_at if before else None,
        entries=len(listing.entries) if isinstance(listing, Listing) else 0,
        entries_dropped=listing.entries_dropped if isinstance(listing, Listing) else 0,
        failures=0.0 if verdict.reason in ANSWERS else failures + failure_grade(verdict.reason),
    )
