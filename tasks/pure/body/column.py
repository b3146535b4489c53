"""Finds the article's column: the element below the headline that holds the page's prose."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from lxml.html import HtmlElement

from tasks.pure.body.phrases import LABEL, READ_ALSO, is_call
from tasks.pure.page.lines import PageLine
from tasks.pure.text.clean import SENTENCE_END, joined_letters, letters_only

_PROSE_CHARS = 60
_COLUMN_CHARS = 300
_LINES_NEEDED = 3
_KEY_CHARS = 20
_END_LETTERS = 30
_HELD = 0.7
"""An extraction with less than this of the column's prose has lost text."""
_FOREIGN = 0.25
_LISTS = frozenset(("ul", "ol", "dl"))
_LAYOUT = frozenset(("body", "html", "table", "tbody", "tr"))
"""What stands in two parts of these are two texts: the columns of a page."""
_TIMES = 3
"""What is longer than this many times a text of several paragraphs is another list: a ticker, letters of readers."""
_FOOT_LINES = 3
_HEADINGS = ("h2", "h3", "h4", "h5")
_LINKED = 0.3


def restore_column(paragraphs: Sequence[str], page: Sequence[PageLine]) -> list[str]:
    """The paragraphs, or the column's lines where under 70 % of its prose was extracted: its lines and the paragraphs
    in the page's order where both stand below one element within the page; its lines alone where it stands nearer to
    the headline.

    The column is the element with most prose, three lines or more; a wrapper of one line counts as the line."""
    groups = _by_holder([line for line in page if _is_prose(line)])
    column = max(groups, key=lambda holder: _chars(groups[holder]), default=None)
    if column is None or len(groups[column]) < _LINES_NEEDED or _chars(groups[column]) < _COLUMN_CHARS:
        return list(paragraphs)
    whole = joined_letters(paragraphs)
    prose = groups[column]
    if _chars(line for line in prose if _is_held(line, whole)) >= _HELD * _chars(prose):
        return _without_foot(paragraphs, column, prose, page)
    taken = [line for line in page if len(line.key) >= _KEY_CHARS and _is_held(line, whole)]
    inside = _lines_inside(column, prose, page)
    if taken and _is_one_text(column, taken, groups):
        kept = {id(line) for line in (*taken, *(line for line in inside if _may_stay(line, whole)))}
        return [line.text for line in page if id(line) in kept and not _is_apart(line, column)]
    is_nearer = _is_nearer_to_the_headline(column, [line.node for line in taken])
    is_longer = sum(map(len, paragraphs)) < _chars(prose)
    return [line.text for line in inside if _may_stay(line, "")] if is_nearer and is_longer else list(paragraphs)


def _is_one_text(
    column: HtmlElement, taken: Sequence[PageLine], groups: Mapping[HtmlElement, Sequence[PageLine]]
) -> bool:
    """Whether the column and what was taken stand below one element that is not the page, and little else does."""
    around = [column, *column.iterancestors()]
    for above in around:
        if all(above in line.node.iterancestors() for line in taken):
            break
    else:
        return False
    if above.tag in _LAYOUT or _is_headed(column, groups[column][0]):
        return False
    if sum(map(_is_prose, taken)) >= _LINES_NEEDED and _chars(groups[column]) > _TIMES * _chars(taken):
        return False
    own = {id(line) for line in (*taken, *groups[column])}
    others = [line for lines in groups.values() for line in lines if id(line) not in own]
    foreign = [line for line in others if above in line.node.iterancestors() and not _is_apart(line, above)]
    return _chars(foreign) <= _FOREIGN * _chars([*taken, *groups[column]])


def _is_held(line: PageLine, whole: str) -> bool:
    """Whether the text holds the line, though a word inside it may have gone: a note's mark, a reading."""
    return line.key in whole or line.key[:_END_LETTERS] in whole or line.key[-_END_LETTERS:] in whole


