"""Menus, calls beside a button and cards over a word: what is no paragraph, found by what is in it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import chain

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.link_lists import leads_away
from tasks.pure.body.measures import Measures, size_of
from tasks.pure.body.phrases import BUTTON_CALL, SHARE_CALL
from tasks.pure.page.lines import around
from tasks.pure.text.clean import SENTENCE_END, one_line

_STRING = etree.XPath("string()", smart_strings=False)
_PROSE_CHARS = 65
_MENU_SHARE = 0.7
_LAYOUT_PARAGRAPHS = 3
_BLOCK_CHARS = 250
_SHARERS = re.compile(
    r"mailto:\?|(?:facebook|twitter|x|linkedin|pinterest|reddit|tumblr|vk)\.com/(?:sharer|share|intent|pin/create|submit)|"
    r"wa\.me/\?|whatsapp:|api\.whatsapp|t\.me/share|telegram\.me/share|print\(|/print\b|/email",
)
_NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_HOVER_NAMES = re.compile(
    r"(?<![a-z])(?:tool-?tip|roll-?over|pop-?over|hover-?card|glossary)[\w-]*(?:text|content|block|body|card|box|popup|"
    r"definition|explanation)|(?<![a-z])(?:tooltip|popover|hovercard)(?![\w-])",
    re.IGNORECASE,
)
_AROUND = ("div", "section", "p", "ul", "li", "span", "form")


def menu_cells(body: HtmlElement, measures: Measures) -> Iterator[HtmlElement]:
    """Cells of a table that lays out the page, where links are nearly all that is in them."""
    tables = [table for table in body.iter("table") if next(table.iterancestors("table"), None) is None]
    if not tables:
        return
    prose = _prose_by_cell(body, measures)
    for table in tables:
        cells = list(table.iter("td", "th"))
        is_layout = (
            any(prose[cell] >= _LAYOUT_PARAGRAPHS for cell in cells) or next(table.iter("h1"), None) is not None
        )
        if is_layout:
            yield from (cell for cell in cells if not prose[cell] and _is_menu(cell, measures))


def _prose_by_cell(body: HtmlElement, measures: Measures) -> dict[HtmlElement, int]:
    """How many paragraphs of prose a cell holds; a long text behind a line break is one."""
    found: dict[HtmlElement, int] = defaultdict(int)
    breaks = (node for node in body.iter("br") if size_of(node.tail) >= _PROSE_CHARS)
    for node in chain(breaks, (node for node in body.iter("p") if is_prose(node, measures))):
        for cell in node.iterancestors("td", "th"):
            found[cell] += 1
    return found


def _is_menu(cell: HtmlElement, measures: Measures) -> bool:
    return measures.link_share(cell) >= _MENU_SHARE and leads_away(cell)


def is_prose(node: HtmlElement, measures: Measures) -> bool:
    """Whether a paragraph is a sentence or more, and mostly no link."""
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
    held = around(body, ("h1", "time"))
    controls = (
        node for node in body.iter("button", "a") if node.tag == "button" or _SHARERS.search(node.get("href") or "")
    )
    blocks = dict.fromkeys(_block_of(control, measures, held) for control in controls)
    yield from (block for block in blocks if block is not None and _asks_to_share(_text(block)))


def _asks_to_share(text: str) -> bool:
    return bool(SHARE_CALL.search(text) or BUTTON_CALL.search(text))


def _block_of(control: HtmlElement, measures: Measures, held: Collection[HtmlElement]) -> HtmlElement | None:
    """The largest element of a few words around a control; those of `held` are of the article's head."""
    block = None
    for above in control.iterancestors():
        if above.tag not in _AROUND or measures.chars(above) > _BLOCK_CHARS or above in held:
            break
        block = above
    return block


def _text(node: HtmlElement) -> str:
    return one_line(_STRING(node))
