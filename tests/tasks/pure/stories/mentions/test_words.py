"""Words of a line with a capital, and where a sentence begins."""

import pytest

from tasks.pure.stories.mentions.words import capitals, words_before


@pytest.mark.parametrize(
    ("language", "line", "found"),
    [
        ("en", "The U.S. board of AT&T", ["The", "U.S.", "AT&T"]),
        ("en", "Costa’s boat of al-Assad and a Saint-Denis", ["Costa", "al-Assad", "Saint-Denis"]),
        ("fr", "l’Europe d’un quai, L’Ukraine", ["Europe", "Ukraine"]),
        ("tr", "Almanya'da liman", ["Almanya"]),
        ("uk", "прем'єр-міністр О’Ніл", ["О’Ніл"]),
        ("ja", "日本のApple社", ["Apple"]),
    ],
)
def test_words_are_told_without_articles_and_endings_that_are_written_on(
    language: str, line: str, found: list[str]
) -> None:
    assert [word.text for word in capitals(line, language)] == found


@pytest.mark.parametrize(
    "line",
    [
        "It rained. Boats sank",
        "He said “Boats sank”",
        "Then: Boats sank",
        "It ‘Boats sank’",
        "So – Boats sank",
        "Boats",
    ],
)
def test_a_sentence_begins_behind_a_stop_and_a_quotation_mark(line: str) -> None:
    words = {word.text: word.begins for word in capitals(line, "en")}

    assert words["Boats"]


@pytest.mark.parametrize(("language", "line"), [("en", "the Boats"), ("fr", "de l’Europe"), ("en", "by sea, Boats")])
def test_within_a_sentence_no_sentence_begins(language: str, line: str) -> None:
    assert [word.begins for word in capitals(line, language)] == [False]


def test_the_words_before_a_name_are_told_in_small_letters() -> None:
    line = "gestern Frau Ministerin Berg"

    assert words_before(line, line.index("Berg")) == ("ministerin", "frau ministerin")
    assert words_before("(Berg", 1) == ("", "")
