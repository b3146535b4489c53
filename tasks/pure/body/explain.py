"""Names the blocks of a page that its article leaves out, and the rule that removed each: what `explain` prints."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement
from trafilatura.htmlprocessing import link_density_test

from schemas.items.site_page import Removal
from tasks.pure.body.measures import INLINE
from tasks.pure.body.trafilatura_names import CLEANED, LISTED, find_frame
from tasks.pure.text.clean import joined_letters, letters_only, one_line

FIRST_CHARS = 80
"""So much of a block's text is printed."""
_KEY_CHARS = 20
"""A shorter key may stand in the text by chance."""
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "textarea", "head"))
_DIVISIONS = frozenset(("div", "section", "article", "main", "header", "body"))
_LISTS = ("ul", "ol", "dl")
_LINKED = ("div", "p", "list")
"""The elements that trafilatura removes where most of their text is links."""
_STRING = etree.XPath("string()", smart_strings=False)


def note(nodes: Iterable[HtmlElement], rule: Callable[[HtmlElement], str], removals: list[Removal]) -> None:
    """Appends a removal for each of the elements that holds text; an element inside another of them goes with it."""
    found = dict.fromkeys(nodes)
    for node in found:
        text = one_line(_STRING(node))[:FIRST_CHARS]
        if text and not any(above in found for above in node.iterancestors()):
            removals.append(Removal(rule=rule(node), text=text))


def unselected(tree: HtmlElement, texts: Sequence[str], rule: Callable[[HtmlElement], str]) -> list[Removal]:
    """The blocks of the tree that are not among the texts, in the tree's order; `rule` names the cause by element."""
    keys, whole = set(map(letters_only, texts)), joined_letters(texts)
    body = tree.find("body")
    return [
        Removal(rule=rule(node), text=text[:FIRST_CHARS])
        for node, text in _blocks(tree if body is None else body)
        if not _is_among(letters_only(text), node, keys, whole)
    ]


def _is_among(bare: str, node: HtmlElement, keys: set[str], whole: str) -> bool:
    """Whether a block stands in the text; a short one does where all of an element around it stands there."""
    if not bare or bare in keys:
        return True
    around = (letters_only(one_line(_STRING(above))) for above in (node, *node.iterancestors()))
    longer = bare if len(bare) >= _KEY_CHARS else next((one for one in around if len(one) >= _KEY_CHARS), "")
    return bool(longer) and longer in whole


def _blocks(body: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every run of text that no block element and no empty line interrupts, with the block around it."""
    run: list[str] = []
    inside = [body]
    for event, node in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            run.append(_plain(node.tail))
            continue
        is_block = node.tag not in INLINE and node.tag != "br"
        if is_block or (event == "end" and node is body):
            yield from _parts(inside[-1], run)
            run = []
        if event == "start":
            run.append("\n" if node.tag == "br" else "" if node.tag in _UNSEEN else _plain(node.text))
            inside += [node] if is_block else []
        else:
            inside = inside[:-1] if is_block else inside
            run.append("" if node is body else _plain(node.tail))


def _plain(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _parts(node: HtmlElement, run: Iterable[str]) -> Iterator[tuple[HtmlElement, str]]:
    for part in re.split(r"\n\s*\n", "".join(run)):
        text = one_line(part)
        if text:
            yield node, text


def trafilatura_rule(tree: HtmlElement) -> Callable[[HtmlElement], str]:
    """Says why trafilatura left an element of the tree out, as far as its rules tell: it stands outside of the
    element that trafilatura takes for the article's, has a tag or name that it removes, or is mostly links."""
    frame = find_frame(tree)
    twin = _converted(tree)
    twins = dict(zip(tree.iter(etree.Element), twin.iter(etree.Element), strict=True))

    def rule(node: HtmlElement) -> str:
        around = [node, *node.iterancestors()]
        if frame is not None and frame not in around:
            return f"trafilatura did not select it: it is outside {opening_tag(frame)}, taken for the article"
        below = around if frame is None else around[: around.index(frame)]
        reasons = (_reason(one, twins[one]) for one in below)
        why = next(filter(None, reasons), None) or _no_paragraph(node)
        return f"trafilatura did not select it{f': {why}' if why else ''}"

    return rule


def _reason(node: HtmlElement, converted: HtmlElement) -> str | None:
    if node.tag in CLEANED:
        return f"it removes <{node.tag}>"
    name = next(filter(None, (one.name_of(node) for one in LISTED)), None)
    if name:
        return f"it removes elements with the {name}"
    if converted.tag in _LINKED and link_density_test(converted)[0]:
        return f"most of {opening_tag(node)} is links"
    return None


def _no_paragraph(node: HtmlElement) -> str | None:
    """trafilatura reads the text of divisions only where the paragraphs give too little."""
    return f"the text stands in {opening_tag(node)}, not in a paragraph" if node.tag in _DIVISIONS else None


def _converted(tree: HtmlElement) -> HtmlElement:
    """A copy of the tree with the tags that trafilatura gives to links and lists."""
    twin = deepcopy(tree)
    for node in twin.iter("a"):
        node.tag = "ref"
    for node in twin.iter(*_LISTS):
        node.tag = "list"
    return twin


def opening_tag(node: HtmlElement) -> str:
    """An element by its tag and its class or id: `<div class='story'>`."""
    name = next((name for name in ("class", "id") if node.get(name)), None)
    return f"<{node.tag} {name}={node.get(name)!r}>" if name else f"<{node.tag}>"
