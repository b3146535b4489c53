"""Removes boxes and cards from a page's tree: what stands inside an article and is no part of it.

A card (headline, sentence, credit of another article) is removed as a whole, before extraction: without its
headline its sentence would read like the article. Every rule is general; none names a site.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from lxml import etree
from lxml.html import HtmlElement

from schemas.items.site_page import Removal
from schemas.items.unspaced_scripts import words_of
from tasks.pure.body.beside.offers import offers
from tasks.pure.body.beside.picture_lines import picture_lines
from tasks.pure.body.beside.promotions import promotions
from tasks.pure.body.beside.summaries import summaries
from tasks.pure.body.beside.swallowed import unwrap_swallowed
from tasks.pure.body.explain import note
from tasks.pure.body.labels import labels_of
from tasks.pure.body.link_lists import KICKER_CHARS, leads_away
from tasks.pure.body.loose_text import wrap_loose_text
from tasks.pure.body.measures import Measures, size_of
from tasks.pure.body.menus import hover_cards, menu_cells, share_blocks
from tasks.pure.body.named_boxes import BOX_SHARE, HEADINGS, box_attribute, find_boxes, slugged_texts
from tasks.pure.body.phrases import READ_ALSO
from tasks.pure.body.pull_quotes import repeated_quotes
from tasks.pure.text.clean import one_line
from tasks.pure.urls.domains import registrable_domain
from tasks.pure.urls.normalise import absolute

_WRAPS = frozenset(("div", "section", "article", "blockquote", "ul", "ol", "figure", "header"))
_LINES = HEADINGS | {"p", "li", "dt", "dd"}
_BLOCKS = HEADINGS | _WRAPS | {"p", "li"}
_FURNITURE = ("script", "style", "noscript", "template", "svg", "iframe", "button", "select", "nav", "figcaption")
_READINGS = ("rt", "rp", "rtc")
"""How a character beside them is read: not part of the text, as trafilatura has it."""
_STRING = etree.XPath("string()", smart_strings=False)
_NOTE_MARKS = etree.XPath(".//sup[a[starts-with(@href, '#')]][string-length(normalize-space()) < 6]")
_UNSEEN_TAGS = 6
"""The first six of `_FURNITURE` hold no text that a reader sees."""
_BY = "removed by boxes: "
_CARD_CHARS = 700
_CARD_OTHER_CHARS = 400
_LINK_SHARE = 0.9
_TEASER_CHARS = 400
_SECTION_PARAGRAPHS = 4
_PROSE_CHARS = 80
_SHARED_STEMS = 4
_COMPARED = 60
_ITEMS_NEEDED = 3
_ITEMS_SHARE = 0.5


def prune(tree: HtmlElement, removals: list[Removal] | None = None, url: str = "") -> list[HtmlElement]:
    """Removes furniture, named boxes, captions, cards, teasers and lines that are one link from `tree` itself.

    `removals`, where given, gets every removed block with its rule; `url` is the page's, empty where unknown.
    Gives the elements that are named like boxes and hold text of the article."""
    body = tree.find("body")
    return [] if body is None else prune_below(body, removals, url)


def prune_below(body: HtmlElement, removals: list[Removal] | None = None, url: str = "") -> list[HtmlElement]:
    """As `prune`, for everything below an element; the element itself stays."""
    before = Measures(body)
    unwrap_swallowed(body, before)
    _drop(share_blocks(body, before), lambda _: f"{_BY}a call to share, beside a button", removals)
    if removals is not None:
        note(body.iter(*_FURNITURE[_UNSEEN_TAGS:]), _tag_rule, removals)
    etree.strip_elements(body, *_FURNITURE, *_READINGS, with_tail=False)
    site = registrable_domain(url) if url else ""
    whole = Measures(body, site)
    told_again, promoted = summaries(body, whole), promotions(body, whole)
    _drop(told_again, lambda _: f"{_BY}a summary above the text", removals)
    _drop(promoted, lambda _: f"{_BY}the house speaks of itself", removals)
    named = find_boxes(body, Measures(body))
    _drop(named.boxes, _name_rule, removals)
    _drop(hover_cards(body), lambda _: f"{_BY}a card that shows when the pointer is over a word", removals)
    _drop(repeated_quotes(body), lambda _: f"{_BY}a pull quote, which repeats the text", removals)
    _drop(picture_lines(body, Measures(body)), lambda _: f"{_BY}the caption of a picture", removals)
    _drop(_NOTE_MARKS(body), lambda _: f"{_BY}the mark of a footnote", removals)
    measures = Measures(body, site)
    links = _link_lines(body, measures)
    cards = _without_sections([_card_of(node, measures) for node in links], measures)
    _drop(menu_cells(body, measures), lambda _: f"{_BY}a menu in a cell of the page's table", removals)
    _drop(list(labels_of(set(cards), body, measures)), _label_rule, removals)
    lines = set(links)
    alone = [card for card in cards if card in lines]
    _drop(_teasers(alone, body, measures), lambda _: f"{_BY}the teaser of a linked headline", removals)
    _drop(cards, lambda _: f"{_BY}a card, which is a link and little else", removals)
    wrap_loose_text(body, Measures(body))
    return [*named.texts, *slugged_texts(body, measures)]


def _label_rule(node: HtmlElement) -> str:
    return f"{_BY}{'a list of links below its label' if node.tag in ('ul', 'ol') else 'the label of a list of links'}"


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
    said = box_attribute(node)
    if said is None:
        return f"{_BY}<{node.tag}> stands beside the article"
    return f"{_BY}{'class name' if said[0] == 'class' else said[0]} {said[1]!r}"


def _link_lines(body: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """Lines that are one link to another page, and links that wrap blocks; none at all where these
    make up the page's text."""
    links = [link for link in body.iter("a") if link.get("href")]
    lines = dict.fromkeys(line for link in links if (line := _line_of(link)) is not None)
    cards = [link for link in links if _is_link_card(link, measures)]
    kept = set(offers(body, measures))
    found = [line for line in lines if line not in kept and _is_link_line(line, measures)] + cards
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
    if node.tag not in HEADINGS or following is None or not _is_prose(following, measures) or not measures.site:
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
        if _chars_before(card, measures) > KICKER_CHARS or next(parent.iter("h1"), None) is not None:
            break
        card, parent = parent, parent.getparent()
    return card


def _without_sections(cards: list[HtmlElement], measures: Measures) -> list[HtmlElement]:
    """Without blocks of one kind in one element that hold most of the page's text: an article of many items, each a
    linked heading and its paragraph."""
    groups: dict[tuple[HtmlElement, str, str], list[HtmlElement]] = defaultdict(list)
    for card in dict.fromkeys(cards):
        groups[card.getparent(), card.tag, card.get("class") or ""].append(card)
    items = [group for group in groups.values() if len(group) >= _ITEMS_NEEDED]
    own = (group for group in items if _own_chars(group, measures) >= measures.total * _ITEMS_SHARE)
    kept = {card for group in own for card in group}
    return [card for card in cards if card not in kept]


def _own_chars(cards: list[HtmlElement], measures: Measures) -> int:
    return sum(measures.chars(card) - measures.linked(card) for card in cards)


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
