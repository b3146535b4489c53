"""The terms of an article weigh its headline most, and a slug keeps the words of the first headline."""

import pytest

from tasks.pure.stories.features import names, slug_words, terms

BODY = "The harbour council voted on Monday to keep the old ferry to Northmoor running for two more winters. " * 3


def test_a_word_of_the_headline_weighs_more_than_one_of_the_text() -> None:
    weights = terms("Ferry saved", f"{BODY}Wharves closed.".replace("ferry", "boat"), None).weights

    assert weights["ferry"] > weights["close"] > 0


def test_words_that_begin_alike_are_one_term_in_any_language() -> None:
    assert terms("Выборы", "", None).weights.keys() == terms("Выборов", "", None).weights.keys()


def test_a_headline_alone_is_a_short_article_and_its_slug_counts() -> None:
    found = terms("It is over", "Read on.", "https://a.example/2026/ferry-strike-ends-today.html")

    assert found.is_short
    assert {"ferry", "strik", "ends", "today"} <= found.weights.keys()


def test_a_body_that_repeats_the_headline_counts_it_once() -> None:
    assert terms("Ferry saved", f"Ferry saved {BODY}", None) == terms("Ferry saved", f" {BODY}", None)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://a.example/news/ferry-strike-ends-after-talks", ["ferry", "strike", "ends", "after", "talks"]),
        ("https://a.example/ferry_strike_ends/8271645", ["ferry", "strike", "ends"]),
        (
            "https://a.example/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC-%D0%BD%D0%B0%D0%BC-%D0%B4%D0%B0%D0%BD",
            ["паром", "нам", "дан"],
        ),
        ("https://a.example/story/deadbeef01-8271645", []),
        ("https://a.example/ferry-strike", []),
        (None, []),
    ],
)
def test_a_slug_of_three_words_is_a_headline(url: str | None, found: list[str]) -> None:
    assert slug_words(url) == found


def test_names_are_capitalised_runs_inside_sentences() -> None:
    assert names("Talks with Anna Holm failed. Later the Northmoor council met.") == ["Anna Holm", "Northmoor"]
