"""Lengths of time as people write and read them."""

from datetime import timedelta

import pytest

from tasks.pure.text.durations import duration, told_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("45m", 2700),
        ("2h", 7200),
        ("1h30m", 5400),
        ("7d", 604_800),
        ("2w", 1_209_600),
        (" 2 hours ", 7200),
    ],
)
def test_what_people_write_is_a_length(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "2", "h", "2y", "-2h", "0h", "2h and more", "1.5h"])
def test_anything_else_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(ValueError, match="write 90s, 45m, 2h"):
        duration(text)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (7260, "2 h 1 min"), (86_400, "1 d"), (90_061, "1 d 1 h"), (-5, "0 s")],
)
def test_a_length_is_told_in_its_two_largest_units(seconds: int, told: str) -> None:
    assert told_duration(timedelta(seconds=seconds)) == told
