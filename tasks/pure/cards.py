"""Cards and boxes: what stands inside an article without being part of it, taken out of the tree.

A card (headline, sentence, credit of another article) goes as one unit before extraction: without its
headline its sentence would read like the article. Every rule is general; none names a site.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

from tasks.pure.calls import READ_ALSO
from tasks.pure.texts import one_line, words

BOXES = re.compile(
    r"newsletter|subscri(?:be|ption)|sign-?up|related|recommend|read-?(?:more|also|next|on)\b|"
    r"more-?(?:on|from|stories|news|like)|see-?also|also-?read|most-?(?:read|popular|viewed)|trending|promo|teaser|"
    r"advert|sponsor|outbrain|taboola|author-?(?:bio|box|info|card|desc|profile|about|footer)|about-?(?:the-?)?author|"
    r"bio-?box|(?:^|[\s_-])bio(?:$|[\s_-])|share|social|follow-?us|comment(?!ary)|disqus|breadcrumb|"
    r"(?:^|[\s_-])tags?(?:$|[\s_-])|tag-?list|topics-?list|caption|credit|copyright|(?:^|[\s_-])cta(?:$|[\s_-])|"
    r"call-?to-?action|donat|support-?us|app-?(?:banner|promo|download)|cookie|consent|gdpr|disclaimer|"
    r"correction-?policy|print-?only|screen-?reader|visually-?hidden|sr-only|inline-?(?:link|article|related|promo)|"
    r"link-?(?:box|list|card)|bookmark|whatsapp|telegram|notification|piano-|paywall-?(?:banner|promo|offer)",
    re.IGNORECASE,
)
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_WRAPS = frozenset(("div", "section", "article", "blockquote", "ul", "ol", "figure", "header"))
_LINES = _HEADINGS | {"p", "li", "dt", "dd"}
_BLOCKS = _HEADINGS | _WRAPS | {"p", "li"}
_BOX_TAGS = _HEADINGS | _WRAPS - {"header"} | {"p", "li", "aside", "table", "details", "dl", "a", "span"}
_FURNITURE = ("script", "style", "noscript", "template", "svg", "iframe", "button", "select", "nav", "figcaption")
_NAMES = ("class", "id", "data-component", "data-testid")
BOX_SHARE = 0.35
"""A named box with more of the page's text than this holds the article (measured: 50 pages better, 4 worse)."""
_CARD_CHARS = 700
_CARD_OTHER_CHARS = 400
_KICKER_CHARS = 40
_LINK_SHARE = 0.9
_TEASER_CHARS = 400
_SHARED_STEMS = 4
_COMPARED = 60


@dataclass(slots=True)
class _Measures:
    """Characters of text, and of text inside links, below each element; `total` outside of links."""

    chars: dict[HtmlElement, int] = field(default_factory=dict)
    linked: dict[HtmlElement, int] = field(default_factory=dict)
    total: int = 1

    def link_share(self, node: HtmlElement) -> float:
        return self.linked[node] / self.chars[node] if self.chars.get(node) else 0.0


def prune(tree: HtmlElement) -> None:
    """Takes furniture, named boxes, captions, cards, teasers and whole-link lines out of `tree` itself."""
    _drop(list(tree.iter(*_FURNITURE)))
    body = tree.find("body")
    if body is None:
        return
    _drop(_named_boxes(body, _measure(body)))
    measures = _measure(body)
    links = _link_lines(body, measures)
    _drop(_teasers(links, body, measures))
    _drop(_card_of(node, measures) for node in links)


def _drop(nodes: list[HtmlElement] | Iterator[HtmlElement]) -> None:
    for node in list(nodes):
        if node.getparent() is not None:
            node.drop_tree()


def _measure(body: HtmlElement) -> _Measures:
    found = _Measures()
    for node in reversed(list(body.iter())):
        chars, linked = _size(node.text), 0
        for child in node:
            chars += found.chars.get(child, 0) + _size(child.tail)
            linked += found.linked.get(child, 0)
        found.chars[node] = chars
        found.linked[node] = chars if node.tag == "a" and node.get("href") else linked
    found.total = max(1, found.chars[body] - found.linked[body])
    return found


