"""Splits a page into lines, with the template slot of each and the links in them."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from schemas.items.article import OutLink
from tasks.pure.text.clean import letters_only, one_line
from tasks.pure.urls.normalise import absolute

_LEAVES = ("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "div", "section", "td", "dd", "dt", "pre")
_BLOCKS = (*_LEAVES, "h1", "article", "ul", "ol", "dl", "table", "tr", "figure", "header", "footer", "aside", "form")
_FRAMES = ("article", "main", "body")
_CHANGING = re.compile(r"\d{2,}|first|last|odd|even|active")
_STRING = etree.XPath("string()", smart_strings=False)
_LINKS_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class PageLine:
    """A leaf block of the page: its text, the key that it is found by, and its template slot."""

    node: HtmlElement
    text: str
    key: str
    slot: str

    @property
    def linked(self) -> int:
        """Characters of its text that are inside links."""
        return sum(len(one_line(_STRING(link))) for link in self.node.iter("a")) if len(self.node) else 0


def page_lines(tree: HtmlElement) -> list[PageLine]:
    """The leaf blocks of the page in document order, without empty ones; empty lines split a block."""
    found = []
    outer = around(tree, _BLOCKS)
    for node in tree.iter(*_LEAVES):
        if node not in outer:
            for text in _texts(node):
                bare = letters_only(text)
                if bare:
                    found.append(PageLine(node, text, bare, _slot(node)))
    return found


def around(tree: HtmlElement, tags: Iterable[str]) -> set[HtmlElement]:
    """Every ancestor of an element with one of these tags."""
    found: set[HtmlElement] = set()
    for node in tree.iter(*tags):
        above = node.getparent()
        while above is not None and above not in found:
            found.add(above)
            above = above.getparent()
    return found


def _texts(node: HtmlElement) -> list[str]:
    if not len(node) or next(node.iter("br"), None) is None:
        return [one_line(_STRING(node))]
    return [one_line(part) for part in re.split(r"\n\s*\n", "".join(_broken(node)))]


def _broken(node: HtmlElement) -> Iterator[str]:
    """The pieces of the element's text, with line breaks only at a `br`."""
    for event, part in etree.iterwalk(node, events=("start", "end")):
        if event == "start":
            yield "\n" if part.tag == "br" else (part.text or "").replace("\n", " ")
        elif part is not node:
            yield (part.tail or "").replace("\n", " ")


def _slot(node: HtmlElement) -> str:
    """Tag and lasting class names of an element and its two ancestors: the same on every page of a site."""
    parent = node.getparent()
    above = None if parent is None else parent.getparent()
    parts = [part for part in (node, parent, above) if part is not None]
    return " < ".join([f"{part.tag}.{_lasting(part.get('class') or '')}" for part in parts])


@lru_cache(maxsize=8192)
def _lasting(classes: str) -> str:
    return " ".join(sorted(name for name in classes.split() if not _CHANGING.search(name)))


def line_key(bare: str) -> str:
    """The form of a line's key that site memory stores: 64 bits of its hash (hex)."""
    return hashlib.blake2b(bare.encode("utf-8", "replace"), digest_size=8).hexdigest()


def container_of(lines: Iterable[PageLine]) -> str | None:
    """The name (see `named`) of the closest element that holds all these lines and has a class or id, or is an
    article, main or body; None for no lines."""
    parents = list(dict.fromkeys(line.node.getparent() for line in lines))
    if not parents:
        return None
    shared = [parents[0], *parents[0].iterancestors()]
    for parent in parents[1:]:
        around = {parent, *parent.iterancestors()}
        shared = [node for node in shared if node in around]
    return next((name for node in shared if not (name := named(node)).endswith(".") or node.tag in _FRAMES), None)


def named(node: HtmlElement) -> str:
    """Tag, lasting class names and id: `div.story body#main`; `div.` where it has neither."""
    own = node.get("id") or ""
    return f"{node.tag}.{_lasting(node.get('class') or '')}" + (
        f"#{own}" if own and not re.search(r"\d", own) else ""
    )


def find_container(tree: HtmlElement, names: Iterable[str]) -> HtmlElement | None:
    """The element with the first of these names that the page has; of several, the element with most text."""
    for name in names:
        found = [node for node in tree.iter(name.partition(".")[0]) if named(node) == name]
        if found:
            return max(found, key=lambda node: len(_STRING(node)))
    return None


def links_in(paragraphs: Sequence[str], page: Sequence[PageLine], base_url: str) -> tuple[OutLink, ...]:
    """The http(s) links inside the kept paragraphs, each URL once, in the page's order, at most 500."""
    kept = {letters_only(text) for text in paragraphs}
    found: dict[str, OutLink] = {}
    for line in page:
        for link in line.node.iter("a") if line.key in kept else ():
            url = absolute(link.get("href") or "", base_url) if (link.get("href") or "#")[0] != "#" else None
            if isinstance(url, str) and len(found) < _LINKS_AT_MOST:
                found.setdefault(url, OutLink(url=url, text=one_line(_STRING(link))[:500] or None))
    return tuple(found.values())
