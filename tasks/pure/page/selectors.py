"""Finds elements by the CSS selectors of a source file."""

from dataclasses import replace
from functools import cache

from cssselect import GenericTranslator, SelectorError
from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.page.parse import Page
from tasks.pure.text.clean import one_line


def selector_fault(css: str) -> str | None:
    """Why the text is no CSS selector of an element; None: it is one."""
    try:
        _xpath(css)
    except (SelectorError, etree.XPathError) as error:
        return f"no CSS selector: {error}"
    return None


def elements(tree: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements that the selector finds, in document order; those inside another are left out."""
    found = [node for node in _xpath(css)(tree) if isinstance(node, HtmlElement)]
    chosen = set(found)
    return [node for node in found if not any(above in chosen for above in node.iterancestors())]


def text_of_element(node: HtmlElement) -> str:
    """Its text in one line."""
    return one_line(" ".join(node.itertext()))


def without_elements(page: Page, css: str | None) -> Page:
    """The page without these elements, also where it is parsed anew; the text behind an element stays."""
    found = elements(page.tree, css) if css else []
    for node in found:
        if node.getparent() is not None:
            node.drop_tree()
    return replace(page, markup=etree.tostring(page.tree, encoding="unicode", method="html")) if found else page


@cache
def _xpath(css: str) -> etree.XPath:
    return etree.XPath(GenericTranslator().css_to_xpath(css), smart_strings=False)
