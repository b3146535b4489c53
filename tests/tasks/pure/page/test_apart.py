"""Elements that belong to something else than the article of the page."""

import pytest

from tasks.pure.page.apart import stands_apart
from tests.support.extraction_samples import page_of

H1 = "<h1>Ferry terminal to be rebuilt</h1>"
DAY = '<time datetime="2026-03-04">4 March</time>'
ARTICLES_OWN = {
    "a list below the headline": f"<main><article>{H1}<ul><li>{DAY}</li><li>Ada Low</li></ul></article></main>",
    "a list in the header": f"<article><header>{H1}<ol><li>Von Ada<li>{DAY}</ol></header></article>",
    "an article named latest": f'<main><article class="latest">{H1}{DAY}</article></main>',
    "a frame named card": f'<main><div class="card-body">{H1}<p>{DAY}</p></div></main>',
}
OF_OTHERS = {
    "a list without a headline near": f"{H1}<main><div><div><div><ul><li>{DAY}</li></ul></div></div></div></main>",
    "a list of linked headlines": f"<main>{H1}<ul><li><a href=/>Der Hafen bekommt eine Mole</a> {DAY}</ul>",
    "a list with a time for each": f"<main>{H1}<ul>{f'<li>Mole {DAY}</li>' * 3}</ul></main>",
    "a list with subheadings": f"<main>{H1}<ul><li><h3>Mole</h3>{DAY}</li></ul></main>",
    "a list of teasers": f"<main>{H1}<ul><li>{'word ' * 20}{DAY}</li></ul></main>",
    "a box of the latest": f'<main>{H1}<div class="latest">{DAY}</div></main>',
    "a card with a headline of its own": f'<main>{H1}<div class="card"><h1>Mole</h1>{DAY}</div></main>',
    "a menu": f"<main>{H1}<nav>{DAY}</nav></main>",
}


@pytest.mark.parametrize("html", ARTICLES_OWN.values(), ids=ARTICLES_OWN)
def test_what_stands_at_the_headline_is_the_articles_own(html: str) -> None:
    assert not stands_apart(page_of(html).tree.find(".//time"))


@pytest.mark.parametrize("html", OF_OTHERS.values(), ids=OF_OTHERS)
def test_what_is_of_other_articles_stands_apart(html: str) -> None:
    assert stands_apart(page_of(html).tree.find(".//time"))
