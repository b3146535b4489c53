"""Menus, rows of buttons and labels: what stands round an article and is no paragraph, found by what is in it."""

import re
from collections.abc import Collection, Iterator
from itertools import takewhile

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.link_lists import leads_away
from tasks.pure.body.measures import INLINE, Measures, size_of
from tasks.pure.body.named_boxes import HEADINGS
from tasks.pure.body.phrases import BUTTON_CALL, LABEL, SHARE_CALL
from tasks.pure.text.clean import SENTENCE_END, one_line

_STRING = etree.XPath("string()", smart_strings=False)
_PROSE_CHARS = 65
_MENU_SHARE = 0.7
_LAYOUT_PARAGRAPHS = 3
_LABEL_CHARS = 60
_BLOCK_CHARS = 250
_GONE_SHARE = 0.9
_AROUND_PARAGRAPHS = 2
_SHARERS = re.compile(
    r"mailto:\?|(?:facebook|twitter|x|linkedin|pinterest|reddit|tumblr|vk)\.com/(?:sharer|share|intent|pin/create|submit)|"
    r"wa\.me/\?|whatsapp:|api\.whatsapp|t\.me/share|telegram\.me/share|print\(|/print\b|/email",
)
_ENDS = re.compile(r"[.!?…。！？؟।»”\"」』)]\s*$")
"""A line that ends like this is said by somebody."""
_NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_HOVER_NAMES = re.compile(
    r"(?<![a-z])(?:tool-?tip|roll-?over|pop-?over|hover-?card|glossary)[\w-]*(?:text|content|block|body|card|box|popup|"
    r"definition|explanation)|(?<![a-z])(?:tooltip|popover|hovercard)(?![\w-])",
    re.IGNORECASE,
)
_AROUND = ("div", "section", "p", "ul", "li", "span", "form")


def menu_cells(body: HtmlElement, measures: Measures) -> Iterator[HtmlElement]:
    """Cells of a table that lays out the page, where links are nearly all that is in them."""
    for table in body.iter("table"):
        if _lays_out(table, measures):
            yield from (cell for cell in table.iter("td", "th") if _is_menu(cell, measures))


def _lays_out(table: HtmlElement, measures: Measures) -> bool:
    """Whether the table holds the headline, or paragraphs of prose in one of its cells."""
    if next(table.iter("h1"), None) is not None:
        return True
    return any(_prose_in(cell, measures) >= _LAYOUT_PARAGRAPHS for cell in table.iter("td"))


def _prose_in(cell: HtmlElement, measures: Measures) -> int:
    breaks: int = sum(node.tag == "br" and size_of(node.tail) >= _PROSE_CHARS for node in cell)
    return breaks + sum(_is_prose(node, measures) for node in cell.iter("p"))


def _is_menu(cell: HtmlElement, measures: Measures) -> bool:
    return measures.link_share(cell) >= _MENU_SHARE and leads_away(cell) and not _prose_in(cell, measures)


def _is_prose(node: HtmlElement, measures: Measures) -> bool:
    is_long = measures.chars(node) >= _PROSE_CHARS and measures.link_share(node) < 0.5
    return is_long and bool(SENTENCE_END.search(_text(node)))


def hover_cards(body: HtmlElement) -> Iterator[HtmlElement]:
    """Elements inside a paragraph that show only when the pointer is over the word before them."""
    for line in body.iter("p", "li"):
        if len(line):
            yield from (node for node in line.iterdescendants(etree.Element) if _is_hover_card(node))


def _is_hover_card(node: HtmlElement) -> bool:
    if not node.attrib or not (node.text or len(node)):
        return False
    is_hidden = node.get("hidden") is not None or bool(_NOT_SHOWN.search(node.get("style") or ""))
    return is_hidden or node.get("role") == "tooltip" or bool(_HOVER_NAMES.search(node.get("class") or ""))


def share_blocks(body: HtmlElement, measures: Measures) -> Iterator[HtmlElement]:
    """Elements of a few words round a button, or round a link that shares, which ask the reader to share, send,
    print or save; asked for before buttons are removed."""
    controls = [
        node for node in body.iter("button", "a") if node.tag == "button" or _SHARERS.search(node.get("href") or "")
    ]
    for control in controls:
        block = _block_of(control, measures)
        if block is not None and _asks_to_share(_text(block)):
            yield block


def _asks_to_share(text: str) -> bool:
    return bool(SHARE_CALL.search(text) or BUTTON_CALL.search(text))


def _block_of(control: HtmlElement, measures: Measures) -> HtmlElement | None:
    block = None
    for above in control.iterancestors():
        if (
            above.tag not in _AROUND
            or measures.chars(above) > _BLOCK_CHARS
            or next(above.iter("h1", "time"), None) is not None
        ):
            break
        block = above
    return block


def labels_of(gone: Collection[HtmlElement], body: HtmlElement, measures: Measures) -> Iterator[HtmlElement]:
    """Labels of lists that go whole, where these stand at the head or the end of the text: in its midst the line
    may be a subheading."""
    prose = {node for node in body.iter("p") if node not in gone and _is_prose(node, measures)}
    for node in body.iter(*HEADINGS, "p", "div", "strong", "b"):
        below = node.getnext()
        if below is None or below.tag in INLINE or node in gone or not _is_label(node, measures):
            continue
        is_headless = LABEL.match(_text(node)) and below.tag in ("ul", "ol") and not _holds_sentences(below)
        if is_headless:
            yield from (node, below)
        elif _goes_whole(below, gone, measures) and _is_beside_text(node, _run(below, gone, measures), prose):
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


def _is_beside_text(node: HtmlElement, below: list[HtmlElement], prose: set[HtmlElement]) -> bool:
    """Whether no paragraph of the text around it stands below what follows the element, or none above it and two
    links or more follow."""
    counted = ((one, len(prose.intersection(one.iter("p")))) for one in node.iterancestors())
    around = next((one for one, count in counted if count >= _AROUND_PARAGRAPHS), None)
    if around is None:
        return False
    order = {one: place for place, one in enumerate(around.iter())}
    places = [order[one] for one in prose if one in order]
    is_head = min(places) > order[below[-1]] and sum(1 for one in below for _ in one.iter("a")) > 1
    return is_head or max(places) < order[node]


def _text(node: HtmlElement) -> str:
    return one_line(_STRING(node))
