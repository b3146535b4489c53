"""Unwraps furniture that holds the article: a `<button>` that a page never closes swallows what follows."""

from lxml.html import HtmlElement

from tasks.pure.body.measures import Measures

_FURNITURE = ("button", "nav", "select", "menu", "footer", "label", "fieldset", "dialog", "aside")
"""What is removed whole, here or by trafilatura."""
_ARTICLE_SHARE = 0.35
"""Furniture with more of the page's text than this holds the article, as named boxes do (`named_boxes.BOX_SHARE`)."""
_PAGE_CHARS = 250
"""Of a page with less text than this, a menu may be the greater part."""


def unwrap_swallowed(body: HtmlElement, measures: Measures) -> None:
    """Takes the tags off furniture that holds `main`, or over a third of the page's text outside of links; what it
    holds stays in its place."""
    for node in list(body.iter(*_FURNITURE)):
        if _holds_the_article(node, measures):
            node.tag = "div"
            node.attrib.clear()


def _holds_the_article(node: HtmlElement, measures: Measures) -> bool:
    if next(node.iter("main"), None) is not None:
        return True
    own = measures.chars(node) - measures.linked(node)
    return measures.total >= _PAGE_CHARS and own > measures.total * _ARTICLE_SHARE and _has_prose(node, measures)


def _has_prose(node: HtmlElement, measures: Measures) -> bool:
    """A menu may be long; it has no line of a sentence's length outside of links."""
    lines = (measures.chars(one) - measures.linked(one) for one in node.iter("p", "div", "td"))
    return any(chars >= _PAGE_CHARS // 2 for chars in lines)
