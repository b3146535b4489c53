"""Names in scripts without capitals: what marks, neighbours and lists tell."""

import pytest

from tasks.pure.stories.mentions.gazetteer import gazetteer
from tasks.pure.stories.mentions.no_capitals import spotted
from tasks.pure.stories.mentions.signs import signs


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ja", "彼は「危ない」と言った。ニュースとテレビ。", []),
        ("ja", "前首相港山一郎太氏は来た。", []),
        ("ja", "パリピは港へ。", []),
        ("ja", "東京都の港。", ["tokyo"]),
        ("zh", "总统约翰·史密斯说。", []),
        ("zh", "“白港”的书，作者说白港很大。", ["白港"]),
        ("ar", "وقال «نعم» ثم ذهب إلى لندن وبباريس.", ["london", "paris"]),
        ("ko", "서울에서 온 배는 서울시장의 것이 아니다.", ["seoul"]),
        ("he", "הוא נסע ללונדון או לונדון.", ["london"]),
        ("th", "เขาไปลอนดอน", ["london"]),
    ],
)
def test_only_what_a_mark_a_neighbour_or_a_list_tells_is_a_name(language: str, text: str, found: list[str]) -> None:
    assert [name for _, name, _ in spotted(text, gazetteer(language), language, signs(language))] == found
