"""An element of furniture that a page never closes does not take the article with it."""

import pytest

from tasks.pure.body.beside.swallowed import unwrap_swallowed
from tasks.pure.body.boxes import prune
from tasks.pure.body.measures import Measures
from tests.support.extraction_samples import SENTENCE, TEXT, page_of

MENU = "".join(f'<li><a href="/{name}">{name} and everything on it</a></li>' for name in ("Port", "Town", "Sea")) * 9


@pytest.mark.parametrize("tag", ["button", "nav", "menu", "label"])
def test_an_article_inside_furniture_that_is_never_closed_stays(tag: str) -> None:
    page = page_of(f"<body><{tag} class=x>Menu<div><div>{TEXT}</div></div></body>")
    prune(page.tree)
    assert page.tree.find("body").text_content().count(SENTENCE) == 5


def test_what_holds_main_stays_however_little_it_says() -> None:
    page = page_of(f"<body><nav>Menu<main><p>{SENTENCE}</p></main></nav><div>{TEXT}</div></body>")
    prune(page.tree)
    assert page.tree.find("body").text_content().count(SENTENCE) == 6


@pytest.mark.parametrize("menu", [f"<nav><ul>{MENU}</ul></nav>", "<button>Subscribe</button>"])
def test_a_menu_and_a_button_are_left_as_they_are(menu: str) -> None:
    body = page_of(f"<body>{menu}<div>{TEXT}</div></body>").tree.find("body")
    unwrap_swallowed(body, Measures(body))
    assert next(body.iter("nav", "button"), None) is not None