def _size(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _named_boxes(body: HtmlElement, measures: _Measures) -> Iterator[HtmlElement]:
    for node in body.iter():
        if node.tag in _BOX_TAGS and measures.chars[node] < measures.total * BOX_SHARE:
            names = " ".join(value for name in _NAMES if (value := node.get(name)))
            if node.tag == "aside" or (names and _names_a_box(names)):
                yield node


@lru_cache(maxsize=8192)
def _names_a_box(names: str) -> bool:
    """A site has few classes and many elements."""
    return bool(BOXES.search(names))


def _link_lines(body: HtmlElement, measures: _Measures) -> list[HtmlElement]:
    """Lines that are one link to another page, and links that wrap blocks; none at all where these
    make up the page's text."""
    found = [node for node in body.iter() if _is_link_line(node, measures) or _is_link_card(node, measures)]
    return found if sum(measures.chars[node] for node in found) < measures.total + measures.linked[body] else []


def _is_link_line(node: HtmlElement, measures: _Measures) -> bool:
    if node.tag not in _LINES or not measures.linked[node] or _holds(node, _LINES):
        return False
    share = measures.link_share(node)
    is_marked = share >= 0.4 and bool(READ_ALSO.match(one_line("".join(node.itertext()))))
    return (share >= _LINK_SHARE or is_marked) and _leads_away(node)


def _is_link_card(node: HtmlElement, measures: _Measures) -> bool:
    is_wrap = node.tag == "a" and measures.chars[node] > 0 and _holds(node, _BLOCKS)
    return is_wrap and measures.chars[node] < measures.total * BOX_SHARE and _leads_away(node)


def _holds(node: HtmlElement, tags: frozenset[str]) -> bool:
    return any(below.tag in tags for below in node.iterdescendants())


def _leads_away(node: HtmlElement) -> bool:
    return any((link.get("href") or "#").strip()[:1] != "#" for link in node.iter("a"))


def _card_of(node: HtmlElement, measures: _Measures) -> HtmlElement:
    """The largest element that opens with this link line and holds little else: the card, or the line."""
    card = node
    parent = node.getparent()
    while parent is not None and parent.tag not in ("body", "main", "html", "ul", "ol", "tr", "td", "table"):
        other = measures.chars[parent] - measures.linked[parent]
        if measures.chars[parent] > min(_CARD_CHARS, measures.total * BOX_SHARE) or other > _CARD_OTHER_CHARS:
            break
        if _chars_before(card, measures) > _KICKER_CHARS:
            break
        card, parent = parent, parent.getparent()
    return card


def _chars_before(node: HtmlElement, measures: _Measures) -> int:
    parent = node.getparent()
    before = sum(measures.chars.get(one, 0) + _size(one.tail) for one in node.itersiblings(preceding=True))
    return before + _size(parent.text)


def _teasers(links: list[HtmlElement], body: HtmlElement, measures: _Measures) -> Iterator[HtmlElement]:
    """Sentences right below a link line that say the linked headline again, far more than the rest of
    the article does."""
    paragraphs = list(body.iter("p"))[:_COMPARED]
    for node in links:
        after = node.getnext()
        if after is not None and _may_be_teaser(after, measures):
            headline = _stems(node)
            shared = len(headline & _stems(after))
            others = (len(headline & _stems(one)) for one in paragraphs if one is not after and one is not node)
            if shared >= _SHARED_STEMS and shared > 2 * max(others, default=0):
                yield after


def _may_be_teaser(node: HtmlElement, measures: _Measures) -> bool:
    return node.tag == "p" and 40 <= measures.chars[node] <= _TEASER_CHARS and not measures.linked[node]


def _stems(node: HtmlElement) -> set[str]:
    """The beginnings of the longer words, so that most inflections of a word agree."""
    return {word[:5] for word in words("".join(node.itertext())) if len(word) > 3}
