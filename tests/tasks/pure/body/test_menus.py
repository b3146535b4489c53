"""Menus, rows of buttons and labels of lists go, and what looks like them in the text stays."""

import pytest

from tasks.pure.body.boxes import prune
from tests.support.extraction_samples import SENTENCE, TEXT, article_html, page_of

LIST = "<ul>{}</ul>".format(
    "".join(f'<li><a href="/n/{one}">Der Kanal wird im Mai gesperrt, Teil {one}</a></li>' for one in range(3))
)


def left(html: str) -> str:
    page = page_of(html)
    prune(page.tree, url=page.url)
    return " ".join(page.tree.find("body").text_content().split())


def table(menu: str) -> str:
    cells = f"<td class=side>{menu}</td><td><h1>Ferry terminal to be rebuilt</h1>{TEXT}</td>"
    return f"<body><table><tr>{cells}</tr></table></body>"


@pytest.mark.parametrize(
    "menu",
    [
        '<a href="/">Start</a><br><a href="/archiv">Archiv</a>',
        '<a href="/">Accueil</a> | <a href="/a">Archives</a> | <a href="/c">Contact</a>',
        '<table><tr><td><a href="/">Home</a></td></tr><tr><td><a href="/a">Archive</a></td></tr></table>',
    ],
)
def test_a_menu_in_a_cell_of_the_pages_table_goes(menu: str) -> None:
    assert left(table(menu)) == left(table(""))


def test_links_in_a_table_of_figures_stay() -> None:
    figures = '<table><tr><td><a href="/a">Aller FC</a></td><td>3</td></tr></table>'

    assert "Aller FC" in left(article_html(TEXT + figures))


@pytest.mark.parametrize("label", ["<h2>Latest News</h2>", "<p>AUS DEM ARCHIV</p>", "<strong>À la une</strong>"])
@pytest.mark.parametrize("is_above", [True, False])
def test_a_label_goes_with_its_list(label: str, is_above: bool) -> None:
    inside = label + LIST + TEXT if is_above else TEXT + label + LIST

    assert left(article_html(inside)) == left(article_html(TEXT))


def test_a_subheading_above_a_link_in_the_midst_of_the_text_stays() -> None:
    card = '<p><a href="/n">Der Kanal wird im Mai gesperrt</a></p>'

    assert "Was es kostet" in left(article_html(f"{TEXT}<h2>Was es kostet</h2>{card}{TEXT}"))


def test_headlines_with_their_dates_go_as_a_list_of_links_does() -> None:
    dated = LIST.replace("</a>", "</a> <span>vor 3 Stunden</span>")

    assert left(article_html(TEXT + dated)) == left(article_html(TEXT))


@pytest.mark.parametrize(
    "block",
    [
        "<div><p>Send any friend this story</p><p>You have five gift articles.</p><button>Ok</button></div>",
        "<div><p>Diesen Artikel verschenken</p><button>Los</button></div>",
        '<p>Envoyez cet article à un ami <a href="mailto:?subject=x">Envoyer</a></p>',
    ],
)
def test_a_call_to_share_beside_a_button_goes(block: str) -> None:
    assert left(article_html(block + TEXT)) == left(article_html(TEXT))


def test_a_sentence_beside_a_button_stays() -> None:
    assert left(article_html(f"<div><p>{SENTENCE}</p><button>Hide</button></div>{TEXT}")).count(SENTENCE) == 6
