"""Rescues: what an extraction lost of the text, and where it is doubtful, what else on the page may be the text."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import groupby, pairwise

from lxml.html import HtmlElement

from tasks.pure.body.stated_bodies import is_short_of, stated_paragraphs
from tasks.pure.page.lines import PageLine
from tasks.pure.text.clean import SENTENCE_END, joined_letters, letters_only

_SLOT_CHARS = 500
_SLOT_TIMES = 3
_LINE_CHARS = 40
_LOST_CHARS = 60
_BROTHERS_NEEDED = 3
_ITEMS_NEEDED = 2
_SENTENCES_NEEDED = 3
_FEW_CHARS = 400
_SUBHEADINGS = ("h2", "h3", "h4")


def in_page_order(paragraphs: Sequence[str], page: Sequence[PageLine]) -> list[str]:
    """The paragraphs in the page's order. One that the page has twice, or not as a line of its own, stays behind the
    one above it."""
    keys = [letters_only(text) for text in paragraphs]
    times, own = Counter(line.key for line in page), Counter(keys)
    places = {line.key: place for place, line in enumerate(page) if times[line.key] == 1}
    found = [places.get(key) if own[key] == 1 else None for key in keys]
    known = [place for place in found if place is not None]
    if known == sorted(known):
        return list(paragraphs)
    order, last = [], -1
    for place in found:
        last = last if place is None else place
        order.append(last)
    return [paragraphs[index] for index in sorted(range(len(order)), key=order.__getitem__)]


def restore_brothers(paragraphs: Sequence[str], page: Sequence[PageLine], known: Collection[str] = ()) -> list[str]:
    """The paragraphs with their lost brothers put back in the page's order.

    A brother is a `p` of at least 60 characters, half of them outside of links, in a slot that gave
    three extracted paragraphs or more, or in one of `known` slots, which hold text on other pages of the
    site; what stands above the first or below the last of these is not.
    """
    places = {letters_only(text): place for place, text in reversed(list(enumerate(paragraphs)))}
    found = [places.get(line.key) for line in page]
    slots = Counter(
        line.slot for line, place in zip(page, found, strict=True) if place is not None and line.node.tag == "p"
    )
    whole = joined_letters(paragraphs)
    inserted: dict[int, list[str]] = {}
    last = -1
    for line, place in zip(page, found, strict=True):
        last = place if place is not None else last
        is_brother = slots[line.slot] >= _BROTHERS_NEEDED or line.slot in known
        if place is None and last >= 0 and is_brother and _is_lost(line, whole):
            inserted.setdefault(last, []).append(line.text)
    return [text for place, paragraph in enumerate(paragraphs) for text in (paragraph, *inserted.get(place, ()))]


def restore_between(paragraphs: Sequence[str], page: Sequence[PageLine]) -> list[str]:
    """The paragraphs with lost subheadings and sentences put back between two that follow each other in the text.

    A subheading, mostly no link, stands in one element with both, and the lower is a `p` of 60 characters. A
    sentence is a `p` of any length that does not open with a link, in the slot of a neighbour or in one element
    with both.
    """
    places = {letters_only(text): place for place, text in enumerate(paragraphs)}
    whole = joined_letters(paragraphs)
    lost: dict[int, str] = {}
    for above, line, below in zip(page, page[1:], page[2:], strict=False):
        place = places.get(below.key, 0)
        is_between = place > 0 and places.get(above.key) == place - 1
        if is_between and (_heads(above, line, below) or _goes_on(above, line, below)) and line.key not in whole:
            lost[place] = line.text
    return [
        text
        for place, paragraph in enumerate(paragraphs)
        for text in (*([lost[place]] if place in lost else ()), paragraph)
    ]


def restore_lists(paragraphs: Sequence[str], page: Sequence[PageLine]) -> list[str]:
    """The paragraphs with the lost lists put back that stand in one element with paragraphs of the text: next to
    one, of two items or more, under a third of them links, none of them in the text. A list whose items open with a
    link is of other articles, each with its first sentences."""
    places = {letters_only(text): place for place, text in reversed(list(enumerate(paragraphs)))}
    whole = joined_letters(paragraphs)
    parents = {line.node.getparent() for line in page if line.key in places and line.node.tag == "p"}
    lost: dict[int, list[str]] = {}
    last = -1
    for lines_of_list, run in groupby(page, _list_of):
        lines = list(run)
        known = [places[line.key] for line in lines if line.key in places]
        if (
            lines_of_list is not None
            and lines_of_list.getparent() in parents
            and _is_lost_list(lines, whole, last < 0)
        ):
            lost.setdefault(last, []).extend(line.text for line in lines)
        last = known[-1] if known else last
    first = lost.get(-1, ())
    return [*first, *(text for place, told in enumerate(paragraphs) for text in (told, *lost.get(place, ())))]


def _list_of(line: PageLine) -> HtmlElement | None:
    """The outermost list around a line."""
    return next(reversed(list(line.node.iterancestors("ul", "ol", "dl"))), None)


def _is_lost_list(lines: Sequence[PageLine], whole: str, is_first: bool) -> bool:
    chars, linked = sum(len(line.text) for line in lines), sum(line.linked for line in lines)
    return (
        len(lines) >= _ITEMS_NEEDED
        and (linked * 3 < chars and not (is_first and linked))
        and chars >= _LINE_CHARS
        and all(line.key not in whole for line in lines)
        and sum(map(_opens_with_a_link, lines)) * 2 < len(lines)
    )


def _opens_with_a_link(line: PageLine) -> bool:
    """Whether nothing of the line stands before its first link."""
    for node in line.node.iter():
        if node.tag == "a":
            return True
        if (node.text or "").strip():
            return False
    return False


def restore_first(paragraphs: Sequence[str], page: Sequence[PageLine]) -> list[str]:
    """The paragraphs with the one above them, where that was lost: a sentence, a `p` of 60 characters as above,
    right above the first and in its slot."""
    first, whole = letters_only(next(iter(paragraphs), "")), joined_letters(paragraphs)
    lost = (line for line, below in pairwise(page) if below.key == first and line.slot == below.slot)
    return [*(line.text for line in lost if _is_lost(line, whole) and _is_sentence(line)), *paragraphs]


def _is_lost(line: PageLine, whole: str) -> bool:
    return (
        line.node.tag == "p"
        and len(line.text) >= _LOST_CHARS
        and line.linked * 2 < len(line.text)
        and line.key not in whole
    )


def _heads(above: PageLine, line: PageLine, below: PageLine) -> bool:
    is_above_text = below.node.tag == "p" and len(below.text) >= _LOST_CHARS and _is_one_element(above, line, below)
    return line.node.tag in _SUBHEADINGS and is_above_text and line.linked * 2 < len(line.text)


def _goes_on(above: PageLine, line: PageLine, below: PageLine) -> bool:
    is_opened = line.node.tag == "p" and bool((line.node.text or "").strip())
    is_beside = line.slot in (above.slot, below.slot) or _is_one_element(above, line, below)
    return is_opened and is_beside and _is_sentence(line)


def _is_sentence(line: PageLine) -> bool:
    return bool(SENTENCE_END.search(line.text))


def _is_one_element(above: PageLine, line: PageLine, below: PageLine) -> bool:
    parent = line.node.getparent()
    return above.node.getparent() is parent and below.node.getparent() is parent


def rescue(
    paragraphs: Sequence[str], page: Sequence[PageLine], stated_body: str | None, selected: Sequence[str]
) -> list[str]:
    """The paragraphs, or what must replace them: JSON-LD's body where it holds much more of the same
    text, else the one template slot that holds three times as much text as was extracted. `selected`: those of the
    paragraphs that trafilatura selected itself, without the lead and the lists put back to them."""
    found = sum(map(len, paragraphs))
    if stated_body and is_short_of(paragraphs, stated_body):
        return stated_paragraphs(stated_body, page)
    slot = _fullest_slot(page)
    is_longer = sum(map(len, slot)) > max(_SLOT_CHARS, _SLOT_TIMES * found)
    return slot if is_longer and _may_replace(slot, selected) else list(paragraphs)


def _may_replace(slot: Sequence[str], paragraphs: Sequence[str]) -> bool:
    """Whether the slot holds most of what was extracted, or that is no text of several sentences: letters of readers
    and programmes are longer than many an article."""
    whole = joined_letters(slot)
    shared = sum(len(text) for text in paragraphs if letters_only(text) in whole)
    sentences = sum(len(text) >= _LOST_CHARS and bool(SENTENCE_END.search(text)) for text in paragraphs)
    chars = sum(map(len, paragraphs))
    return shared * 2 >= chars or not sentences or (sentences < _SENTENCES_NEEDED and chars < _FEW_CHARS)


def _fullest_slot(page: Sequence[PageLine]) -> list[str]:
    slots: dict[str, list[str]] = defaultdict(list)
    for line in page:
        is_line = line.node.tag == "p" or (line.node.tag == "div" and _is_sentence(line))
        if is_line and len(line.text) >= _LINE_CHARS:
            slots[line.slot].append(line.text)
    return max(slots.values(), key=lambda texts: sum(map(len, texts)), default=[])
