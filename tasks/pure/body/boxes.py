"""Removes boxes and cards from a page's tree: what stands inside an article and is no part of it.

A card (headline, sentence, credit of another article) is removed as a whole, before extraction: without its
headline its sentence would read like the article. Every rule is general; none names a site.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from schemas.items.site_page import Removal
from schemas.items.unspaced_scripts import words_of
from tasks.pure.body.explain import note
from tasks.pure.body.link_lists import KICKER_CHARS, leads_away
from tasks.pure.body.measures import Measures, size_of
from tasks.pure.body.phrases import READ_ALSO
from tasks.pure.body.pull_quotes import repeated_quotes
from tasks.pure.text.clean import one_line
from tasks.pure.urls.domains import registrable_domain
from tasks.pure.urls.normalise import absolute

BOXES = re.compile(
    r"newsletter|subscri(?:be|ption)|sign-?up|related|recommend|read-?(?:more|also|next|on)\b|"
    r"more-?(?:on|from|stories|news|like)|see-?also|also-?read|most-?(?:read|popular|viewed)|trending|promo|teaser|"
    r"advert|sponsor|outbrain|taboola|author-?(?:bio|box|info|card|desc|profile|about|footer)|about-?(?:the-?)?author|"
    r"bio-?box|-bio-|share|social|follow-?us|comment(?!ary)|disqus|breadcrumb|-tags?-|tag-?list|topics-?list|"
    r"caption|credit|copyright|-cta-|call-?to-?action|donat|support-?us|app-?(?:banner|promo|download)|cookie|"
    r"consent|gdpr|disclaimer|correction-?policy|print-?only|screen-?reader|visually-?hidden|sr-only|"
    r"inline-?(?:link|article|related|promo)|link-?(?:box|list|card)|bookmark|whatsapp|telegram|notification|"
    r"piano-|paywall-?(?:banner|promo|offer)"
)
"""Matches names in lower case, with a hyphen for every other separator and at both ends. Every alternative
starts with a plain character, so that the expression skips most places quickly."""
_SEPARATORS = re.compile(r"[\s_]+")
_SUBJECTS = re.compile(r"(?<!\S)(?:tag|category)-\S+")
"""The classes by which WordPress states the subjects of a whole post."""
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_WRAPS = frozenset(("div", "section", "article", "blockquote", "ul", "ol", "figure", "header"))
_LINES = _HEADINGS | {"p", "li", "dt", "dd"}
_BLOCKS = _HEADINGS | _WRAPS | {"p", "li"}
_BOX_TAGS = _HEADINGS | _WRAPS - {"header"} | {"p", "li", "aside", "table", "details", "dl", "a", "span"}
_FURNITURE = ("script", "style", "noscript", "template", "svg", "iframe", "button", "select", "nav", "figcaption")
_STRING = etree.XPath("string()", smart_strings=False)
_NOTE_MARKS = etree.XPath(".//sup[a[starts-with(@href, '#')]][string-length(normalize-space()) < 6]")
_UNSEEN_TAGS = 6
"""The first six of `_FURNITURE` hold no text that a reader sees."""
_UNSEEN_NAMES = re.compile(r"print-?only|screen-?reader|visually-?hidden|sr-only", re.IGNORECASE)
_BY = "removed by boxes: "
_SENTENCE_CHARS = 12
_NAMES = ("class", "id", "data-component", "data-testid")
BOX_SHARE = 0.35
"""A named box with more of the page's text than this holds the article (measured: 50 pages better, 4 worse)."""
_CARD_CHARS = 700
_CARD_OTHER_CHARS = 400
_LINK_SHARE = 0.9
_TEASER_CHARS = 400
_SECTION_PARAGRAPHS = 4
_PROSE_CHARS = 80
_SHARED_STEMS = 4
_COMPARED = 60


def prune(tree: HtmlElement, removals: list[Removal] | None = None, url: str = "") -> None:
    """Removes furniture, named boxes, captions, cards, teasers and lines that are one link from `tree` itself.

    `removals`, where given, gets every removed block with its rule; `url` is the page's, empty where unknown."""
    body = tree.find("body")
    if body is not None:
        prune_below(body, removals, url)


def prune_below(body: HtmlElement, removals: list[Removal] | None = None, url: str = "") -> None:
    """As `prune`, for everything below an element; the element itself stays."""
    if removals is not None:
        note(body.iter(*_FURNITURE[_UNSEEN_TAGS:]), _tag_rule, removals)
    etree.strip_elements(body, *_FURNITURE, with_tail=False)
    _drop(_named_boxes(body, Measures(body)), _name_rule, removals)
    _drop(repeated_quotes(body), lambda _: f"{_BY}a pull quote, which repeats the text", removals)
    _drop(_NOTE_MARKS(body), lambda _: f"{_BY}the mark of a footnote", removals)
    measures = Measures(body, registrable_domain(url) if url else "")
    links = _link_lines(body, measures)
    cards = [_card_of(node, measures) for node in links]
    alone = [node for node, card in zip(links, cards, strict=True) if node is card]
    _drop(_teasers(alone, body, measures), lambda _: f"{_BY}the teaser of a linked headline", removals)
    _drop(cards, lambda _: f"{_BY}a card, which is a link and little else", removals)


def _drop(nodes: Iterable[HtmlElement], rule: Callable[[HtmlElement], str], removals: list[Removal] | None) -> None:
    found = [node for node in nodes if node.getparent() is not None]
    if removals is not None:
        note(found, rule, removals)
    for node in found:
        if node.getparent() is not None:
            node.drop_tree()


def _tag_rule(node: HtmlElement) -> str:
    return f"{_BY}<{node.tag}> never holds article text"


