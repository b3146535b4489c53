"""A list above the text that says the article again is found with its label, and other lists are not."""

import pytest

from tasks.pure.body.beside.summaries import summaries
from tasks.pure.body.measures import Measures
from tests.support.extraction_samples import TEXT, article_html, page_of

POINTS = "<ul><li>The terminal is rebuilt.</li><li>The vote was narrow.</li><li>Work begins in May.</li></ul>"


def found_in(inside: str) -> list[str]:
    body = page_of(article_html(inside)).tree.find("body")
    return [" ".join(node.text_content().split()) for node in summaries(body, Measures(body))]


@pytest.mark.parametrize(
    "label",
    ["Key points", "In short:", "Darum geht's", "L’essentiel", "Kortversjonen", "Las claves", "要点", "TL;DR"],
)
def test_a_list_below_a_label_of_a_summary_is_found_with_it(label: str) -> None:
    [box] = found_in(f"<div class=k7><h3>{label}</h3>{POINTS}</div>{TEXT}")
    assert box.startswith(label)
    assert box.endswith("May.")


@pytest.mark.parametrize("name", ["ai-summary", "keyPoints", "bullet-points--wide", "article-takeaways"])
def test_a_list_in_an_element_of_such_a_name_is_found(name: str) -> None:
    assert len(found_in(f'<div class="{name}"><div>{POINTS}</div></div>{TEXT}')) == 1


@pytest.mark.parametrize(
    "inside",
    [
        f"{TEXT}<h3>Key points</h3>{POINTS}{TEXT}",
        f"<h3>What the council decided</h3>{POINTS}{TEXT}",
        f"<h3>Key points</h3>{POINTS}",
        f"<div class=summary>{TEXT}</div>",
    ],
    ids=["inside the text", "another label", "nothing follows", "no list"],
)
def test_a_list_of_the_article_is_none(inside: str) -> None:
    assert found_in(inside) == []
