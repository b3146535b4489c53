"""trafilatura's lists of names, read out of its XPaths: they must find what the XPaths find."""

import random
import re
from collections.abc import Sequence

import pytest
from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from trafilatura.xpaths import (
    BODY_XPATH,
    DISCARD_IMAGE_ELEMENTS,
    OVERALL_DISCARD_XPATH,
    RAW_TREE_PRUNE_XPATH,
    TEASER_DISCARD_XPATH,
)

from tasks.pure.body.trafilatura_names import Named, find_frame

_LISTS = [*OVERALL_DISCARD_XPATH, *DISCARD_IMAGE_ELEMENTS, *TEASER_DISCARD_XPATH, RAW_TREE_PRUNE_XPATH[1]]
_TAGS = ("article", "div", "main", "section", "p", "span", "list", "item", "aside", "ul")
_ATTRIBUTES = (
    "class",
    "id",
    "role",
    "style",
    "itemprop",
    "aria-hidden",
    "data-component",
    "data-lp-replacement-content",
)


def _words() -> list[str]:
    """Every plain word of trafilatura's lists, and some that are in none."""
    paths = "".join(one.path for one in (*_LISTS, *BODY_XPATH))
    said = re.findall(r"'([^']+)'", paths)
    return sorted({re.sub(r"[^\w -]", "", word) for text in said for word in text.split("|")} | {"hero", "x1", ""})


def _page(seed: int) -> HtmlElement:
    """A page of nested elements with random names out of the lists, also in capitals and in the midst of others."""
    dice = random.Random(seed)
    words = _words()
    page = document_fromstring("<html><body></body></html>")
    nodes = [page.find("body")]
    for _ in range(250):
        node = etree.SubElement(dice.choice(nodes[-20:]), dice.choice(_TAGS))
        for name in dice.sample(_ATTRIBUTES, dice.choice((0, 1, 1, 2))):
            word = dice.choice(words)
            spelt = dice.choice((word, word, f"a-{word}", f"{word} b", word.title(), f"a {word}b"))
            node.set(name, "true" if name == "aria-hidden" else spelt)
        nodes.append(node)
    return page


@pytest.mark.parametrize("expression", _LISTS, ids=range(len(_LISTS)))
def test_a_list_finds_the_elements_that_its_xpath_finds(expression: etree.XPath) -> None:
    named = Named(expression)
    for seed in range(12):
        page = _page(seed)
        assert named(page) == expression(page)


def test_the_frame_is_the_one_that_trafilatura_would_take() -> None:
    found = 0
    for seed in range(60):
        page = _page(seed)
        frame = find_frame(page)
        found += frame is not None
        assert frame is None or frame is _first(BODY_XPATH, page)
    assert found > 20


def _first(expressions: Sequence[etree.XPath], page: HtmlElement) -> HtmlElement:
    return next(node for one in expressions for node in one(page))


def test_a_frame_inside_what_is_pruned_is_none() -> None:
    page = document_fromstring("<html><body><footer><article><p>Text</p></article></footer></body></html>")

    assert find_frame(page) is None


def test_an_xpath_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no form of a condition"):
        Named(etree.XPath(".//*[self::div][position() = 2]"))
