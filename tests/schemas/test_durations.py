"""Durations as people write them."""

import pytest

from schemas.durations import seconds_of, words_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("15 min", 900), ("15min", 900), ("6 h", 21600), ("90 s", 90), ("1.5 h", 5400), (" 2 d ", 172800)],
)
def test_a_number_and_a_unit(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "15", "min", "-5 min", "0 min", "15 minutes", "1e9 h", "quarter"])
def test_anything_else_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="write a number and a unit"):
        seconds_of(text)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (45, "45 s"),
        (60, "1 min"),
        (900, "15 min"),
        (5400, "90 min"),
        (21600, "6 h"),
        (86400 * 3, "3 d"),
        (40000, "11.1 h"),
    ],
)
def test_the_largest_unit_that_fits(seconds: float, words: str) -> None:
    assert words_of(seconds) == words
