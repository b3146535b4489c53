"""The names of months and weekdays: each language has its own, whatever else the process has read."""

import pytest
from babel import Locale, localedata

from tasks.pure.dates import words
from tasks.pure.dates.words import LANGUAGES, load, months, weekdays


@pytest.mark.parametrize(
    ("name", "meant", "language"),
    [
        ("يوليو", 7, "ar"),
        ("יולי", 7, "he"),
        ("juli", 7, "nl"),
        ("julie", 7, "af"),
        ("julai", 7, "sw"),
        ("липень", 7, "uk"),
    ],
)
def test_a_month_is_named_in_its_language(name: str, meant: int, language: str) -> None:
    assert language in months()[name][meant]


@pytest.mark.parametrize(
    ("name", "day", "languages"),
    [("پیر", 0, {"ur"}), ("jumatatu", 0, {"sw"}), ("maandag", 0, {"af", "nl"})],
)
def test_a_weekday_is_no_name_of_a_language_that_was_read_later(name: str, day: int, languages: set[str]) -> None:
    assert dict(weekdays()[name]) == {day: languages}


def test_a_hebrew_month_is_no_japanese_one() -> None:
    assert dict(months()["יולי"]) == {7: {"he"}}


def test_locales_that_were_read_for_their_names_alone_are_not_kept() -> None:
    words._cldr.cache_clear()
    months.cache_clear()
    weekdays.cache_clear()
    Locale("ur").days["stand-alone"]["wide"]  # What it inherits is now in the data of the root.

    load()

    assert dict(weekdays()["پیر"]) == {0: {"ur"}}
    assert len(localedata._cache) < len(LANGUAGES)
