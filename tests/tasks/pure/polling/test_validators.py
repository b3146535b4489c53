"""When the validators of a feed are believed."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.items.link import Dated, EntryFacts, Link, Precision, UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from tasks.pure.polling.validators import are_believed, closings, conditional_headers, doubted, findings, judged

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "http://o.example/feed"


def state(**changes: object) -> FeedState:
    plain = {"run_id": "r", "source": "o", "url": FEED, "kind": UrlKind.FEED, "at": NOW, "reason": Reason.OK}
    written = {"etag": '"1"', "last_modified": "Fri, 20 Nov 2026 09:00:00 GMT", "full_fetch_at": NOW - HOUR}
    return FeedState.model_validate(plain | written | changes)


def new(hours_ago: float = 0.2) -> list[Link]:
    dated = Dated(raw="x", at=NOW - hours_ago * HOUR, precision=Precision.SECOND)
    entry = EntryFacts(published=dated)
    return [Link(url="http://o.example/a", source="o", found_in=FEED, found_at=NOW, entry=entry)]


def wrong(before: FeedState, after: FeedState, listed: list[Link]) -> bool:
    return judged(after, before, listed, NOW).validators_wrong == before.validators_wrong + 1


def test_a_first_poll_sends_no_validators() -> None:
    assert conditional_headers(None, NOW) == {}


def test_a_second_poll_sends_both_validators() -> None:
    assert set(conditional_headers(state(), NOW)) == {"If-None-Match", "If-Modified-Since"}


@pytest.mark.parametrize("since", [24 * HOUR, -HOUR, -300 * 24 * HOUR])
def test_after_a_day_or_a_jump_of_the_clock_the_feed_is_asked_for_in_full(since: timedelta) -> None:
    assert conditional_headers(state(full_fetch_at=NOW - since), NOW) == {}


def test_the_same_etag_beside_new_entries_is_wrong_and_no_longer_sent() -> None:
    learnt = judged(state(), state(), new(), NOW)
    assert learnt.validators_wrong == 1
    assert conditional_headers(learnt, NOW) == {}


def test_another_etag_beside_new_entries_is_right() -> None:
    assert not wrong(state(), state(etag='"2"'), new())


def test_the_same_etag_beside_a_body_without_new_entries_is_no_fault() -> None:
    assert not wrong(state(), state(), [])
    assert not wrong(state(), state(reason=Reason.NOT_MODIFIED), new())


def test_without_an_etag_the_same_last_modified_beside_new_entries_is_wrong() -> None:
    assert wrong(state(etag=None), state(etag=None), new())
    assert not wrong(state(etag=None), state(etag=None, last_modified=None), new())


def test_a_304_is_wrong_where_the_feed_was_written_before_it() -> None:
    before = state(reason=Reason.NOT_MODIFIED, at=NOW - HOUR, full_fetch_at=NOW - 24 * HOUR)
    written = {"etag": '"2"', "last_modified": "Fri, 20 Nov 2026 10:00:00 GMT"}
    assert wrong(before, state(**written), new())
    assert not wrong(before, state(etag='"2"', last_modified="Fri, 20 Nov 2026 11:30:00 GMT"), new())


def test_without_last_modified_a_304_is_wrong_where_a_new_entry_is_hours_older() -> None:
    before = state(reason=Reason.NOT_MODIFIED, at=NOW - HOUR, full_fetch_at=NOW - 24 * HOUR, last_modified=None)
    after = state(etag='"2"', last_modified=None)
    assert wrong(before, after, new(hours_ago=4))
    assert not wrong(before, after, new(hours_ago=2))


def test_a_poll_with_validators_that_brings_something_new_denies_no_304_before() -> None:
    before = state(reason=Reason.NOT_MODIFIED, at=NOW - HOUR, last_modified=None)
    assert not wrong(before, state(etag='"2"', last_modified=None), new(hours_ago=4))


def test_trust_returns_after_ten_changes_that_were_told_and_later_after_twenty() -> None:
    def changes_until_believed(times_wrong: int) -> int:
        seen = state(validators_wrong=times_wrong)
        for number in range(1, 100):
            seen = judged(seen.model_copy(update={"etag": f'"{number + 1}"'}), seen, new(), NOW)
            if are_believed(seen):
                return number
        return 100

    assert [changes_until_believed(times) for times in (1, 2, 3)] == [10, 20, 40]


def test_a_fault_while_they_are_not_sent_starts_the_count_anew_and_is_no_new_finding() -> None:
    before = state(validators_wrong=1, validators_right=7)
    after = judged(before, before, new(), NOW)
    assert (after.validators_wrong, after.validators_right) == (1, 0)
    assert findings(before, after) == []


def test_a_change_without_validators_neither_restores_nor_costs_trust() -> None:
    seen = judged(state(etag=None, last_modified=None, validators_wrong=1, validators_right=3), state(), new(), NOW)
    assert (seen.validators_wrong, seen.validators_right) == (1, 3)


def test_a_finding_says_that_they_are_wrong_and_a_closing_that_they_are_sent_again() -> None:
    before, learnt = state(), state(validators_wrong=1)
    assert [(one.code, one.about) for one in findings(before, learnt)] == [("validators_wrong", FEED)]
    assert findings(learnt, learnt) == []
    right = state(validators_wrong=1, validators_right=10)
    assert [(one.code, one.about) for one in closings(learnt, right, "ingest")] == [("validators_wrong", FEED)]
    assert closings(right, right, "ingest") == closings(None, right, "ingest") == []


NOTHING = {"reason": Reason.NOT_MODIFIED}


def test_a_304_while_a_sitemap_lists_new_articles_is_doubted_an_hour_after_the_last_full_answer() -> None:
    assert doubted(state(**NOTHING), 0, True, NOW).full_fetch_at is None
    assert doubted(state(**NOTHING), 0, True, NOW - timedelta(minutes=30)).full_fetch_at is not None
    assert doubted(state(), 9, True, NOW).full_fetch_at is not None


def test_a_304_is_doubted_where_five_entries_were_expected() -> None:
    assert doubted(state(**NOTHING), 5, False, NOW).full_fetch_at is None
    assert doubted(state(**NOTHING), 4.9, False, NOW).full_fetch_at is not None
