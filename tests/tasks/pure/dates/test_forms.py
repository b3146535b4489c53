"""Forms: the day of a written date is found inside a longer text."""

import pytest

from tasks.pure.dates.forms import DAY_IN_TEXT
from tasks.pure.dates.grammar import read_own

DAYS = (
    "2026-11-20",
    "2026/11/20",
    "20.11.2026",
    "20. November 2026",
    "20 de novembro de 2026",
    "November 20, 2026",
    "2026年11月20日",
    "2026년 11월 20일",
)


@pytest.mark.parametrize("day", DAYS)
def test_a_day_of_each_form_is_found_in_a_text_and_read(day: str) -> None:
    found = DAY_IN_TEXT.search(f"Posted: {day} | 3 min")
    assert found is not None
    assert found[0].strip() == day
    read = read_own(found[0].strip())
    assert read is not None
    assert f"{read.local:%Y-%m-%d}" == "2026-11-20"


@pytest.mark.parametrize("text", ["3 min", "version 1.2.3", "20.11.20261", "in 2026"])
def test_a_text_without_a_day_has_none(text: str) -> None:
    assert DAY_IN_TEXT.search(text) is None