def _name_rule(node: HtmlElement) -> str:
    """The rule that makes this element a named box: its tag, or the attribute and the word in it."""
    name = next((name for name in _NAMES if _names_a_box(node.get(name) or "")), None)
    if name is None:
        return f"{_BY}<{node.tag}> stands beside the article"
    said = node.get(name)
    words_of_it = [word for word in said.split() if _names_a_box(word)] or [" ".join(said.split())]
    return f"{_BY}{'class name' if name == 'class' else name} {words_of_it[0]!r}"


def _named_boxes(body: HtmlElement, measures: Measures) -> Iterator[HtmlElement]:
    """The outermost boxes: those inside them are removed with them."""
    found: set[HtmlElement] = set()
    for node in body.iter(*_BOX_TAGS):
        is_box = node.tag == "aside" or (_is_named(node) and not _is_said_in_a_sentence(node))
        if is_box and found.isdisjoint(node.iterancestors()) and measures.chars(node) < measures.total * BOX_SHARE:
            found.add(node)
            yield node


def _is_said_in_a_sentence(node: HtmlElement) -> bool:
    """Whether a link or span stands inside a sentence: then it is a keyword, whatever its class says."""
    if node.tag not in ("a", "span") or _UNSEEN_NAMES.search(node.get("class") or ""):
        return False
    before = node.getprevious()
    parent = node.getparent()
    lead = parent.text if before is None else before.tail
    return parent.tag in _LINES and size_of(lead) + size_of(node.tail) >= _SENTENCE_CHARS


def _is_named(node: HtmlElement) -> bool:
    return any(map(_names_a_box, filter(None, map(node.get, _NAMES))))


@lru_cache(maxsize=8192)
def _names_a_box(names: str) -> bool:
    """Cached: a site has few class names and many elements."""
    said = _SUBJECTS.sub(" ", names) if "hentry" in names else names
    return bool(BOXES.search(f"-{_SEPARATORS.sub('-', said.lower())}-"))


def _link_lines(body: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """Lines that are one link to another page, and links that wrap blocks; none at all where these
    make up the page's text."""
    links = [link for link in body.iter("a") if link.get("href")]
    lines = dict.fromkeys(line for link in links if (line := _line_of(link)) is not None)
    cards = [link for link in links if _is_link_card(link, measures)]
    found = [line for line in lines if _is_link_line(line, measures)] + cards
    return found if sum(map(measures.chars, found)) < measures.chars(body) else []


def _line_of(link: HtmlElement) -> HtmlElement | None:
    return next((above for above in link.iterancestors() if above.tag in _LINES), None)


def _is_link_line(node: HtmlElement, measures: Measures) -> bool:
    if not measures.linked(node) or _holds(node, _LINES) or _heads_a_section(node, measures):
        return False
    share = measures.link_share(node)
    is_line = share >= _LINK_SHARE or (share >= 0.4 and bool(READ_ALSO.match(one_line(_STRING(node)))))
    return (is_line or (node.tag == "li" and measures.is_kicked(node.getparent()))) and leads_away(node)


def _heads_a_section(node: HtmlElement, measures: Measures) -> bool:
    """Whether a linked heading stands among the text's own paragraphs and leads to another site: what is
    reviewed or recommended there. Headlines of related articles lead to the same site, nine in ten."""
    following = node.getnext()
    if node.tag not in _HEADINGS or following is None or not _is_prose(following, measures) or not measures.site:
        return False
    leads = [absolute(link.get("href") or "", None) for link in node.iter("a")]
    is_elsewhere = all(isinstance(url, str) and registrable_domain(url) != measures.site for url in leads)
    near = sum(_is_prose(one, measures) for one in node.getparent().iterchildren("p"))
    return is_elsewhere and near >= _SECTION_PARAGRAPHS


def _is_prose(node: HtmlElement, measures: Measures) -> bool:
    return node.tag == "p" and measures.chars(node) >= _PROSE_CHARS and measures.link_share(node) < 0.5


def _is_link_card(node: HtmlElement, measures: Measures) -> bool:
    return _holds(node, _BLOCKS) and 0 < measures.chars(node) < measures.total * BOX_SHARE and leads_away(node)


def _holds(node: HtmlElement, tags: frozenset[str]) -> bool:
    """Asked of many small elements, for which it would take longer to give lxml the tags."""
    return len(node) > 0 and not tags.isdisjoint([below.tag for below in node.iterdescendants()])


def _card_of(node: HtmlElement, measures: Measures) -> HtmlElement:
    """The largest element that opens with this link line and holds little else: the card, or the line."""
    card = node
    parent = node.getparent()
    while parent is not None and parent.tag not in ("body", "main", "html", "ul", "ol", "tr", "td", "table"):
        other = measures.chars(parent) - measures.linked(parent)
        if measures.chars(parent) > min(_CARD_CHARS, measures.total * BOX_SHARE) or other > _CARD_OTHER_CHARS:
            break
        if _chars_before(card, measures) > KICKER_CHARS:
            break
        card, parent = parent, parent.getparent()
    return card


def _chars_before(node: HtmlElement, measures: Measures) -> int:
    parent = node.getparent()
    before = sum(measures.chars(one) + size_of(one.tail) for one in node.itersiblings(preceding=True))
    return before + size_of(parent.text)


def _teasers(links: list[HtmlElement], body: HtmlElement, measures: Measures) -> Iterator[HtmlElement]:
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


def _may_be_teaser(node: HtmlElement, measures: Measures) -> bool:
    return node.tag == "p" and 40 <= measures.chars(node) <= _TEASER_CHARS and not measures.linked(node)


def _stems(node: HtmlElement) -> set[str]:
    """The beginnings of the longer words, so that most inflections of a word agree."""
    return {word[:5] for word in words_of(_STRING(node)) if len(word) > 3}
