"""The body by trafilatura: called once a page, on the fast road, for the frame of the article alone."""

import hashlib
import re
from copy import copy, deepcopy
from importlib.metadata import version

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.core import ESCALATION_PAGE_SHARE
from trafilatura.htmlprocessing import (
    convert_tags,
    delete_by_link_density,
    link_density_test_tables,
    process_node,
    prune_unwanted_nodes,
    tree_cleaning,
)
from trafilatura.main_extractor import NOT_AT_THE_END, REBUILT_BLOCKS, extract_content, handle_textelem
from trafilatura.settings import MIN_DUPLICATE_LENGTH, TAG_CATALOG, Extractor
from trafilatura.utils import trim
from trafilatura.xml import delete_element
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from schemas.items.outcome import Reason, Refusal
from tasks.pure.body.trafilatura_names import CAPTIONS, DISCARDED, TEASERS, find_frame, has_appended
from tasks.pure.text.clean import lines

EXTRACTOR = "newsdesk+trafilatura"
_OPTIONS = Extractor(output_format="python", fast=True, comments=False, tables=True)
_OPTIONS.min_extracted_size = 100
_RULES = 6
"""Raised whenever a rule of ours changes what comes out of the same page."""
EXTRACTOR_VERSION = f"{_RULES}+{version('trafilatura')}"
CONFIG_HASH = hashlib.sha256(f"{_RULES} fast=True comments=False tables=True".encode()).hexdigest()[:16]
_STRING = etree.XPath("string()", smart_strings=False)
_SIZE = etree.XPath("count(.//*)")
_TAGS = {*TAG_CATALOG, "table", "td", "th", "tr"}
_PARAGRAPHS_CHARS = 3 * _OPTIONS.min_extracted_size
"""With less in its paragraphs, trafilatura reads the frame's divisions too."""
_DOUBTFUL_CHARS = 600
_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "table", "row", "body"))


def read_paragraphs(tree: HtmlElement, url: str) -> tuple[str, ...] | Refusal:
    """The paragraphs of the main text in order, headings and list items among them; empty where
    trafilatura finds none. `tree` is not changed. Refuses PARSE_ERROR where trafilatura gives up."""
    try:
        body = _by_its_frame(tree)
        body = _by_its_rules(tree) if body is None else body
        return _paragraphs(_by_all_its_roads(tree, url) if body is None else body)
    except (RecursionError, etree.LxmlError) as error:
        return Refusal(reason=Reason.PARSE_ERROR, detail=f"trafilatura: {type(error).__name__}")


def _by_its_frame(tree: HtmlElement) -> etree._Element | None:
    """The fast road: what trafilatura's sequence does first, done to a copy of the article's frame alone;
    None where there is none, or too little in it."""
    frame = find_frame(tree)
    if frame is None or has_appended(frame):
        return None
    body = _in_frame(convert_tags(tree_cleaning(_alone(frame), _OPTIONS), _OPTIONS))
    text = " ".join(body.itertext()).strip()
    return None if len(body) < 2 or _is_doubtful(text, tree) else _tidy(body)


def _by_its_rules(tree: HtmlElement) -> etree._Element | None:
    """The same for the whole page, without trafilatura's copies of the tree; None where the text is so
    short that its rescues may find more."""
    page = copy(tree)
    pruned = prune_unwanted_nodes(prune_unwanted_nodes(page, RAW_TREE_PRUNE_XPATH), REMOVE_COMMENTS_AND_LISTS_XPATH)
    body, text = extract_content(convert_tags(tree_cleaning(pruned, _OPTIONS), _OPTIONS), _OPTIONS)
    return None if _is_doubtful(text, tree) else body


def _is_doubtful(text: str, tree: HtmlElement) -> bool:
    """Whether trafilatura's rescues may change anything: it takes them below 3,000 characters, but on 814
    pages they never changed a text of over 330."""
    if len(text) >= _DOUBTFUL_CHARS:
        return False
    return len(text) < _OPTIONS.min_extracted_size or len(text) < ESCALATION_PAGE_SHARE * len(_STRING(tree))


