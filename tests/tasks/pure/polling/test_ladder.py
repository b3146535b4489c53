"""The revisit ladder in words."""

from datetime import timedelta

import pytest

from tasks.pure.polling import ladder
from tasks.pure.polling.ladder import ladder_words


@pytest.mark.parametrize(
    ("hours", "words"),
    [((1, 24, 72), "1 h, 24 h and 3 d"), ((0.5, 36), "0.5 h and 36 h"), ((48,), "2 d")],
)
def test_an_age_is_worded_in_days_above_a_day_where_they_are_whole(
    hours: tuple[float, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "LADDER", tuple(timedelta(hours=each) for each in hours))
    assert ladder_words() == words
