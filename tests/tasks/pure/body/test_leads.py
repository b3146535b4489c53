"""The lead is put back where it stands between the headline and the element of the text."""

import pytest

from tasks.pure.body.leads import names_lead, restore_lead
from tasks.pure.page.lines import page_lines
from tests.support.extraction_samples import SENTENCE, article_html, page_of

LEAD = "Nach elf Jahren Streit wird der alte Fährhafen neu gebaut, und die Stadt zahlt fast alles selbst."
TEXT = [f"{number}. {SENTENCE}" for number in range(3)]
CONTAINER = '<div class="article-body">' + "".join(f"<p>{text}</p>" for text in TEXT) + "</div>"


def read(inside: str) -> list[str]:
    return restore_lead(TEXT, page_lines(page_of(article_html(inside)).tree))


@pytest.mark.parametrize(
    "lead",
    [
        f'<p class="lead">{LEAD}</p>',
        f'<div class="perex">{LEAD}</div>',
        f'<div class="c-article__intro"><p>{LEAD}</p></div>',
        f'<div class="top"><div class="storyPreamble"><p>{LEAD}</p></div></div>',
        f'<h2 class="sottotitolo">{LEAD[:-1]}</h2>',
        f'<div itemprop="description">{LEAD}</div>',
        f"<p>{LEAD}</p>",
        f"<header><p>{LEAD}</p></header>",
        f"<div><p>{LEAD}</p></div>",
    ],
)
def test_a_lead_below_the_headline_comes_first(lead: str) -> None:
    assert [text.rstrip(".") for text in read(lead + CONTAINER)] == [LEAD.rstrip("."), *(text[:-1] for text in TEXT)]


@pytest.mark.parametrize(
    "other",
    [
        "<p>Von Ada Winter</p>",
        f'<p><a href="/n">{LEAD}</a></p>',
        f'<div class="box"><p>{LEAD}</p><p>{LEAD}</p></div>',
        f"<ul><li>{LEAD}</li></ul>",
        "<p>Lesen Sie auch: Was aus dem alten Fährhafen in den letzten elf Jahren geworden ist.</p>",
    ],
    ids=["byline", "link", "box", "list", "read also"],
)
def test_other_lines_above_the_text_do_not(other: str) -> None:
    assert read(other + CONTAINER) == TEXT


def test_what_stands_above_the_headline_is_no_lead() -> None:
    page = page_of(f'<body><div><p class="intro">{LEAD}</p><h1>Ferry terminal</h1></div>{CONTAINER}</body>')

    assert restore_lead(TEXT, page_lines(page.tree)) == TEXT


def test_a_lead_in_the_text_is_not_put_there_twice() -> None:
    page = page_of(article_html(f'<p class="lead">{LEAD}</p>{CONTAINER}'))

    assert restore_lead([LEAD, *TEXT], page_lines(page.tree)) == [LEAD, *TEXT]


@pytest.mark.parametrize("name", ["lead", "Vorspann", "art_bajada", "storyIntro", "c-chapo--big"])
def test_names_of_leads_are_known_as_words_of_a_name(name: str) -> None:
    assert names_lead(name)


@pytest.mark.parametrize("name", ["leader-board", "hatch", "misleading"])
def test_a_word_that_holds_such_a_name_is_none(name: str) -> None:
    assert not names_lead(name)
