"""fastfeedparser's dates are not taken: where it differs from the text, the text as written counts."""

from datetime import UTC, datetime

import pytest

from schemas.items.link import Dated
from schemas.sources.listing import Listing
from tasks.pure.feeds.read import read_feed

AT = datetime(2026, 11, 25, tzinfo=UTC)


def feed(date: str) -> bytes:
    item = f"<item><title>Hafen</title><link>https://blatt.example/1</link><pubDate>{date}</pubDate></item>"
    return f'<rss version="2.0"><channel><title>Blatt</title>{item}</channel></rss>'.encode()


def published(date: str) -> Dated | None:
    found = read_feed(feed(date), "https://blatt.example/feed", None, "UTC", AT)
    assert isinstance(found, Listing), found
    return found.entries[0].facts.published


@pytest.mark.parametrize(
    ("date", "hour"),
    [
        ("Tue, 10 Nov 2026 12:00:00 +0200", 10),
        ("Tue, 10 Nov 2026 12:00:00 GMT+0200", 10),
        ("Tue Nov 10 2026 12:00:00 GMT+0200 (Eastern European Standard Time)", 10),
        ("Tue, 10 Nov 2026 12:00:00 GMT-0500", 17),
    ],
)
def test_the_offset_behind_gmt_is_never_dropped(date: str, hour: int) -> None:
    found = published(date)

    assert found
    assert found.at in (None, datetime(2026, 11, 10, hour, tzinfo=UTC))
    assert found.raw == date


@pytest.mark.parametrize(
    "date", ["Sun, 29 Feb 2026 12:00:00 GMT", "2026-02-29T12:00:00Z", "29 Feb 2026 12:00:00 +0000", "2026-02-29"]
)
def test_the_29th_of_february_of_a_common_year_is_no_date(date: str) -> None:
    found = published(date)

    assert found
    assert (found.at, found.raw) == (None, date)


def test_the_29th_of_february_of_a_leap_year_is_one() -> None:
    found = published("Thu, 29 Feb 2024 12:00:00 GMT")

    assert found
    assert found.at == datetime(2024, 2, 29, 12, tzinfo=UTC)
