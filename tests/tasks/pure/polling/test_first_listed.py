"""What the new entries of a poll show."""

from datetime import UTC, datetime, timedelta

from schemas.items.link import Dated, EntryFacts, Link, Precision, UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from tasks.pure.polling.first_listed import by_hour, hours_of, observed

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = "http://o.example/feed"


def state(**changes: object) -> FeedState:
    plain = {"run_id": "r", "source": "o", "url": FEED, "kind": UrlKind.FEED, "at": NOW, "reason": Reason.OK}
    return FeedState.model_validate(plain | changes)


def link(number: int, at: datetime | None, precision: Precision = Precision.SECOND) -> Link:
    dated = Dated(raw="x", at=at, precision=precision) if at else None
    return Link(
        url=f"http://o.example/{number}", source="o", found_in=FEED, found_at=NOW, entry=EntryFacts(published=dated)
    )


def dated(*hours_ago: float) -> list[Link]:
    return [link(number, NOW - hours * HOUR) for number, hours in enumerate(hours_ago)]


BEFORE = state(answered_at=NOW - 4 * HOUR, counted_since=NOW - 20 * DAY, at=NOW - 4 * HOUR)


def test_new_entries_count_in_the_hours_of_their_dates() -> None:
    whole = NOW.replace(minute=0)
    assert hours_of(dated(0.1, 1, 1.2), NOW - 4 * HOUR, NOW) == (whole - HOUR, whole - HOUR, whole)


def test_entries_without_a_credible_date_are_spread_over_the_time_since_the_last_poll() -> None:
    new = [link(1, None), link(2, NOW - 300 * DAY), link(3, NOW - HOUR, Precision.DAY), link(4, NOW + DAY)]
    assert [at.hour for at in hours_of(new, NOW - 4 * HOUR, NOW)] == [9, 10, 11, 12]


def test_a_first_listing_tells_of_the_past_by_its_dates() -> None:
    first = observed(state(), None, dated(1, 30, 100), dated(1, 30, 100), NOW)
    assert len(first.entries_new_at) == 3
    assert first.counted_since == NOW - 100 * HOUR
    assert first.half_since == NOW - 30 * HOUR


def test_a_first_listing_without_dates_tells_nothing() -> None:
    first = observed(state(), None, [link(1, None)], [link(1, None)], NOW)
    assert (first.entries_new_at, first.counted_since, first.half_since) == ((), NOW, None)


def test_a_poll_without_anything_new_goes_on_counting() -> None:
    same = observed(
        state(reason=Reason.NOT_MODIFIED), BEFORE.model_copy(update={"half_since": NOW - DAY}), [], [], NOW
    )
    assert (same.counted_since, same.half_since, same.entries_missed) == (NOW - 20 * DAY, NOW - DAY, 0)


def test_a_failed_poll_shows_nothing() -> None:
    failed = observed(state(reason=Reason.TIMEOUT_READ), BEFORE, [], [], NOW)
    assert (failed.counted_since, failed.entries_new_at) == (BEFORE.counted_since, ())


def test_entries_that_left_unseen_are_estimated_where_nothing_overlaps() -> None:
    new = dated(0.5, 1, 1.5, 2)
    assert observed(state(), BEFORE, new, new, NOW).entries_missed == 4


def test_a_listing_that_shares_one_entry_with_the_last_missed_none() -> None:
    listed = dated(0.5, 1, 1.5, 5)
    assert observed(state(), BEFORE, listed, listed[:3], NOW).entries_missed == 0


def test_without_dates_the_usual_number_a_day_tells_what_was_missed() -> None:
    new = [link(number, None) for number in range(10)]
    before = BEFORE.model_copy(update={"new_per_day": 120.0})
    assert observed(state(), before, new, new, NOW).entries_missed == 10


def test_after_days_of_which_nothing_is_known_counting_begins_anew() -> None:
    before = BEFORE.model_copy(update={"answered_at": NOW - 300 * DAY})
    new = dated(1, 2, 3, 40)
    assert observed(state(), before, new, new, NOW).counted_since == NOW - 40 * HOUR


def test_a_clock_that_was_set_back_starts_as_a_new_feed() -> None:
    before = BEFORE.model_copy(update={"answered_at": NOW + 300 * DAY, "counted_since": NOW + 200 * DAY})
    seen = observed(state(), before, dated(1, 2, 3), dated(1, 2, 3), NOW)
    assert (seen.counted_since, seen.entries_missed) == (NOW - 3 * HOUR, 0)


def test_the_hours_of_a_poll_are_added_to_those_before() -> None:
    hour = int(NOW.timestamp()) // 3600
    assert by_hour([NOW, NOW - HOUR], {hour: 2}) == {hour: 3, hour - 1: 1}
