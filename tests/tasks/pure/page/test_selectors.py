"""CSS selectors of a source file: what they find, and what is no selector."""

import pytest

from tasks.pure.page.parse import unpruned
from tasks.pure.page.selectors import elements, selector_fault, text_of_element, without_elements
from tests.support.extraction_samples import page_of

PAGE = "<html><body><div class=a>one <p>two</p></div>tail<div class='a b'>three</div></body></html>"


def test_elements_come_in_document_order_and_those_inside_others_are_left_out() -> None:
    found = elements(page_of(PAGE).tree, ".a, .a p")

    assert [text_of_element(node) for node in found] == ["one two", "three"]


def test_removed_elements_stay_away_when_the_page_is_parsed_anew() -> None:
    page = without_elements(page_of(PAGE), "div.a p, .b")

    assert text_of_element(unpruned(page).tree) == text_of_element(page.tree) == "one tail"


@pytest.mark.parametrize("css", ["div >", "..a", "", "a::text", "p:no-such-class", "div[", "//div"])
def test_what_is_no_selector_is_told(css: str) -> None:
    assert (selector_fault(css) or "").startswith("no CSS selector: ")


@pytest.mark.parametrize("css", ["h1", "div.story > p:not(.ad)", "[itemprop=author]", "a, b", "p:nth-child(2)"])
def test_a_selector_is_no_fault(css: str) -> None:
    assert selector_fault(css) is None
