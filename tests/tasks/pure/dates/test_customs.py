"""Which number of a date is the day: by language and country, or not settled."""

import pytest

from tasks.pure.dates.customs import Customs, number_order
from tasks.pure.dates.read import read_date


@pytest.mark.parametrize(
    ("language", "country", "order"),
    [
        ("en-US", None, "month first"),
        ("en-US", "us", "month first"),
        ("en", "us", "month first"),
        ("en", "ph", "month first"),
        ("en", "in", "day first"),
        ("en-AU", "us", "day first"),
        ("en-US", "gb", None),
        ("en", "ca", None),
        ("en", "ua", None),
        ("en", None, None),
        ("es-MX", "us", "day first"),
        ("fr-CA", "ca", "day first"),
        ("de", "us", "day first"),
        ("sv", None, "day first"),
        ("hu", "hu", None),
        ("xx", "yy", None),
    ],
)
def test_language_and_country_settle_the_order_where_they_agree(
    language: str, country: str | None, order: str | None
) -> None:
    assert number_order(Customs(None, (language,), country)) == order


@pytest.mark.parametrize(
    ("raw", "language", "country", "day"),
    [
        ("7/2/2026", "en-US", "us", "2026-07-02"),
        ("7/2/2026", "en", "ie", "2026-02-07"),
        ("7-2-2026", "nl", "nl", "2026-02-07"),
        ("Thursday 7/2/2026", "en", None, "2026-07-02"),
        ("samedi 7/2/2026", None, None, "2026-02-07"),
        ("Saturday 7/2/2026", "en-US", "us", None),
        ("Monday 7/2/2026", "en-US", "us", "2026-07-02"),
        ("7.2.2026", "en-US", "us", None),
        ("7/22/2026", "de", "de", None),
        ("7/22/2026", "en", "gb", None),
        ("22/7/2026", "en", "us", "2026-07-22"),
    ],
)
def test_numbers_are_read_by_custom_unless_the_weekday_says_otherwise(
    raw: str, language: str | None, country: str | None, day: str | None
) -> None:
    at = read_date(raw, language=language, country=country).at

    assert (at.date().isoformat() if at else None) == day
