"""Finds the elements whose name says that they are a box beside the article, and hold no text of it."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.box_names import NAMES, box_word, headline_words, is_of_a_template, is_slug
from tasks.pure.body.measures import INLINE, Measures, size_of
from tasks.pure.body.phrases import LABEL, READ_ALSO, is_call
from tasks.pure.body.trafilatura_names import listed_names, names_frame
from tasks.pure.text.clean import SENTENCE_END, one_line

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_LINES = HEADINGS | {"p", "li", "dt", "dd"}
_WRAPS = frozenset(("div", "section", "article", "blockquote", "ul", "ol", "figure", "table", "details", "dl"))
_BOX_TAGS = _LINES - {"dt", "dd"} | _WRAPS | {"aside", "a", "span"}
_STRING = etree.XPath("string()", smart_strings=False)
_BELOW = etree.XPath("following::*")
_LEAD_ELEMENTS = 500
_FIELDS = etree.XPath("boolean(.//input or .//form or .//textarea)")
_UNSEEN_NAMES = re.compile(r"print-?only|screen-?reader|visually-?hidden|sr-only", re.IGNORECASE)
_SENTENCE_CHARS = 12
_LINE_CHARS = 40
BOX_SHARE = 0.35
"""A named box with more of the page's text than this holds the article (measured: 50 pages better, 4 worse)."""
_PROSE_CHARS = 80
_PARAGRAPHS = 2
_CALL_CHARS = 400
_LINKED_AT_MOST = 0.3
_SUBJECT = re.compile(r"share|social|cookie|consent|gdpr|telegram|whatsapp|bookmark|notification|trending|sponsor")
"""What an article may be about, so that the class of its paragraphs may say it."""
_ALWAYS = re.compile(
    r"comment|disqus|outbrain|taboola|author|bio|caption|credit|copyright|disclaimer|breadcrumb|newsletter|sign-?up|"
    r"print-?only|screen-?reader|visually-?hidden|sr-only|advert|cta|call-?to|follow-?us|donat|correction|app-"
)
"""What a template names nothing but boxes by, whatever stands in them."""


@dataclass(slots=True)
class NamedBoxes:
    """`boxes`: the outermost boxes, in document order. `texts`: elements with the name of a box that hold text of
    the article."""

    boxes: list[HtmlElement] = field(default_factory=list)
    texts: list[HtmlElement] = field(default_factory=list)


def find_boxes(body: HtmlElement, measures: Measures) -> NamedBoxes:
    """Every element of a box's name below `body`, told apart by what it holds."""
    found = NamedBoxes()
    named = [node for node in body.iter(*_BOX_TAGS) if node.tag == "aside" or _is_named(node)]
    shared = _shared_names(named, measures)
    leads = _lead_zone(body, measures) if any("teaser" in one for node in named for one in _names(node)) else set()
    inside: set[HtmlElement] = set()
    for node in named:
        if not inside.isdisjoint(node.iterancestors()):
            continue
        if node.tag != "aside" and _is_said_in_a_sentence(node, measures):
            continue
        if measures.chars(node) >= measures.total * BOX_SHARE:
            continue
        if node.tag != "aside" and (shared & _names(node) or _is_text(node, measures) or node in leads):
            found.texts.append(node)
        else:
            inside.add(node)
            found.boxes.append(node)
    return found


def _lead_zone(body: HtmlElement, measures: Measures) -> set[HtmlElement]:
    """Elements named teaser, without a link, between the headline and the text's first paragraph."""
    headline = next(body.iter("h1"), None)
    if headline is None:
        return set()
    zone: set[HtmlElement] = set()
    for node in islice(_BELOW(headline), _LEAD_ELEMENTS):
        word = box_attribute(node)
        if word and "teaser" in word[1].lower() and _is_prose(node, measures) and not measures.linked(node):
            zone.add(node)
        elif zone.isdisjoint(node.iterancestors()) and (
            node.tag in HEADINGS or (node.tag == "p" and _is_prose(node, measures))
        ):
            break
    return zone


