"""The dek is the summary below the headline, and no heading or paragraph of the text."""

import pytest

from tasks.pure.article.standfirst import choose_dek
from tests.support.extraction_samples import SENTENCE, TEXT, article_html, page_of

DEK = "Eine knappe Abstimmung beendet den Streit"


@pytest.mark.parametrize("name", ["subheadline", "standfirst", "article-intro"])
def test_a_standfirst_below_the_headline_is_the_dek(name: str) -> None:
    dek = choose_dek(page_of(article_html(f'<h2 class="{name}">{DEK}</h2>{TEXT}')), "Ferry terminal to be rebuilt")

    assert dek is not None
    assert (dek.text, dek.is_element) == (DEK, True)


@pytest.mark.parametrize("name", ["subheadline", "article-summary", "bajada"])
def test_a_subheading_of_the_text_with_such_a_name_is_not(name: str) -> None:
    page = page_of(article_html(f'<div><p>{SENTENCE}</p><h2 class="{name}">{DEK}</h2>{TEXT}</div>'))

    assert choose_dek(page, "Ferry terminal to be rebuilt") is None
