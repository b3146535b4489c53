"""Paragraphs that are not written as `p`: text between blocks, and divisions that hold a line of the text."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.measures import INLINE, Measures, size_of
from tasks.pure.text.clean import SENTENCE_END, one_line

_DIVISIONS = ("div", "section", "article", "center", "address")
_CONTAINERS = frozenset(("div", "section", "article", "main", "body", "center", "td", "form"))
_STRING = etree.XPath("string()", smart_strings=False)
_PROSE_CHARS = 50
_SENTENCE_CHARS = 8
_NAMED_CHARS = 15
_LINE_CHARS = 80
_LINKED_AT_MOST = 0.5
_BROKEN_CHARS = 200
_BREAKS = 2
_LINES_NEEDED = 3


def wrap_loose_text(body: HtmlElement, measures: Measures) -> None:
    """Puts text that stands between the paragraphs of an element, or between its line breaks, into a `p` of its own;
    a menu between bars, a label or a word stays as it was."""
    broken = {_division_of(node.getparent()) for node in body.iter("br")}
    for parent in dict.fromkeys([*_text_parents(body, measures), *filter(_is_broken_text, broken)]):
        if parent.tag in _CONTAINERS:
            _wrap_runs(parent)


def _division_of(node: HtmlElement) -> HtmlElement:
    """The element itself; a `font` that holds broken text is made a division."""
    if node.tag == "font" and _is_broken_text(node):
        node.tag = "div"
    return node


def _is_broken_text(node: HtmlElement) -> bool:
    breaks = sum(child.tag == "br" for child in node)
    own = size_of(node.text) + sum(size_of(child.tail) for child in node)
    return breaks >= _BREAKS and own >= _BROKEN_CHARS


def _text_parents(body: HtmlElement, measures: Measures) -> dict[HtmlElement, int]:
    """Elements with paragraphs of prose, and how many; one alone in its wrapper counts for what is around that."""
    found: dict[HtmlElement, int] = {}
    for node in body.iter("p"):
        if _is_line(node, measures, _PROSE_CHARS):
            parent = node.getparent()
            is_alone = node.getnext() is None and node.getprevious() is None
            around = parent.getparent() if is_alone and parent.tag in _DIVISIONS else parent
            holder = parent if around is None else around
            found[holder] = found.get(holder, 0) + 1
    return found


def _is_line(node: HtmlElement, measures: Measures, least: int) -> bool:
    if measures.chars(node) < least or measures.link_share(node) > _LINKED_AT_MOST:
        return False
    return bool(SENTENCE_END.search(one_line(_STRING(node))))


def _wrap_runs(parent: HtmlElement) -> None:
    """A run is what stands between two blocks: text, and inline elements with what stands behind them."""
    above: HtmlElement | None = None
    run: list[HtmlElement] = []
    for child in [*parent, None]:
        if child is not None and (_is_inline(child) or (child.tag == "br" and not _is_doubled(child))):
            run.append(child)
            continue
        _wrap(parent, above, run)
        above, run = child, []


def _is_doubled(line_break: HtmlElement) -> bool:
    """Whether an empty line stands there: paragraphs end at one, and lines at a single break."""
    before, after = line_break.getprevious(), line_break.getnext()
    is_after = before is not None and before.tag == "br" and not (before.tail or "").strip()
    return is_after or (after is not None and after.tag == "br" and not (line_break.tail or "").strip())


def _is_inline(node: HtmlElement) -> bool:
    return node.tag in INLINE and all(below.tag in INLINE for below in node.iterdescendants(etree.Element))


def _wrap(parent: HtmlElement, above: HtmlElement | None, run: list[HtmlElement]) -> None:
    lead = parent.text if above is None else above.tail
    text = one_line(" ".join([lead or "", *(_STRING(node) + " " + (node.tail or "") for node in run)]))
    linked = sum(size_of(_STRING(link)) for node in run for link in node.iter("a"))
    is_said = len(text) >= _SENTENCE_CHARS and bool(SENTENCE_END.search(text))
    if not (is_said or len(text) >= _LINE_CHARS) or linked > _LINKED_AT_MOST * len(text):
        return
    paragraph = parent.makeelement("p")
    paragraph.text = lead
    if above is None:
        parent.text = None
    else:
        above.tail = None
    paragraph.extend(run)
    if above is None:
        parent.insert(0, paragraph)
    else:
        above.addnext(paragraph)


def division_lines(body: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """Divisions that hold one line and stand among paragraphs of prose: paragraphs by another name."""
    found = []
    for parent, paragraphs in _text_parents(body, measures).items():
        lines = [line for child in parent if (line := _line_of(child, measures)) is not None]
        if paragraphs + len(lines) >= _LINES_NEEDED:
            found += _all_lines(parent, measures) if len(lines) >= _LINES_NEEDED else lines
    return found


def _all_lines(parent: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """Where most lines are divisions, a heading or a name is one too."""
    leaves = (child for child in parent if child.tag in _DIVISIONS and all(map(_is_of_a_line, child)))
    return [leaf for leaf in leaves if measures.chars(leaf) and measures.link_share(leaf) <= _LINKED_AT_MOST]


def _is_of_a_line(node: HtmlElement) -> bool:
    return node.tag == "br" or _is_inline(node)


def _line_of(child: HtmlElement, measures: Measures) -> HtmlElement | None:
    """The division itself, or the only one in it."""
    while child.tag in _DIVISIONS:
        if all(map(_is_of_a_line, child)):
            return child if _is_line(child, measures, _NAMED_CHARS if child.attrib else _SENTENCE_CHARS) else None
        if len(child) > 1 or size_of(child.text) or size_of(child[0].tail):
            return None
        child = child[0]
    return None


@contextmanager
def as_paragraphs(nodes: Iterable[HtmlElement]) -> Iterator[None]:
    """Makes elements a `p` for a while; the names of their slots, which site memory holds, stay as they were."""
    tags = [(node, node.tag) for node in nodes]
    for node, _ in tags:
        node.tag = "p"
    try:
        yield
    finally:
        for node, tag in tags:
            node.tag = tag
