"""Template slots: where in the tree the extracted paragraphs stand, which brothers of theirs were lost,
and which links they hold."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from schemas.article import OutLink
from tasks.pure.texts import key, one_line
from tasks.pure.urls import absolute

_LEAVES = ("p", "li", "h2", "h3", "h4", "blockquote")
_CHANGING = re.compile(r"\d{2,}|first|last|odd|even|active")
_STRING = etree.XPath("string()", smart_strings=False)
_LOST_CHARS = 60
_BROTHERS_NEEDED = 3
_LINKS_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A leaf block of the page: its text, the key that it is found by, and its template slot."""

    node: HtmlElement
    text: str
    key: str
    slot: str


def page_lines(tree: HtmlElement) -> list[Line]:
    """The leaf blocks of the page in document order, those without text left out."""
    found = []
    for node in tree.iter(*_LEAVES):
        if node.tag == "p" or next(node.iter("p"), None) is None:
            text = one_line(_STRING(node))
            bare = key(text)
            if bare:
                found.append(Line(node, text, bare, _slot(node)))
    return found


def _slot(node: HtmlElement) -> str:
    """Tag and lasting classes of an element and of the two above: the same on every page of a site."""
    parts = [node, *list(node.iterancestors())[:2]]
    return " < ".join(f"{part.tag}.{_lasting(part.get('class') or '')}" for part in parts)


@lru_cache(maxsize=8192)
def _lasting(classes: str) -> str:
    return " ".join(sorted(name for name in classes.split() if not _CHANGING.search(name)))


def restore_lost(paragraphs: Sequence[str], page: Sequence[Line]) -> list[str]:
    """The paragraphs with their lost brothers put back in the page's order.

    A brother is a `p` of at least 60 characters, half of them outside of links, in a slot that gave
    three extracted paragraphs or more; what stands above the first or below the last of these is not.
    """
    places = {key(text): place for place, text in reversed(list(enumerate(paragraphs)))}
    known = [places.get(line.key) for line in page]
    slots = Counter(
        line.slot for line, place in zip(page, known, strict=True) if place is not None and line.node.tag == "p"
    )
    whole = key(" ".join(paragraphs))
    inserted: dict[int, list[str]] = {}
    last = -1
    for line, place in zip(page, known, strict=True):
        last = place if place is not None else last
        if place is None and last >= 0 and slots[line.slot] >= _BROTHERS_NEEDED and _is_lost(line, whole):
            inserted.setdefault(last, []).append(line.text)
    return [text for place, paragraph in enumerate(paragraphs) for text in (paragraph, *inserted.get(place, ()))]


def _is_lost(line: Line, whole: str) -> bool:
    linked = sum(len(one_line("".join(link.itertext()))) for link in line.node.iter("a"))
    return (
        line.node.tag == "p"
        and len(line.text) >= _LOST_CHARS
        and linked * 2 < len(line.text)
        and line.key not in whole
    )


def links_in(paragraphs: Sequence[str], page: Sequence[Line], base_url: str) -> tuple[OutLink, ...]:
    """The http(s) links inside the kept paragraphs, each URL once, in the page's order, at most 500."""
    kept = {key(text) for text in paragraphs}
    found: dict[str, OutLink] = {}
    for line in page:
        for link in line.node.iter("a") if line.key in kept else ():
            url = absolute(link.get("href") or "", base_url) if (link.get("href") or "#")[0] != "#" else None
            if isinstance(url, str) and len(found) < _LINKS_AT_MOST:
                found.setdefault(url, OutLink(url=url, text=one_line("".join(link.itertext()))[:500] or None))
    return tuple(found.values())
