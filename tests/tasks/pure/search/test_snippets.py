"""The passage that is shown is the one with the words, and the words are marked where they stand."""

import pytest

from schemas.history.search import Passage
from tasks.pure.search.query import parse_query, wanted_of
from tasks.pure.search.snippets import marked_html, passage

FILLER = "Nothing of the kind is said here. " * 20


def shown(text: str, query: str, chars: int = 200) -> Passage:
    return passage(text, wanted_of(parse_query(query)), chars)


def marks(piece: Passage) -> list[str]:
    return [piece.text[start:end] for start, end in piece.marks]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("A heat wave hit München.", '"heat wave" munchen', ["heat wave", "München"]),
        ("elections, elected, elect", "elect*", ["elections", "elected", "elect"]),
        ("西東京都知事の東京", "東京", ["東京", "東京"]),
        ("東京都知事", "東京都", ["東京都"]),
        ("西京と東京", "京", ["京", "京"]),
        ("서울에서", "서울", ["서울"]),
        ("ذهب والقاهرة", "القاهرة", ["والقاهرة"]),
        ("a wave of heat", '"heat wave"', []),
        ("ＡＢＣ shares", "abc", ["ＡＢＣ"]),
    ],
)
def test_the_words_are_marked_where_they_stand(text: str, query: str, found: list[str]) -> None:
    assert marks(shown(text, query)) == found


def test_the_passage_has_most_of_the_words() -> None:
    piece = shown(f"heat {FILLER} then a heat wave came {FILLER}", "heat wave came")

    assert set(marks(piece)) == {"heat", "wave", "came"}
    assert piece.text.startswith("…")
    assert piece.text.endswith("…")
    assert len(piece.text) <= 202


def test_a_text_without_the_words_shows_its_beginning() -> None:
    assert shown(FILLER, "rain").text.startswith("Nothing of the kind")
    assert shown("", "rain") == Passage(text="")


def test_the_html_is_escaped_and_then_marked() -> None:
    piece = shown("<b>heat</b> & <script>", "heat")

    assert marked_html(piece) == "&lt;b&gt;<mark>heat</mark>&lt;/b&gt; &amp; &lt;script&gt;"


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert shown("heat\x1b[31m wave", "heat").text == "heat\ufffd[31m wave"