def _is_headed(column: HtmlElement, first: PageLine) -> bool:
    """Whether a heading of its own opens the column: letters of readers, a programme."""
    for node in column.iterdescendants(*_HEADINGS, first.node.tag):
        if node is first.node:
            return False
        if node.tag in _HEADINGS:
            return True
    return False


def _without_foot(
    paragraphs: Sequence[str], column: HtmlElement, prose: Sequence[PageLine], page: Sequence[PageLine]
) -> list[str]:
    """The paragraphs without those of the page's foot: up to three lines behind the column, outside of what holds it
    and the headline, and less than half as long."""
    behind = page[page.index(prose[-1]) + 1 :]
    foot = [line for line in behind if _is_nearer_to_the_headline(column, [line.node])]
    gone = {line.key for line in foot if line.key in {letters_only(text) for text in paragraphs}}
    told = [line for line in foot if line.key in gone]
    if not told or len(told) > _FOOT_LINES or _chars(told) * 2 > _chars(prose) + _COLUMN_CHARS:
        return list(paragraphs)
    return [text for text in paragraphs if letters_only(text) not in gone]


def _is_apart(line: PageLine, column: HtmlElement) -> bool:
    """Whether the line stands in an article of its own, or beside the text, inside the column."""
    for above in line.node.iterancestors():
        if above is column:
            return False
        if above.tag in ("article", "aside"):
            return column in above.iterancestors()
    return False


def _by_holder(prose: Sequence[PageLine]) -> dict[HtmlElement, list[PageLine]]:
    found: dict[HtmlElement, list[PageLine]] = defaultdict(list)
    for line in prose:
        holder = _holder(line)
        if holder is not None and holder.tag not in _LISTS:
            found[holder].append(line)
    return found


def _holder(line: PageLine) -> HtmlElement | None:
    """The element around the line that holds more than the line."""
    for above in line.node.iterancestors():
        if sum(1 for child in above if isinstance(child.tag, str)) > 1:
            return above
    return None


def _is_prose(line: PageLine) -> bool:
    return (
        len(line.text) >= _PROSE_CHARS
        and line.linked <= _LINKED * len(line.text)
        and bool(SENTENCE_END.search(line.text))
        and not is_call(line.text)
    )


def _lines_inside(column: HtmlElement, prose: Sequence[PageLine], page: Sequence[PageLine]) -> list[PageLine]:
    """The lines of the column from its first line of prose to its last, with the headings above and the lines below
    that stand in a slot of its prose."""
    inside = [line for line in page if column in line.node.iterancestors() and not _is_apart(line, column)]
    places = {id(line): place for place, line in enumerate(inside)}
    prose = [line for line in prose if id(line) in places]
    slots = {line.slot for line in prose}
    first, last = places[id(prose[0])], places[id(prose[-1])]
    while first and inside[first - 1].node.tag in _HEADINGS:
        first -= 1
    while last + 1 < len(inside) and inside[last + 1].slot in slots:
        last += 1
    return inside[first : last + 1]


def _may_stay(line: PageLine, whole: str) -> bool:
    if line.key in whole:
        return True
    is_linked = line.linked > _LINKED * len(line.text)
    return not (is_linked or LABEL.match(line.text) or READ_ALSO.match(line.text) or is_call(line.text))


def _chars(lines: Iterable[PageLine]) -> int:
    return sum(len(line.text) for line in lines)


def _is_nearer_to_the_headline(column: HtmlElement, taken: Collection[HtmlElement]) -> bool:
    headline = next(column.getroottree().getroot().iter("h1"), None)
    if headline is None:
        return False
    above = [*headline.iterancestors()]
    return _distance(column, above) < min((_distance(node, above) for node in taken), default=len(above))


def _distance(node: HtmlElement, above: Sequence[HtmlElement]) -> int:
    """How many elements above the headline the first is that holds the node, too."""
    around = {node, *node.iterancestors()}
    return next((place for place, one in enumerate(above) if one in around), len(above))
