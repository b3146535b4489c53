"""The words that stories and copies compare are the same however a text is written."""

import pytest

from tasks.pure.stories.words import is_pair, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Mayor’s ferry", ["the", "mayor", "ferry"]),
        ("Ｆｅｒｒｙ STRIKE, day 3", ["ferry", "strike", "day", "3"]),
        ("東京都は", ["東京", "京都", "都は"]),
        ("2026年 the 島", ["2026", "年", "the", "島"]),
        ("ยังคง", ["ยั", "ัง", "งค", "คง"]),
        ("किताबें हिन्दी", ["किताबें", "हिन्दी"]),
        ("snake_case — …", ["snake", "case"]),
        ("", []),
    ],
)
def test_words_fold_case_and_forms_and_cut_unspaced_runs_into_pairs(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_pair_is_told_from_a_short_word() -> None:
    assert [is_pair(word) for word in ("東京", "島", "on", "3")] == [True, True, False, False]
