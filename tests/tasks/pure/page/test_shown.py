"""What a reader sees of a page."""

import pytest

from tasks.pure.page.shown import shown_parts
from tests.support.extraction_samples import page_of


def texts(html: str, passed_over: frozenset[str] = frozenset()) -> str:
    parts = shown_parts(page_of(html).tree, passed_over)
    return "".join(part for part in parts if isinstance(part, str)).strip()


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>one <b hidden>two <i>three</i></b>four</p>", "one four"),
        ("<p>one <b style='VISIBILITY: hidden'>two</b></p>", "one"),
        ("<p>one <b style='display:inline'>two</b></p>", "one two"),
        ("<p>one <b aria-hidden=false>two</b></p>", "one two"),
        ("<dialog>one</dialog><dialog open>two</dialog>", "two"),
        ("<body style='visibility:hidden'><p>one</p></body>", "one"),
        ("<style>.a{display:none}@media print{.b{display:none}}</style><p class=a>one</p><p class=b>two</p>", "two"),
    ],
)
def test_hidden_elements_and_all_in_them_are_left_out(html: str, seen: str) -> None:
    assert texts(html) == seen


def test_a_footer_is_passed_over_unless_it_is_the_articles() -> None:
    html = "<article>one <footer>two</footer></article><footer>three</footer>"

    assert texts(html, frozenset(("footer",))) == "one two"
