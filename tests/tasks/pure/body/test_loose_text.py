"""A paragraph is a paragraph, whatever element its publisher wrote it in."""

import pytest

from tasks.pure.body.loose_text import as_paragraphs, division_lines, wrap_loose_text
from tasks.pure.body.measures import Measures
from tests.support.extraction_samples import SENTENCE, TEXT, article_html, page_of

LINE = "Die Fähre fährt ab Montag wieder, sagte der Hafenmeister, und zwar zweimal in der Stunde."
SHORT = "Il pleuvait."


def read(inside: str) -> list[str]:
    """The texts of what counts as a paragraph below the headline."""
    body = page_of(article_html(f"<div class=story>{inside}</div>")).tree.find("body")
    wrap_loose_text(body, Measures(body))
    with as_paragraphs(division_lines(body, Measures(body))):
        return [" ".join(node.text_content().split()) for node in body.iter("p")]


@pytest.mark.parametrize("line", [LINE, SHORT])
@pytest.mark.parametrize(
    "form",
    [
        "<div>{}</div>",
        "<section>{}</section>",
        "<div><div>{}</div></div>",
        "<div><b>{}</b></div>",
        "<span>{}</span><br><br>",
        "<br>{}<br>",
        "{}",
    ],
)
@pytest.mark.parametrize("place", [0, 2, 5])
def test_a_line_among_paragraphs_is_one_in_its_place(form: str, line: str, place: int) -> None:
    parts = [f"<p>{number}. {SENTENCE}</p>" for number in range(5)]

    found = read("".join([*parts[:place], form.format(line), *parts[place:]]))

    assert found[place] == line
    assert len(found) == 6


def test_links_in_loose_text_stay_in_it() -> None:
    assert "Er sagte es dem Courier am Montag." in read(
        TEXT + "Er sagte es <a href=/c>dem Courier</a> am Montag." + TEXT
    )


def test_text_between_line_breaks_alone_becomes_paragraphs() -> None:
    assert read(f"{SENTENCE}<br><br>{LINE}<br><br>{SENTENCE}") == [SENTENCE, LINE, SENTENCE]


@pytest.mark.parametrize(
    "other",
    [
        '<div><a href="/n">Was der Hafenmeister am Montag sonst noch sagte.</a></div>',
        "<div>Anzeige</div>",
        '<a href="/a">Home</a> | <a href="/b">Sport</a>',
        "Montag",
    ],
    ids=["link", "label", "menu", "word"],
)
def test_links_labels_and_words_are_no_paragraphs(other: str) -> None:
    assert read(TEXT + other + TEXT) == read(TEXT + TEXT)


def test_the_tree_has_its_tags_again_afterwards() -> None:
    body = page_of(article_html(f"{TEXT}<div>{LINE}</div>")).tree.find("body")

    with as_paragraphs(division_lines(body, Measures(body))):
        assert [node.text for node in body.iter("p")][-1] == LINE

    assert [node.text for node in body.iter("div")] == [LINE]
