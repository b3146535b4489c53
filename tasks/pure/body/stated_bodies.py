"""The body that JSON-LD states: whether the text found lost much of it, and its paragraphs."""

import re
from collections.abc import Sequence

from tasks.pure.page.lines import PageLine
from tasks.pure.text.clean import joined_letters, letters_only

_STATED_CHARS = 500
_STATED_SHARE = 0.7
"""An extraction with less of the stated body than this has lost text; with more, the page's own is better
(shared/extract_bench/FINDINGS.md: as a rule JSON-LD's body is worse)."""
_NEARLY_ALL = 0.9
_LINE_KEY = 20
_HALVES_AT_LEAST = 200
_SENTENCE = re.compile(r"[.!?…。！？।؟]+")


def once(stated: str) -> str:
    """The stated body without its second half, where that says the first again."""
    whole = letters_only(stated)
    half = len(whole) // 2
    if half < _HALVES_AT_LEAST or whole[:half] != whole[-half:]:
        return stated
    middle = len(stated) // 2
    near = range(max(1, middle - 50), min(len(stated), middle + 50))
    cut = min(near, key=lambda place: (abs(len(letters_only(stated[:place])) - half), abs(place - middle)))
    return stated[:cut].strip()


def is_short_of(paragraphs: Sequence[str], stated: str | None) -> bool:
    """Whether the stated body holds much more of the same text: it is neither an excerpt (shorter) nor a dump of the
    page or another text (most of ours is not in it), and ours does not say nearly all of its sentences."""
    found = sum(map(len, paragraphs))
    if not stated or len(stated) < _STATED_CHARS or found >= _STATED_SHARE * len(stated):
        return False
    whole = letters_only(stated)
    shared = sum(len(text) for text in paragraphs if letters_only(text) in whole)
    return shared * 2 >= found and _said(stated, joined_letters(paragraphs)) < _NEARLY_ALL


def _said(stated: str, ours: str) -> float:
    """The share of the distinct lines of the stated body, of one line of its sentences, that `ours` holds, by
    letters."""
    lines = once(stated).split("\n")
    sentences = set(filter(None, map(letters_only, lines if len(lines) > 1 else _SENTENCE.split(stated))))
    letters = sum(map(len, sentences))
    return sum(len(one) for one in sentences if one in ours) / letters if letters else 0.0


def stated_paragraphs(stated: str, page: Sequence[PageLine]) -> list[str]:
    """The paragraphs of the stated body: its lines, or the page's, where it is one line that the page's make up."""
    own = [line for line in once(stated).split("\n") if line]
    if len(own) > 1:
        return own
    whole = joined_letters(own)
    shown = list(dict.fromkeys(line.text for line in page if len(line.key) >= _LINE_KEY and line.key in whole))
    return shown if len(joined_letters(shown)) >= _NEARLY_ALL * len(whole) else own
