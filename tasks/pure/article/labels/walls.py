"""A paywall's words on a page: where they stand, and whether they are said of this page's article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from tasks.pure.article.labels.marks import PAYWALL_CLASS
from tasks.pure.article.labels.phrase_book import FoundPhrase, phrase_book
from tasks.pure.text.clean import one_line
from tasks.pure.text.fingerprints import word_count

_WALL_CHARS = 600
_BESIDE = frozenset(("aside", "nav", "li", "figure", "table"))
_BLOCKS = frozenset(("div", "section", "p", "form", "dialog", "article", "main", "body"))
_SPACE = re.compile(r"\s+")
_STOP = re.compile(r"[.!?。！？|]\s*")
_WORDS_BEFORE = 8
"""A paywall's words behind more of the same sentence are quoted in it."""


class PaywallText(NamedTuple):
    """Words of a paywall as evidence. `block`: the whole text of the element that they stand in. `is_apart`: they
    stand on their own, and not in a list, a box beside the text or a link with other words (a card of another
    article)."""

    evidence: str
    block: str
    is_apart: bool


def walls_in(shown: Sequence[HtmlElement], text: str) -> tuple[PaywallText, ...]:
    """The paywalls among the elements `shown`, whose text is `text`. A box that offers letters by e-mail is none."""
    found = (_located(shown, one) for one in phrase_book().every("paywall.texts", text))
    return tuple(wall for wall in found if wall)


def _located(shown: Sequence[HtmlElement], said: FoundPhrase) -> PaywallText | None:
    """The last and smallest element with these words: elements come before those that they hold."""
    words = _SPACE.sub("", said.words)
    for node in reversed(shown):
        block = "".join(node.itertext())
        if words in _SPACE.sub("", block):
            if phrase_book().first("paywall.newsletter_words", _around(node)):
                return None
            return PaywallText(said.at("text"), one_line(block), _is_apart(node, one_line(block), said.words))
    return None


def _around(node: HtmlElement) -> str:
    """The text of the smallest block that holds the element, or of the element itself where that block is large."""
    block = next((one for one in (node, *node.iterancestors()) if one.tag in _BLOCKS and one.tag != "p"), node)
    text = one_line("".join(block.itertext()))
    return text if len(text) <= _WALL_CHARS else one_line("".join(node.itertext()))


def _is_apart(node: HtmlElement, block: str, words: str) -> bool:
    before = _STOP.split(block.partition(one_line(words))[0])[-1]
    if word_count(before) > _WORDS_BEFORE or any(one.tag in _BESIDE for one in (node, *node.iterancestors())):
        return False
    link = next((one for one in (node, *node.iterancestors()) if one.tag == "a"), None)
    return len(block) <= _WALL_CHARS and (
        link is None or len(one_line("".join(link.itertext()))) < 2 * len(words) + 20
    )


def wall_class(shown: Iterable[HtmlElement]) -> str | None:
    """The class or id of a box that is named as a paywall and holds a few words. Publishers give such a name also to
    the box around the whole text, and to one that stays empty unless a script fills it."""
    return next(_classes(shown), None)


def _classes(shown: Iterable[HtmlElement]) -> Iterator[str]:
    for node in shown:
        if node.tag in ("div", "section", "aside", "p"):
            found = PAYWALL_CLASS.search(f"{node.get('class') or ''} {node.get('id') or ''}".lower())
            if found and 0 < len(one_line("".join(node.itertext()))) < _WALL_CHARS:
                yield f"class: {found[0]!r}"
