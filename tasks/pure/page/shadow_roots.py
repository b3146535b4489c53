"""Puts what a browser shows in its place: shadow roots of the markup, and the text of a page without script."""

from lxml import etree
from lxml.html import HtmlElement

_STRING = etree.XPath("string()", smart_strings=False)
_UNSCRIPTED_CHARS = 300
_PARAGRAPH_CHARS = 60
"""A longer `p` is no notice that the page needs JavaScript."""


def show_hidden_text(tree: HtmlElement) -> HtmlElement:
    """The tree, changed: declarative shadow roots (`<template shadowrootmode>`, HTML Living Standard 4.12.3) stand
    in their hosts, and a `noscript` with more paragraphs than the rest of the page is a division."""
    for node in list(tree.iter("template")):
        if (node.get("shadowrootmode") or "").lower() in ("open", "closed"):
            _take_place(node)
    unscripted = [node for node in tree.iter("noscript") if _prose_chars(node) >= _UNSCRIPTED_CHARS]
    if unscripted:
        shown = _prose_chars(tree) - sum(map(_prose_chars, unscripted))
        for node in unscripted:
            node.tag = "div" if _prose_chars(node) > shown else node.tag
    return tree


def _take_place(root: HtmlElement) -> None:
    """Shows a shadow root; without a slot, nothing else in its host is shown."""
    host = root.getparent()
    root.tag = "div"
    if host is not None and next(root.iter("slot"), None) is None:
        for other in [child for child in host if child is not root]:
            host.remove(other)
        host.text = root.tail = None


def _prose_chars(tree: HtmlElement) -> int:
    """Characters of its longer paragraphs."""
    texts = (len(_STRING(node).strip()) for node in tree.iter("p"))
    return sum(chars for chars in texts if chars >= _PARAGRAPH_CHARS)