def _alone(frame: HtmlElement) -> HtmlElement:
    """A copy of an element in a page of its own, inside what counts as a container where its own place did."""
    twin = deepcopy(frame)
    twin.tail = None
    page = frame.makeelement("html")
    is_contained = next(frame.iterancestors("div", "li", "p", "table"), None) is not None
    around = etree.SubElement(etree.SubElement(page, "body"), "div" if is_contained else "section")
    around.append(twin)
    return page


def _in_frame(page: HtmlElement) -> etree._Element:
    """What trafilatura's main extractor takes of the page's one frame."""
    body = etree.Element("body")
    frame = next(page.iterfind("body/*/*"), None)
    if frame is None:
        return body
    subtree = _without_sections(frame)
    if sum(len("".join(node.itertext())) for node in subtree.iter("p")) < _PARAGRAPHS_CHARS:
        return body
    if (subtree.text or "").strip():
        body.append(etree.Element("p"))
        body[0].text = subtree.text
        process_node(body[0], _OPTIONS)
    for node in list(subtree.iterdescendants(etree.Element)):
        _take_over(node, body)
    while len(body) and body[-1].tag in NOT_AT_THE_END:
        delete_element(body[-1], keep_tail=False)
    return body


def _take_over(node: HtmlElement, body: etree._Element) -> None:
    """As trafilatura handles one element of a frame; what it has taken is marked as done."""
    if node.getroottree().getroot() is body:
        return
    tag, tail = node.tag, node.tail
    taken = handle_textelem(node, _TAGS, _OPTIONS)
    if taken is not None:
        body.append(taken)
        if node.getroottree().getroot() is not body:
            node.tag = "done"
    if tag in REBUILT_BLOCKS and (tail or "").strip() and (taken is None or taken.tail is None):
        behind = etree.Element("p")
        behind.text = tail
        if process_node(behind, _OPTIONS) is not None:
            body.append(behind)


def _without_sections(frame: HtmlElement) -> HtmlElement:
    """What its `prune_unwanted_sections` does; links are counted again only where that took something out."""
    prune_unwanted_nodes(frame, DISCARDED, with_backup=True)
    prune_unwanted_nodes(frame, [*CAPTIONS, *TEASERS])
    size = 0.0
    for _ in range(2):
        before, size = size, _SIZE(frame)
        if size == before:
            break
        delete_by_link_density(frame, "div", backtracking=True)
        delete_by_link_density(frame, "list")
        delete_by_link_density(frame, "p")
    for table in [table for table in frame.iter("table") if link_density_test_tables(table)]:
        delete_element(table, keep_tail=False)
    etree.strip_tags(frame, "span", "ref")
    return frame


def _tidy(body: etree._Element) -> etree._Element:
    """Without longer elements that repeat the one before, and without what is left of the frame's markup."""
    before = None
    for node in list(body):
        text = trim("".join(node.itertext()))
        if text and text == before and len(text) > MIN_DUPLICATE_LENGTH:
            delete_element(node, keep_tail=False)
        else:
            before = text
    etree.strip_elements(body, "done")
    etree.strip_tags(body, "div")
    return body


def _by_all_its_roads(tree: HtmlElement, url: str) -> etree._Element:
    document = trafilatura.bare_extraction(tree, url=url, options=_OPTIONS)
    return etree.Element("body") if document is None or isinstance(document, dict) else document.body


def _paragraphs(body: etree._Element) -> tuple[str, ...]:
    texts: list[str] = []
    run: list[str] = []
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if node.tag in _BLOCKS or (node.tag == "code" and "\n" in (node.text or "")):
            texts.append("".join(run))
            run = []
        _take(run, event, node)
    texts.append("".join(run))
    parts = (lines(part) for text in texts for part in re.split(r"\n\s*\n", text))
    return tuple(part for part in parts if part)


def _take(run: list[str], event: str, node: etree._Element) -> None:
    """Adds the text that stands before (start) or behind (end) this tag; `lb` alone breaks a line."""
    if event == "start":
        run.append("\n" if node.tag == "lb" else " " if node.tag == "cell" else "")
        run.append((node.text or "").replace("\n", " "))
    elif node.tail:
        run.append(node.tail.replace("\n", " "))
