"""The next polls of all places of a source that a run polled."""

from datetime import UTC, datetime, timedelta

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState, PollLimit
from tasks.pure.polling.next_polls import next_polls

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = int(NOW.timestamp()) // 3600
SLOW = {HOUR - 24 * day: 1 for day in range(1, 28)}
BUSY = {HOUR - hour: 2 for hour in range(1, 670)}


def state(url: str, kind: UrlKind = UrlKind.FEED, **changes: object) -> FeedState:
    known = {"answered_at": NOW, "counted_since": NOW - timedelta(days=60), "entries_last": 100}
    plain = {"run_id": "r", "source": "o", "url": url, "kind": kind, "at": NOW, "reason": Reason.OK}
    return FeedState.model_validate(plain | known | changes)


def test_each_place_has_its_next_poll_and_the_promise_that_it_follows() -> None:
    one = next_polls({}, {"a": state("a")}, {"a": BUSY}, NOW)["a"]
    assert (one.poll_every_s, one.fresh_within_s, one.poll_limit) == (900, 900, PollLimit.PROMISE)
    assert one.next_poll_at == NOW + timedelta(minutes=15)


def test_a_feed_of_a_busy_source_keeps_its_promise_though_it_brings_little_itself() -> None:
    both = {"a": state("a"), "b": state("b")}
    assert next_polls({}, both, {"a": BUSY, "b": SLOW}, NOW)["b"].fresh_within_s == 900
    assert next_polls({}, {"b": state("b")}, {"b": SLOW}, NOW)["b"].fresh_within_s == 6 * 3600


def test_what_a_person_stated_comes_first() -> None:
    stated = next_polls({}, {"a": state("a", poll_hint_s=3600)}, {"a": BUSY}, NOW, stated_s=1200)["a"]
    assert (stated.fresh_within_s, stated.poll_every_s) == (1200, 1200)


def test_forty_feeds_of_one_host_share_its_pace() -> None:
    feeds = {str(number): state(str(number)) for number in range(40)}
    first = next_polls({}, feeds, dict.fromkeys(feeds, BUSY), NOW, pace_s=20)["0"]
    assert (first.poll_every_s, first.poll_limit) == (40 * 20 * 2, PollLimit.PACE)


def test_a_feed_that_answers_304_while_the_sitemap_lists_new_articles_is_next_asked_in_full() -> None:
    feed = state("a", reason=Reason.NOT_MODIFIED, full_fetch_at=NOW - timedelta(hours=2))
    sitemap = state("m", UrlKind.SITEMAP, entries_new=1)
    assert next_polls({}, {"a": feed, "m": sitemap}, {"a": SLOW}, NOW)["a"].full_fetch_at is None
    assert next_polls({}, {"a": feed, "b": state("b", entries_new=1)}, {"a": SLOW}, NOW)["a"].full_fetch_at
