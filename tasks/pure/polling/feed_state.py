"""The state of a feed, and what an answer changes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from schemas.items.capture import Capture
from schemas.items.finding import Finding, Severity
from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import FeedState
from schemas.sources.listing import Listing

SHRUNK = 0.5
"""A feed with less than this share of its last number of entries is incomplete
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
        Reason.CHALLENGE_PAGE,
    }
)
ANSWERS = frozenset({Reason.OK, Reason.NOT_MODIFIED, Reason.EMPTY_FEED})
"""The feed answered: no back-off."""


class Asked(NamedTuple):
    """A feed, sitemap or section to poll. `depth` counts the sitemap indexes above it; `named_by` is the URL of
    the nearest, None if the source's file names it."""

    url: str
    kind: UrlKind
    depth: int = 0
    named_by: str | None = None


@dataclass(frozen=True)
class PlaceAnswer:
    """One poll of a feed, sitemap or section. `named_by` is the sitemap index that named it, `digest` the SHA-256
    of the body (None: no body), `not_before` the instant (UTC) that Retry-After asked for, `at` that of the poll
    (UTC), `cached_s` the seconds for which the answer may be cached (None: it does not say)."""

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
    cached_s: float | None = None


def refused(listing: Listing | Refusal, reason: Reason, digest: str | None, before: FeedState | None) -> Refusal:
    """How the poll ended. A feed without entries is `empty_feed`, also if it was empty before. Otherwise the
    body's hash decides: the same body is `not_modified`, whatever ETag and Last-Modified say."""
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
    """Whether it has entries, or is an index that names sitemaps."""
    return isinstance(listing, Listing) and bool(listing.entries or listing.children)


def failure_grade(reason: Reason) -> float:
    """How much the poll adds to the failures that back-off counts (Media Cloud's grades), 0 to 1; 0 for an answer."""
    if reason in ANSWERS or reason is Reason.INTERRUPTED:
        return 0.0
    if reason is Reason.DNS_ERROR:
        return 0.25
    return 0.5 if reason in SOFT else 1.0


def next_state(before: FeedState | None, answer: PlaceAnswer) -> FeedState:
    """The state after the poll. ETag, Last-Modified and hash are those of the last answer that had entries, so
    that a feed that went empty answers `not_modified` when its entries are back. `next_poll_at` is the time that
    the publisher asked for; `schedule.scheduled` moves it further."""
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
        poll_hint_s=_hint_s(answer, listing, before),
        named_by=answer.named_by,
        entries_last=len(listing.entries) if listing and is_full else before.entries_last if before else 0,
        answered_at=before.answered_at if before else None,
        polls=before.polls if before else 0,
        new_per_day=before.new_per_day if before else 0.0,
        observed_days=before.observed_days if before else 0.0,
        domains=before.domains if before else (),
        is_guid_trusted=before.is_guid_trusted if before else True,
        validators_wrong=before.validators_wrong if before else 0,
        validators_right=before.validators_right if before else 0,
    )


def _hint_s(answer: PlaceAnswer, listing: Listing | None, before: FeedState | None) -> float | None:
    """The longest wait that the feed itself or the headers of its answer ask for; None: neither does. Where nothing
    was read, the last one counts."""
    said = listing.poll_hint_s if listing else before.poll_hint_s if before else None
    return max((hint for hint in (said, answer.cached_s) if hint), default=None)


def counted(states: Mapping[str, FeedState], taken: Iterable[Link], over: Iterable[Link]) -> dict[str, FeedState]:
    """The states, by URL, with two counts of the links that each listed: `taken` (the run fetches or records them)
    and `over` the run's cap."""
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
    """A warning about a feed that lists nothing, or fewer than half of its last number of entries. Feeds only:
    sitemaps and sections shrink in normal use."""
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
        message=f"{state.url} lists {has} entries; it listed {had} before: check that its address is still right",
        observed=has,
        low=SHRUNK * had,
        at=state.at,
        about=state.url,
    )
