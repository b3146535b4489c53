"""Labels of lists of links: the line above a list goes with it."""

import re
from collections.abc import Collection, Iterator
from itertools import takewhile

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.link_lists import leads_away
from tasks.pure.body.measures import INLINE, Measures, size_of
from tasks.pure.body.menus import is_prose
from tasks.pure.body.named_boxes import HEADINGS
from tasks.pure.body.phrases import LABEL
from tasks.pure.text.clean import SENTENCE_END, one_line

_STRING = etree.XPath("string()", smart_strings=False)
_LABEL_CHARS = 60
_GONE_SHARE = 0.9
_ENDS = re.compile(r"[.!?…。！？؟।»”\"」』)]\s*$")
"""A line that ends like this is said by somebody."""


def labels_of(gone: Collection[HtmlElement], body: HtmlElement, measures: Measures) -> Iterator[HtmlElement]:
    """Labels of lists that go whole, where these stand at the head or the end of the text: in its midst the line
    may be a subheading."""
    prose: _Prose | None = None
    for node in body.iter(*HEADINGS, "p", "div", "strong", "b"):
        below = node.getnext()
        if below is None or below.tag in INLINE or node in gone or not _is_label(node, measures):
            continue
        is_headless = LABEL.match(_text(node)) and below.tag in ("ul", "ol") and not _holds_sentences(below)
        if is_headless:
            yield from (node, below)
        elif _goes_whole(below, gone, measures):
            prose = prose or _Prose(
                body, [one for one in body.iter("p") if one not in gone and is_prose(one, measures)]
            )
            if _is_beside_text(node, _run(below, gone, measures), prose):
                yield node


def _is_label(node: HtmlElement, measures: Measures) -> bool:
    if not 0 < measures.chars(node) <= _LABEL_CHARS or measures.linked(node) or size_of(node.tail):
        return False
    return next(node.iter("p", "ul", "div", "img"), node) is node and not _ENDS.search(_text(node))


def _holds_sentences(node: HtmlElement) -> bool:
    return any(SENTENCE_END.search(_text(item)) for item in node.iter("li"))


def _goes_whole(node: HtmlElement, gone: Collection[HtmlElement], measures: Measures) -> bool:
    chars = measures.chars(node)
    is_linked = measures.link_share(node) >= _GONE_SHARE and leads_away(node)
    going = chars if node in gone or is_linked else sum(measures.chars(one) for one in node.iter() if one in gone)
    return chars > 0 and going >= _GONE_SHARE * chars


def _run(first: HtmlElement, gone: Collection[HtmlElement], measures: Measures) -> list[HtmlElement]:
    """An element and those that follow it, as far as they go whole."""
    return [first, *takewhile(lambda one: _goes_whole(one, gone, measures), first.itersiblings())]


class _Prose:
    """Where the paragraphs of prose stand: for each element around two or more, the places of the first and last."""

    def __init__(self, body: HtmlElement, paragraphs: Collection[HtmlElement]) -> None:
        self.order = {node: place for place, node in enumerate(body.iter())}
        self.spans: dict[HtmlElement, tuple[int, int]] = {}
        once: dict[HtmlElement, int] = {}
        for node in paragraphs:
            place = self.order[node]
            for above in node.iterancestors():
                first = once.setdefault(above, place)
                if first != place:
                    self.spans[above] = (first, place)


def _is_beside_text(node: HtmlElement, below: list[HtmlElement], prose: _Prose) -> bool:
    """Whether no paragraph of the text around it stands below what follows the element, or none above it and two
    links or more follow."""
    span = next((prose.spans[one] for one in node.iterancestors() if one in prose.spans), None)
    if span is None:
        return False
    is_head = span[0] > prose.order[below[-1]] and sum(1 for one in below for _ in one.iter("a")) > 1
    return is_head or span[1] < prose.order[node]


def _text(node: HtmlElement) -> str:
    return one_line(_STRING(node))
