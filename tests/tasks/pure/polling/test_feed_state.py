"""What an answer says of a feed's state."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import FeedState
from schemas.sources.listing import Listed, Listing
from tasks.pure.polling.feed_state import (
    PlaceAnswer,
    failure_grade,
    findings,
    next_state,
    refused,
)

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FULL = Listing(format="rss", entries=(Listed(url="http://o.example/a"),), parser="test")
EMPTY = Listing(format="rss", parser="test")


def state(**changes: object) -> FeedState:
    plain = {
        "run_id": "r",
        "source": "o",
        "url": "http://o.example/feed",
        "kind": UrlKind.FEED,
        "at": NOW,
        "reason": Reason.OK,
        "etag": '"1"',
        "last_modified": "Fri, 20 Nov 2026 10:00:00 GMT",
        "body_hash": "h1",
        "full_fetch_at": NOW - timedelta(hours=1),
        "entries": 7,
        "entries_last": 7,
    }
    return FeedState.model_validate(plain | changes)


def test_the_same_body_again_is_not_modified_whatever_the_validators_say() -> None:
    assert refused(FULL, Reason.OK, "h1", state()).reason is Reason.NOT_MODIFIED
    assert refused(FULL, Reason.OK, "h2", state()).reason is Reason.OK


def test_a_feed_that_listed_and_lists_nothing_now_says_so() -> None:
    verdict = refused(EMPTY, Reason.OK, "h2", state())
    assert (verdict.reason, verdict.detail) == (Reason.EMPTY_FEED, "lists nothing; it listed 7 before")


@pytest.mark.parametrize(
    ("reason", "grade"),
    [
        (Reason.OK, 0),
        (Reason.NOT_MODIFIED, 0),
        (Reason.EMPTY_FEED, 0),
        (Reason.DNS_ERROR, 0.25),
        (Reason.HTTP_ERROR, 0.5),
        (Reason.WRONG_TYPE, 1),
    ],
)
def test_failures_are_graded(reason: Reason, grade: float) -> None:
    assert failure_grade(reason) == grade


def after(before: FeedState | None, verdict: Reason, listing: Listing | Refusal, digest: str | None) -> FeedState:
    feed = "http://o.example/feed"
    return next_state(
        before, PlaceAnswer("r2", "o", feed, UrlKind.FEED, NOW, Refusal(reason=verdict), listing, digest=digest)
    )


def test_a_304_keeps_the_validators_and_the_hash_of_the_full_answer() -> None:
    kept = after(state(), Reason.NOT_MODIFIED, Refusal(reason=Reason.NOT_MODIFIED), None)
    assert (kept.etag, kept.body_hash, kept.full_fetch_at) == ('"1"', "h1", NOW - timedelta(hours=1))


def test_failures_add_up_until_an_answer() -> None:
    failed = after(state(failures=0.5), Reason.TIMEOUT_READ, Refusal(reason=Reason.TIMEOUT_READ), None)
    assert failed.failures == 1.0
    assert after(failed, Reason.OK, FULL, "h2").failures == 0.0


def test_an_empty_answer_leaves_the_validators_of_what_was_listed() -> None:
    emptied = after(state(), Reason.EMPTY_FEED, EMPTY, "h2")
    assert (emptied.etag, emptied.body_hash, emptied.entries, emptied.entries_last) == ('"1"', "h1", 0, 7)


def test_an_empty_feed_stays_empty_however_often_it_says_so() -> None:
    emptied = after(state(), Reason.EMPTY_FEED, EMPTY, "h2")
    assert refused(EMPTY, Reason.OK, "h2", emptied).reason is Reason.EMPTY_FEED


@pytest.mark.parametrize(
    ("had", "has", "reason", "codes"),
    [
        (7, 0, Reason.EMPTY_FEED, ["feed_went_empty"]),
        (7, 3, Reason.OK, ["feed_shrank"]),
        (6, 3, Reason.OK, []),
        (0, 0, Reason.EMPTY_FEED, []),
        (7, 0, Reason.NOT_MODIFIED, []),
        (7, 0, Reason.TIMEOUT_READ, []),
    ],
)
def test_a_feed_that_lost_more_than_half_is_a_finding(had: int, has: int, reason: Reason, codes: list[str]) -> None:
    seen = state(entries=has, reason=reason)
    assert [finding.code for finding in findings(state(entries_last=had), seen)] == codes


def test_a_sitemap_may_shrink() -> None:
    assert list(findings(state(), state(kind=UrlKind.SITEMAP, entries=1))) == []


def test_the_longer_of_what_the_feed_and_its_headers_ask_for_is_kept() -> None:
    listing = FULL.model_copy(update={"poll_hint_s": 1800.0})
    ok = Refusal(reason=Reason.OK)
    answer = PlaceAnswer("r", "o", "http://o.example/feed", UrlKind.FEED, NOW, ok, listing, cached_s=3600.0)
    assert next_state(None, answer).poll_hint_s == 3600
    unread = PlaceAnswer(
        "r", "o", "http://o.example/feed", UrlKind.FEED, NOW, ok, Refusal(reason=Reason.NOT_MODIFIED)
    )
    assert next_state(state(poll_hint_s=1800), unread).poll_hint_s == 1800
