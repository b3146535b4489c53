"""Polls: what to send with the next request for a feed, and what an answer says of its state."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from schemas.items.capture import Capture
from schemas.items.finding import Finding, Severity
from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import FeedState
from schemas.sources.listing import Listing

FULL_FETCH_EVERY = timedelta(hours=24)
"""Some feeds answer 304 for ever (docs/explanation/measured-facts.md)."""
SHRUNK = 0.5
"""A feed that lists less than this share of what it listed last is incomplete
(docs/explanation/measured-facts.md)."""
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
ANSWERS = frozenset({Reason.OK, Reason.NOT_MODIFIED, Reason.EMPTY_FEED})
"""The feed is there: nothing to back off from."""


class Asked(NamedTuple):
    """A feed, sitemap or section to ask; `depth` counts the sitemap indexes above it, `named_by` is the
    nearest of them."""

    url: str
    kind: UrlKind
    depth: int = 0
    named_by: str | None = None


@dataclass(frozen=True)
class PlaceAnswer:
    """How asking one feed, sitemap or section once ended. `named_by` is the sitemap index that named it;
    `digest` the SHA-256 of the body (None: there was none), `not_before` what Retry-After asked for."""

    run_id: str
    source: str
    url: str
    kind: UrlKind
    at: datetime
    verdict: Refusal
    listing: Listing | Refusal
    captures: Sequence[Capture] = ()
    digest: str | None = None
    named_by: str | None = None
    not_before: datetime | None = None


def conditional_headers(state: FeedState | None, now: datetime) -> dict[str, str]:
    """If-None-Match and If-Modified-Since, unless the last full answer is a day old."""
    if state is None or state.full_fetch_at is None or now - state.full_fetch_at >= FULL_FETCH_EVERY:
        return {}
    validators = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in validators.items() if value}


def refused(listing: Listing | Refusal, reason: Reason, digest: str | None, before: FeedState | None) -> Refusal:
    """How the poll ended. A feed that lists nothing is `empty_feed`, however often it says so; else the
    body's hash decides: the same body again is `not_modified`, whatever the validators said."""
    if isinstance(listing, Refusal):
        return listing
    if not lists_something(listing):
        had = before.entries_last if before else 0
        return Refusal(reason=Reason.EMPTY_FEED, detail=f"lists nothing; it listed {had} before" if had else None)
    if before and before.body_hash == digest:
        return Refusal(reason=Reason.NOT_MODIFIED, detail="answered in full, with the same body")
    notes = [f"{len(listing.bad_links)} links refused"] if listing.bad_links else []
    notes += ["cut off"] if listing.is_partial else []
    notes += [f"{listing.broken_chars} broken characters ({listing.charset})"] if listing.broken_chars else []
    return Refusal(reason=reason, detail=", ".join(notes) or None)


def lists_something(listing: Listing | Refusal) -> bool:
    """Whether there are entries, or the sitemaps of an index."""
    return isinstance(listing, Listing) and bool(listing.entries or listing.children)


def failure_grade(reason: Reason) -> float:
    """How much a failure counts towards backing off (Media Cloud's grades): 0 for an answer."""
    if reason in ANSWERS or reason is Reason.INTERRUPTED:
        return 0.0
    if reason is Reason.DNS_ERROR:
        return 0.25
    return 0.5 if reason in SOFT else 1.0


def next_state(before: FeedState | None, answer: PlaceAnswer) -> FeedState:
    """The observation to keep. Validators and hash are those of the last answer that listed something:
    a feed that went empty is asked for what it had, so that `not_modified` means that it is back.
    `next_poll_at` is what the publisher asked for; the schedule makes it later."""
    listing = answer.listing if isinstance(answer.listing, Listing) else None
    is_full = lists_something(answer.listing)
    kept = answer.captures[-1] if answer.captures and is_full else None
    failures = before.failures if before else 0.0
    return FeedState(
        run_id=answer.run_id,
        source=answer.source,
        url=answer.url,
        kind=answer.kind,
        at=answer.at,
        reason=answer.verdict.reason,
        etag=kept.etag if kept else before.etag if before else None,
        last_modified=kept.last_modified if kept else before.last_modified if before else None,
        body_hash=answer.digest if is_full else before.body_hash if before else None,
        full_fetch_at=answer.at if is_full else before.full_fetch_at if before else None,
        entries=len(listing.entries) if listing else 0,
        entries_dropped=listing.entries_dropped if listing else 0,
        charset=listing.charset if listing else None,
        broken_chars=listing.broken_chars if listing else None,
        failures=0.0 if answer.verdict.reason in ANSWERS else failures + failure_grade(answer.verdict.reason),
        next_poll_at=answer.not_before,
        poll_every_s=before.poll_every_s if before else None,
        poll_hint_s=listing.poll_hint_s if listing else before.poll_hint_s if before else None,
        named_by=answer.named_by,
        entries_last=len(listing.entries) if listing and is_full else before.entries_last if before else 0,
        answered_at=before.answered_at if before else None,
        polls=before.polls if before else 0,
        new_per_day=before.new_per_day if before else 0.0,
        observed_days=before.observed_days if before else 0.0,
        domains=before.domains if before else (),
        is_guid_trusted=before.is_guid_trusted if before else True,
    )


def counted(states: Mapping[str, FeedState], taken: Iterable[Link], over: Iterable[Link]) -> dict[str, FeedState]:
    """The states, by URL, with the links that the run takes up and those over its cap counted at the place
    that listed them."""
    taken_at, over_at = Counter(link.found_in for link in taken), Counter(link.found_in for link in over)
    return {
        url: state.model_copy(
            update={
                "entries_due": taken_at[url],
                "entries_dropped": state.entries_dropped + over_at[url],
                "entries_known": state.entries - taken_at[url] - over_at[url],
            }
        )
        for url, state in states.items()
    }


def findings(before: FeedState | None, state: FeedState) -> Iterator[Finding]:
    """What a person should know of a feed that had entries: that it has none now, or fewer than half.
    Only feeds answer for their number: sitemaps and sections shrink by their nature."""
    if before is None or state.kind is not UrlKind.FEED or state.reason not in (Reason.OK, Reason.EMPTY_FEED):
        return
    had, has = before.entries_last, state.entries
    if has >= SHRUNK * had:
        return
    yield Finding(
        run_id=state.run_id,
        source=state.source,
        code="feed_shrank" if has else "feed_went_empty",
        severity=Severity.WARNING,
        message=f"{state.url} lists {has} entries; it listed {had} before: look whether its address is still right",
        observed=has,
        low=SHRUNK * had,
        at=state.at,
    )
