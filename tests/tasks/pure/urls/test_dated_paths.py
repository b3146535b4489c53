"""The days that a URL names."""

from datetime import UTC, datetime

import pytest

from tasks.pure.urls.dated_paths import overlaps, period_of


def day(year: int, month: int = 1, of: int = 1) -> datetime:
    return datetime(year, month, of, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "period"),
    [
        ("https://h.example/sitemap-2026-11.xml", (day(2026, 11), day(2026, 12))),
        ("https://h.example/sitemaps/2026/12.xml", (day(2026, 12), day(2027))),
        ("https://h.example/sitemap_20261120.xml", (day(2026, 11, 20), day(2026, 11, 21))),
        ("https://h.example/2026/11/20/ferry", (day(2026, 11, 20), day(2026, 11, 21))),
        ("https://h.example/archive-2025.xml.gz", (day(2025), day(2026))),
        ("https://h.example/sitemap-48213.xml", None),
        ("https://2026.example/sitemap.xml", (day(2026), day(2027))),
        ("https://h.example/20269931.xml", None),
        ("https://h.example/2026-02-31", None),
    ],
)
def test_a_name_tells_its_days(url: str, period: tuple[datetime, datetime] | None) -> None:
    assert period_of(url) == period


def test_a_period_overlaps_what_is_wanted_from_its_first_to_its_last_instant() -> None:
    november = (day(2026, 11), day(2026, 12))
    assert overlaps(november, day(2026, 11, 30), None)
    assert not overlaps(november, day(2026, 12), None)
    assert not overlaps(november, None, day(2026, 11))
    assert overlaps(None, day(2026), day(2026, 2))
