"""A plain paragraph that says what a picture shows is its caption; a paragraph behind a picture is text."""

import pytest

from tasks.pure.body.beside.picture_lines import picture_lines
from tasks.pure.body.measures import Measures
from tests.support.extraction_samples import TEXT, article_html, page_of


def found_in(inside: str) -> list[str]:
    body = page_of(article_html(inside)).tree.find("body")
    return [str(node.text_content()) for node in picture_lines(body, Measures(body))]


@pytest.mark.parametrize(
    ("beside", "caption"),
    [
        ("<p><img src=a></p><p>Mayor Ida Koren (left) at the quay</p>", "Mayor Ida Koren (left) at the quay"),
        ("<p><a><img src=a></a></p><p>Pictured: the old quay</p>", "Pictured: the old quay"),
        ("<div><img src=a></div><p>Symbolbild eines Hafens</p>", "Symbolbild eines Hafens"),
        ("<div class=w><img src=a><p>The quay in spring</p></div>", "The quay in spring"),
        ("<div><picture><img src=a></picture><p>На фото: старый причал</p></div>", "На фото: старый причал"),
    ],
)
def test_a_caption_is_found(beside: str, caption: str) -> None:
    assert found_in(TEXT + beside + TEXT) == [caption]


@pytest.mark.parametrize(
    "beside",
    [
        "<p><img src=a></p><p>The first of the boats left the quay on Monday.</p>",
        "<p><img src=a></p><p>Best for: people who sail alone</p>",
        f"<div><img src=a><p>{'The boats that leave the quay on Monday carry salt. ' * 5}</p></div>",
        '<p><img src=a></p><p>Pictured: <a href="/n">all of the quays of the coast, in one gallery</a></p>',
    ],
    ids=["a sentence", "an item", "a long text", "a link"],
)
def test_text_behind_a_picture_is_none(beside: str) -> None:
    assert found_in(TEXT + beside + TEXT) == []
