"""The body by trafilatura: the one file that imports it, called once a page on its fast road."""

import hashlib
import re
from copy import copy
from importlib.metadata import version

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.core import ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from schemas.outcome import Reason, Refusal
from tasks.pure.texts import lines

EXTRACTOR = "newsdesk+trafilatura"
_OPTIONS = Extractor(output_format="python", fast=True, comments=False, tables=True)
_OPTIONS.min_extracted_size = 100
_RULES = 2
"""Raised whenever a rule of ours changes what comes out of the same page."""
EXTRACTOR_VERSION = f"{_RULES}+{version('trafilatura')}"
CONFIG_HASH = hashlib.sha256(f"{_RULES} fast=True comments=False tables=True".encode()).hexdigest()[:16]
_STRING = etree.XPath("string()", smart_strings=False)
_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "table", "row", "body"))


def read_paragraphs(tree: HtmlElement, url: str) -> tuple[str, ...] | Refusal:
    """The paragraphs of the main text in order, headings and list items among them; empty where
    trafilatura finds none. `tree` is not changed. Refuses PARSE_ERROR where trafilatura gives up."""
    try:
        body = _by_its_rules(copy(tree))
        return _paragraphs(_by_all_its_roads(tree, url) if body is None else body)
    except (RecursionError, etree.LxmlError) as error:
        return Refusal(reason=Reason.PARSE_ERROR, detail=f"trafilatura: {type(error).__name__}")


def _by_its_rules(tree: HtmlElement) -> etree._Element | None:
    """The fast road: what trafilatura's sequence does first, without its copies of the tree; None where
    it would go on to its rescues, since the text is short or little of the page's."""
    shown = len(_STRING(tree))
    pruned = prune_unwanted_nodes(prune_unwanted_nodes(tree, RAW_TREE_PRUNE_XPATH), REMOVE_COMMENTS_AND_LISTS_XPATH)
    body, text = extract_content(convert_tags(tree_cleaning(pruned, _OPTIONS), _OPTIONS), _OPTIONS)
    is_short = len(text) < ESCALATION_MAX_LENGTH and len(text) < ESCALATION_PAGE_SHARE * shown
    return None if is_short or len(text) < _OPTIONS.min_extracted_size else body


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
