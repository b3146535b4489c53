"""The passage of a text that is shown for a hit, with its marks."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from html import escape

from schemas.history.search import Passage, WantedTerms
from tasks.pure.search.terms import TermPlace, places
from tasks.pure.text.escaping import safe_line

CHARS = 200
_AHEAD = 40
"""So many characters are shown before the first mark, if there is room."""
_SCANNED_CHARS = 100_000
"""Of a longer text only so many are looked through."""


def passage(text: str, wanted: Iterable[WantedTerms], chars: int = CHARS) -> Passage:
    """The piece of the text in which most different words of the query stand, at most `chars` long; the beginning
    where none does. White space is one space, control characters are U+FFFD."""
    line = safe_line(text[:_SCANNED_CHARS])
    found = _found(line, tuple(dict.fromkeys(wanted)))
    start = _best_start(found, chars)
    start, end = _whole_words(line, start, min(len(line), start + chars))
    before, after = "…" if start else "", "…" if end < len(line) else ""
    shift = len(before) - start
    inside = [(first + shift, last + shift) for _, first, last in found if start <= first and last <= end]
    return Passage(text=before + line[start:end] + after, marks=_merged(inside))


def marked_html(piece: Passage) -> str:
    """The passage for a page: all of it escaped, then `<mark>` round each mark."""
    parts, place = [], 0
    for start, end in piece.marks:
        parts += [escape(piece.text[place:start]), "<mark>", escape(piece.text[start:end]), "</mark>"]
        place = end
    return "".join([*parts, escape(piece.text[place:])])


def _found(line: str, wanted: Sequence[WantedTerms]) -> list[tuple[int, int, int]]:
    """(which of `wanted`, start, end) in order of their starts."""
    all_places = list(places(line))
    first = {number: each.terms[0] for number, each in enumerate(wanted)}
    found: list[tuple[int, int, int]] = []
    for at, place in enumerate(all_places):
        for number, term in first.items():
            if place.term[0] != term[0] and not place.variants:
                continue
            if end := _end_of(wanted[number], all_places, at):
                found.append((number, place.start, end))
    return found


def _end_of(wanted: WantedTerms, all_places: Sequence[TermPlace], at: int) -> int:
    """Where the wanted terms end that begin with the place; 0: they do not stand there."""
    last = len(wanted.terms) - 1
    if at + last >= len(all_places):
        return 0
    for offset, term in enumerate(wanted.terms):
        place = all_places[at + offset]
        is_begun = wanted.is_begun and offset == last
        if not (
            place.term.startswith(term) if is_begun else place.term == term or (not last and term in place.variants)
        ):
            return 0
    end = all_places[at + last]
    return end.start + len(wanted.terms[last]) if wanted.is_begun and len(wanted.terms[last]) == 1 else end.end


def _best_start(found: Sequence[tuple[int, int, int]], chars: int) -> int:
    """The start of the window with most different words, then with most marks; the earliest of equal ones."""
    starts = [start for _, start, _ in found]
    best, most = 0, (0, 0)
    for at, (_, start, _) in enumerate(found):
        inside = found[at : bisect_left(starts, start + chars - _AHEAD)]
        worth = (len({number for number, _, _ in inside}), len(inside))
        if worth > most:
            best, most = max(0, start - _AHEAD), worth
    return best


def _whole_words(line: str, start: int, end: int) -> tuple[int, int]:
    """The window without the halves of words at its ends, where there is a space near."""
    if start and (space := line.find(" ", start, start + _AHEAD)) >= 0:
        start = space + 1
    if end < len(line) and (space := line.rfind(" ", max(start, end - _AHEAD), end)) > start:
        end = space
    return start, end


def _merged(marks: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
