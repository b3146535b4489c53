"""Durations, instants and counts in words."""

from zoneinfo import ZoneInfo

import pytest

from tasks.pure.reports.wording import counted, moment, span
from tests.support.report_samples import AT


@pytest.mark.parametrize(
    ("seconds", "words"), [(4.24, "4.2 s"), (59.94, "59.9 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")]
)
def test_durations_read_well(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_midnight_stands_for_a_day() -> None:
    assert moment(AT) == "2026-11-23 12:30 UTC"
    assert moment(AT.replace(hour=0, minute=0)) == "2026-11-23"


def test_an_instant_is_told_in_the_zone_and_a_day_is_the_publishers() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    assert moment(AT, tokyo) == "2026-11-23 21:30 JST"
    assert moment(AT, tokyo, has_zone=False) == "2026-11-23 21:30"
    assert moment(AT.replace(hour=0, minute=0), tokyo) == "2026-11-23"


def test_a_count_has_its_noun_in_the_plural_unless_it_is_one() -> None:
    assert [counted(number, "article") for number in (0, 1, 1200)] == ["0 articles", "1 article", "1,200 articles"]
