"""What a person may give as a day or an instant."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from schemas.errors import UsageError
from tasks.pure.dates.since import instant_of

NOW = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-03", "2026-11-03T00:00:00+09:00"),
        ("20261103", "2026-11-03T00:00:00+09:00"),
        ("2026-11", "2026-11-01T00:00:00+09:00"),
        ("2026", "2026-01-01T00:00:00+09:00"),
        ("2026-11-03T06:00", "2026-11-03T06:00:00+09:00"),
        ("2026-11-03 06:00:30", "2026-11-03T06:00:30+09:00"),
        ("2026-11-03T06:00Z", "2026-11-03T06:00:00+00:00"),
        ("2026-11-03T06:00-03:00", "2026-11-03T06:00:00-03:00"),
        ("now", "2026-12-01T08:30:00+09:00"),
        ("today", "2026-12-01T00:00:00+09:00"),
        ("yesterday", "2026-11-30T00:00:00+09:00"),
        (" Yesterday ", "2026-11-30T00:00:00+09:00"),
        ("tomorrow", "2026-12-02T00:00:00+09:00"),
        ("7d", "2026-11-24T00:00:00+09:00"),
        ("7 d", "2026-11-24T00:00:00+09:00"),
        ("7 days ago", "2026-11-24T00:00:00+09:00"),
        ("7  DAYS  ago", "2026-11-24T00:00:00+09:00"),
        ("a day ago", "2026-11-30T00:00:00+09:00"),
        ("2w", "2026-11-17T00:00:00+09:00"),
        ("a week ago", "2026-11-24T00:00:00+09:00"),
        ("3 months ago", "2026-09-01T00:00:00+09:00"),
        ("6mo", "2026-06-01T00:00:00+09:00"),
        ("1y", "2025-12-01T00:00:00+09:00"),
        ("36h", "2026-11-29T20:30:00+09:00"),
        ("an hour ago", "2026-12-01T07:30:00+09:00"),
        ("90 minutes ago", "2026-12-01T07:00:00+09:00"),
    ],
)
def test_words_mean_an_instant_of_the_zone(text: str, meant: str) -> None:
    assert instant_of(text, NOW, TOKYO).isoformat() == meant


@pytest.mark.parametrize(
    "text",
    ["", "2026-13", "2026-13-01", "2026-02-30", "5", "7m", "7 dayz ago", "0000", "9999y", "-3d", "soon", "03.11."],
)
def test_what_is_no_day_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(UsageError, match=r"not a day or instant: .*; write 2026-11-03, 2026-11, .*yesterday"):
        instant_of(text, NOW, TOKYO)


def test_months_end_where_the_calendar_ends() -> None:
    assert instant_of("1 month ago", datetime(2026, 3, 31, 12, tzinfo=UTC), UTC).isoformat()[:10] == "2026-02-28"


def test_days_are_those_of_the_calendar_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    after = datetime(2026, 10, 25, 12, tzinfo=UTC)
    assert instant_of("1d", after, berlin).isoformat() == "2026-10-24T00:00:00+02:00"
    assert instant_of("24h", after, berlin).isoformat() == "2026-10-24T14:00:00+02:00"
    assert instant_of("2026-12", after, berlin).isoformat() == "2026-12-01T00:00:00+01:00"
