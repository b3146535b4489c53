"""trafilatura's lists of names, read out of its XPaths: the same elements, found some ten times as fast.

Its XPaths ask a regular expression of every element, through lxml, for every attribute. Here each becomes one
pattern an attribute, and what was said of a value is remembered: a site has few classes and many elements.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import MANUALLY_CLEANED
from trafilatura.xpaths import (
    BODY_XPATH,
    DISCARD_IMAGE_ELEMENTS,
    OVERALL_DISCARD_XPATH,
    RAW_TREE_PRUNE_XPATH,
    REMOVE_COMMENTS_AND_LISTS_XPATH,
    TEASER_DISCARD_XPATH,
)

_STEP = re.compile(r"\.//\*((?:\[(?:[^\[\]']|'[^']*')*\])+)")
_PREDICATE = re.compile(r"\[((?:[^\[\]']|'[^']*')*)\]")
_FORMS = (
    (re.compile(r"@([\w-]+)"), lambda: ""),
    (re.compile(r"@([\w-]+)='([^']*)'"), lambda value: rf"\A{re.escape(value)}\Z"),
    (re.compile(r"contains\(@([\w-]+), ?'([^']*)'\)"), re.escape),
    (re.compile(r"starts-with\((@[\w|@-]+), ?'([^']*)'\)"), lambda value: rf"\A{re.escape(value)}"),
    (re.compile(r"re:test\((@[\w|@-]+), ?'([^']*)'\)"), lambda value: value),
    (re.compile(r"re:test\(@([\w-]+), ?'([^']*)', ?'i'\)"), lambda value: f"(?i:{value})"),
    (
        re.compile(r"contains\(translate\(@([\w-]+), ?'([A-Z]+)', ?'[a-z]+'\), ?'([^']*)'\)"),
        lambda capitals, value: "".join(
            f"[{c}{c.upper()}]" if c.upper() in capitals else re.escape(c) for c in value
        ),
    ),
)
"""The forms of a condition, and the pattern that says the same; where it names two attributes, XPath takes the
one that is written first."""
Test = Callable[[str], bool]


class Named:
    """An XPath of trafilatura's, `.//*[these tags][these names]`; called with an element it gives what is below
    it in document order. Raises ValueError for what is written otherwise; conditions after the second bracket
    are not asked, so that it may give more."""

    def __init__(self, expression: etree.XPath) -> None:
        found = _STEP.search(expression.path)
        brackets = _PREDICATE.findall(found[1]) if found else []
        tags = [bracket for bracket in brackets if "self::" in bracket][:1]
        if not brackets or len(brackets) == len(tags):
            raise ValueError(f"not a list of names: {expression.path!r}")
        self.tags = tuple(re.findall(r"self::(\w+)", tags[0])) if tags else ("*",)
        self._tests = {name: _test(pattern) for name, pattern in _patterns(brackets[len(tags)]).items()}
        self._firsts = [(name.split("|"), test) for name, test in self._tests.items() if "|" in name]

    def __call__(self, tree: HtmlElement) -> list[HtmlElement]:
        return [node for node in tree.iterdescendants(*self.tags) if self.fits(node)]

    def fits(self, node: HtmlElement) -> bool:
        """Whether an element of these tags has one of the names."""
        stated = node.items()
        if not stated:
            return False
        tests = self._tests
        for name, value in stated:
            if name in tests and tests[name](value):
                return True
        return any(test(next((v for n, v in stated if n in names), "")) for names, test in self._firsts)

    def name_of(self, node: HtmlElement) -> str | None:
        """The attribute and the name in it by which an element is of this list, `class 'ad'`; None: it is not."""
        if ("*" not in self.tags and node.tag not in self.tags) or not self.fits(node):
            return None
        for names, test in self._tests.items():
            name, value = next(((n, v) for n, v in node.items() if n in names.split("|")), ("", ""))
            if name and test(value):
                return f"{name} {next(filter(test, value.split()), value)!r}"
        return None


def _patterns(predicate: str) -> dict[str, re.Pattern[str]]:
    """One pattern an attribute."""
    found: dict[str, list[str]] = {}
    for condition in re.split(r"\s+or\s+", " ".join(predicate.split())):
        name, pattern = _read(condition)
        found.setdefault(name, []).append(pattern)
    return {name: re.compile("|".join(f"(?:{one})" for one in patterns)) for name, patterns in found.items()}


def _read(condition: str) -> tuple[str, str]:
    for form, said in _FORMS:
        found = form.fullmatch(condition)
        if found:
            return found[1].replace("@", ""), said(*found.groups()[1:])
    raise ValueError(f"no form of a condition: {condition!r}")


def _test(pattern: re.Pattern[str]) -> Test:
    return lru_cache(maxsize=4096)(lambda value: pattern.search(value) is not None)


DISCARDED = [Named(one) for one in OVERALL_DISCARD_XPATH]
CAPTIONS = [Named(one) for one in DISCARD_IMAGE_ELEMENTS]
TEASERS = [Named(one) for one in TEASER_DISCARD_XPATH]
_APPENDED = [Named(one) for one in RAW_TREE_PRUNE_XPATH]
_COMMENTS = [Named(one) for one in REMOVE_COMMENTS_AND_LISTS_XPATH]
LISTED = (*DISCARDED, *CAPTIONS, *TEASERS, *_APPENDED, *_COMMENTS)
CLEANED = frozenset(MANUALLY_CLEANED)
_FRAME_TAGS = ("article", "div", "main", "section")
_FIRST, _, _THIRD, _FOURTH, _LAST = BODY_XPATH
_NAMED = {place: Named(one) for place, one in enumerate(BODY_XPATH) if place != 1}
_BY_TAG = {"article": 1, "main": 4}
_NO_PLACE = len(BODY_XPATH)


def find_frame(tree: HtmlElement) -> HtmlElement | None:
    """The element that trafilatura takes for the article's: the first of the surest of its five XPaths that
    finds any. None where there is none, or it would have gone with something around it."""
    frame, best = None, _NO_PLACE
    for node in tree.iterdescendants(*_FRAME_TAGS):
        place = _place(node, best)
        if place < best:
            frame, best = node, place
        if not best:
            break
    return None if frame is None or any(_is_pruned(node) for node in _up(frame)) else frame


def _place(node: HtmlElement, limit: int) -> int:
    """The surest XPath that an element fits, of the first `limit` ones; `limit` where it fits none."""
    own = _BY_TAG.get(node.tag, limit)
    for place, named in _NAMED.items():
        if place >= min(own, limit):
            break
        if node.tag in named.tags and named.fits(node):
            return place
    return min(own, limit)


def _up(node: HtmlElement) -> Iterator[HtmlElement]:
    yield node
    yield from node.iterancestors()


def _is_pruned(node: HtmlElement) -> bool:
    return node.tag in CLEANED or any(one.fits(node) for one in (*_APPENDED, *_COMMENTS) if node.tag in one.tags)


def has_appended(frame: HtmlElement) -> bool:
    """Whether it may hold other articles or comments, which trafilatura prunes first."""
    return any(one(frame) for one in (*_APPENDED, *_COMMENTS))


def names_frame(node: HtmlElement) -> bool:
    """Whether trafilatura may take the element for the article's."""
    return node.tag in _FRAME_TAGS and _place(node, _NO_PLACE) < _NO_PLACE


def listed_names(node: HtmlElement) -> list[str]:
    """The names of an element by which trafilatura removes it, each as `id 'ad'`."""
    found = (one.name_of(node) for one in LISTED if "*" in one.tags or node.tag in one.tags)
    return list(filter(None, found))


@contextmanager
def unnamed(nodes: Iterable[HtmlElement]) -> Iterator[None]:
    """Takes class and id from these elements for a while, so that none of trafilatura's lists finds them."""
    once = dict.fromkeys(nodes)
    named = [(node, name, said) for node in once for name in ("class", "id") if (said := node.get(name)) is not None]
    for node, name, _ in named:
        del node.attrib[name]
    try:
        yield
    finally:
        for node, name, said in named:
            node.set(name, said)