def slugged_texts(body: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """Elements with two paragraphs of prose or more that trafilatura would remove by their name, although it is
    made of a headline's words."""
    around: dict[HtmlElement, int] = defaultdict(int)
    for node in body.iter("p"):
        if _is_prose(node, measures):
            for above in node.iterancestors("div", "section"):
                around[above] += 1
    return [
        node for node, prose in around.items() if prose >= _PARAGRAPHS and listed_names(node) and _is_slugged(node)
    ]


def _is_slugged(node: HtmlElement) -> bool:
    """Names beside it, or of a text's container, are a template's: then the slug is the outlet's."""
    listed = listed_names(node)
    heading = next(node.iter(*HEADINGS), None) if listed else None
    names = [node.get(name.partition(" ")[0]) or "" for name in listed]
    return bool(names) and not names_frame(node) and all(_is_slug_of(name, heading) for name in names)


def _is_slug_of(name: str, heading: HtmlElement | None) -> bool:
    is_anchor = heading is not None and is_slug(name, _text(heading))
    return is_anchor or (" " not in name and headline_words(name) > 0)


def box_attribute(node: HtmlElement) -> tuple[str, str] | None:
    """The attribute and the word in it by which an element is named like a box."""
    name = next((name for name in NAMES if box_word(node.get(name) or "")), None)
    if name is None:
        return None
    said = node.get(name) or ""
    return name, next(filter(box_word, said.split()), " ".join(said.split()))


def _is_named(node: HtmlElement) -> bool:
    return any(map(box_word, filter(None, map(node.get, NAMES))))


def _names(node: HtmlElement) -> set[str]:
    """The tokens that name a box, with the tag: what several elements of a template share."""
    return {f"{node.tag} {token}" for name in NAMES for token in (node.get(name) or "").split() if box_word(token)}


def _shared_names(named: list[HtmlElement], measures: Measures) -> set[str]:
    """Names whose elements together hold as much text, without links, as only the article does."""
    chars: dict[str, int] = defaultdict(int)
    counted: set[HtmlElement] = set()
    for node in named:
        if node.tag in ("a", "span", "aside") or measures.chars(node) >= measures.total * BOX_SHARE:
            continue
        is_outermost = counted.isdisjoint(node.iterancestors())
        if is_outermost and _is_prose(node, measures) and not _is_always_box(node):
            counted.add(node)
            for name in _names(node):
                chars[name] += measures.chars(node)
    return {name for name, size in chars.items() if size >= measures.total * BOX_SHARE}


def _is_always_box(node: HtmlElement) -> bool:
    return any(_ALWAYS.search(box_word(node.get(name) or "") or "") for name in NAMES)


def _is_text(node: HtmlElement, measures: Measures) -> bool:
    """Whether an element is the article's own in spite of its name."""
    if node.tag in HEADINGS:
        return _is_own_heading(node)
    if node.tag in ("a", "span", "figure", "table"):
        return False
    heading = next((one for one in node.iter(*HEADINGS)), None)
    if heading is not None and _heads_boxes(_text(heading)):
        return False
    if not all(is_of_a_template(node.get(name) or "") for name in NAMES) or _repeats_heading(node, heading):
        return _is_prose(node, measures) or any(_is_prose(one, measures) for one in node.iter("p"))
    if _is_always_box(node) or _FIELDS(node):
        return False
    if node.tag in ("p", "li"):
        word = box_attribute(node)
        return bool(word and _SUBJECT.search(word[1].lower())) and _is_prose(node, measures)
    prose = sum(_is_prose(one, measures) for one in node.iter("p"))
    return prose >= _PARAGRAPHS and not measures.linked(node)


def _is_own_heading(node: HtmlElement) -> bool:
    """A heading's id is an anchor, made of its words as a rule."""
    names = [node.get(name) or "" for name in NAMES if name != "id"]
    return not _heads_boxes(_text(node)) and all(not box_word(name) or not is_of_a_template(name) for name in names)


def _heads_boxes(text: str) -> bool:
    return bool(LABEL.match(text) or READ_ALSO.match(text) or is_call(text))


def _repeats_heading(node: HtmlElement, heading: HtmlElement | None) -> bool:
    return heading is not None and any(
        is_slug(node.get(name) or "", _text(heading)) for name in NAMES if box_word(node.get(name) or "")
    )


def _is_prose(node: HtmlElement, measures: Measures) -> bool:
    if measures.chars(node) * 1.2 < _PROSE_CHARS or measures.link_share(node) > _LINKED_AT_MOST:
        return False
    text = _text(node)
    return bool(SENTENCE_END.search(text)) and not is_call(text[:_CALL_CHARS]) and not READ_ALSO.match(text)


def _text(node: HtmlElement) -> str:
    return one_line(_STRING(node))


def _is_said_in_a_sentence(node: HtmlElement, measures: Measures) -> bool:
    """Whether a link or span stands inside a sentence: then it is a keyword, whatever its class says."""
    if node.tag not in ("a", "span") or _UNSEEN_NAMES.search(node.get("class") or ""):
        return False
    before = node.getprevious()
    parent = node.getparent()
    lead = parent.text if before is None else before.tail
    if parent.tag in _LINES and size_of(lead) + size_of(node.tail) >= _SENTENCE_CHARS:
        return True
    line = next((above for above in node.iterancestors() if above.tag not in INLINE), None)
    return line is not None and line.tag in _LINES and _is_sentence_without(line, node, measures)


def _is_sentence_without(line: HtmlElement, node: HtmlElement, measures: Measures) -> bool:
    """Whether the line says more than its links and this element do."""
    around = measures.chars(line) - measures.linked(line) - (0 if measures.linked(node) else measures.chars(node))
    return around >= _LINE_CHARS and bool(SENTENCE_END.search(_text(line)))
