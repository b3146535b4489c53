"""Pacing: waits are clamped, never shorter than owed, and retries end."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.items.outcome import Reason
from tasks.pure.http.retries_and_pauses import (
    back_off_s,
    is_worth_retrying,
    jittered_s,
    owed_pace_s,
    pause_until,
    range_pause_s,
    retry_after,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("99999999", DAY),
        ("9" * 5000, DAY),
        ("Mon, 23 Nov 2026 12:02:00 GMT", timedelta(seconds=120)),
        ("Monday, 23-Nov-26 12:02:00 GMT", timedelta(seconds=120)),
        ("Mon, 23 Nov 2026 13:02:00 +0100", timedelta(minutes=2)),
        ("Sun, 22 Nov 2026 12:00:00 GMT", timedelta(0)),
        ("Fri, 01 Jan 2099 00:00:00 GMT", DAY),
        ("-5", None),
        ("abc", None),
        ("1e9", None),
        ("١٢٠", None),
        ("120.5", None),
        ("Mon, 99 Nov 2026 12:02:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_both_forms_is_clamped_to_a_day(value: str | None, pause: timedelta | None) -> None:
    instant = retry_after(value, NOW)
    assert (instant and instant - NOW) == pause


@pytest.mark.parametrize(
    ("status", "value", "pause"),
    [
        (429, "10", timedelta(seconds=10)),
        (429, None, timedelta(seconds=60)),
        (429, "abc", timedelta(seconds=60)),
        (999, None, timedelta(seconds=60)),
        (503, "10", timedelta(seconds=10)),
        (503, None, None),
        (200, "10", None),
        (301, "10", None),
    ],
)
def test_only_an_answer_that_slows_us_down_pauses_a_domain(
    status: int, value: str | None, pause: timedelta | None
) -> None:
    until = pause_until(status, value, NOW)
    assert (until and until - NOW) == pause


@pytest.mark.parametrize(
    ("crawl_delay_s", "owed_s"), [(None, 2.0), (0.1, 2.0), (10.0, 10.0), (86400.0, 60.0), (1e300, 60.0)]
)
def test_the_pace_is_the_largest_of_all_and_crawl_delay_counts_up_to_a_minute(
    crawl_delay_s: float | None, owed_s: float
) -> None:
    assert owed_pace_s(2.0, 1.0, crawl_delay_s) == owed_s
    assert owed_pace_s(2.0, 100.0, crawl_delay_s) == 100.0


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_jitter_only_adds(share: float) -> None:
    assert 4.0 <= jittered_s(4.0, share) <= 5.0


@pytest.mark.parametrize(
    ("reason", "status", "is_lost", "is_worth"),
    [
        (Reason.HTTP_ERROR, 500, False, True),
        (Reason.HTTP_ERROR, 408, False, True),
        (Reason.HTTP_ERROR, 524, False, True),
        (Reason.HTTP_ERROR, 404, False, False),
        (Reason.HTTP_ERROR, 403, False, False),
        (Reason.RATE_LIMITED, 429, False, True),
        (Reason.RATE_LIMITED, 999, False, False),
        (Reason.BAD_HTTP, None, True, True),
        (Reason.BAD_HTTP, None, False, False),
        (Reason.TIMEOUT_READ, None, False, True),
        (Reason.TIMEOUT_CONNECT, None, False, False),
        (Reason.TIMEOUT_TOTAL, None, False, False),
        (Reason.TOO_LARGE, 200, False, False),
        (Reason.TLS_ERROR, None, False, False),
        (Reason.OK, 200, False, False),
    ],
)
def test_what_may_pass_by_itself_is_tried_twice_more(
    reason: Reason, status: int | None, is_lost: bool, is_worth: bool
) -> None:
    tries = [is_worth_retrying(reason, status, is_lost, attempt) for attempt in (1, 2, 3)]
    assert tries == [is_worth, is_worth, False]


def test_backing_off_has_full_jitter_and_grows() -> None:
    assert [back_off_s(attempt, share) for attempt in (1, 2) for share in (0.0, 0.5, 1.0)] == [0, 0.5, 1, 0, 1, 2]


@pytest.mark.parametrize(
    ("reason", "status", "asked_s", "pauses"),
    [
        (Reason.HTTP_ERROR, 503, 0.0, [5.0, 20.0, None]),
        (Reason.TIMEOUT_TOTAL, None, 0.0, [5.0, 20.0, None]),
        (Reason.RATE_LIMITED, 429, 120.0, [120.0, 120.0, None]),
        (Reason.RATE_LIMITED, 429, 301.0, [None, None, None]),
        (Reason.HTTP_ERROR, 404, 0.0, [None, None, None]),
        (Reason.ROBOTS_DENIED, None, 0.0, [None, None, None]),
        (Reason.OK, 206, 0.0, [None, None, None]),
    ],
)
def test_a_part_of_an_archive_is_worth_minutes_of_waiting_but_not_more(
    reason: Reason, status: int | None, asked_s: float, pauses: list[float | None]
) -> None:
    assert [range_pause_s(reason, status, asked_s, tried) for tried in range(3)] == pauses
