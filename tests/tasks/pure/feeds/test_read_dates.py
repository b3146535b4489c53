"""Dates of feed entries: in the feed's and the outlet's languages, with the zones that they name."""

from datetime import UTC, datetime

import pytest

from schemas.sources.listing import Listing
from tasks.pure.feeds.read import read_feed

AT = datetime(2026, 11, 25, tzinfo=UTC)


def published(date: str, language: str = "", zone: str = "UTC", country: str | None = None) -> datetime | None:
    tag = f"<language>{language}</language>" if language else ""
    item = f"<item><title>Mill</title><link>https://paper.example/1</link><pubDate>{date}</pubDate></item>"
    feed = f'<rss version="2.0"><channel><title>Paper</title>{tag}{item}</channel></rss>'
    found = read_feed(feed.encode(), "https://paper.example/rss", None, zone, AT, country=country)
    assert isinstance(found, Listing)
    dated = found.entries[0].facts.published
    return dated.at if dated else None


@pytest.mark.parametrize(
    ("date", "zone", "country"),
    [
        ("Mon, 02 Nov 2026 18:30:00 GMT+8", "UTC", None),
        ("Mon Nov 02 2026 18:30:00 GMT+0800 (China Standard Time)", "UTC", None),
        ("Mon, 02 Nov 2026 19:30:00 Asia/Tokyo", "UTC", None),
        ("Mon, 02 Nov 2026 11:30:00 CET", "UTC", None),
        ("Mon, 02 Nov 2026 12:30:00 EET", "UTC", None),
        ("Mon, 02 Nov 2026 16:00:00 IST", "Asia/Kolkata", "in"),
        ("Mon, 02 Nov 2026 5:30 AM ET", "America/New_York", "us"),
        ("lun., 02 nov. 2026 11:30:00 +0100", "UTC", None),
        ("Mo, 2 Nov 2026 11:30:00", "Europe/Berlin", "de"),
        ("Pzt, 02 Kas 2026 13:30:00 +0300", "UTC", None),
        ("Δευ, 02 Νοε 2026 12:30:00 +0200", "UTC", None),
        ("lunes, 2 de noviembre de 2026 11:30:00 CET", "UTC", None),
        ("Tue, 02 Nov 2026 10:30:00 GMT", "UTC", None),
        ("11/2/2026 5:30:00 AM", "America/New_York", "us"),
    ],
)
def test_an_entrys_date_is_the_instant_that_it_means(date: str, zone: str, country: str | None) -> None:
    language = "en-us" if country == "us" else ""

    assert published(date, language, zone, country) == datetime(2026, 11, 2, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "date", ["Mon, 02 Nov 2026 10:30:00 IST", "11/2/2026 10:30", "Mon, 02 Nov 2026 10:30:00 QQT"]
)
def test_a_date_with_two_meanings_stays_unknown(date: str) -> None:
    assert published(date) is None
