"""The words of a line that begin with a capital, and what stands before each."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_LETTER = "A-Za-zªºÀ-ÖØ-öø-ʯͰ-Ͽἀ-῿Ѐ-ԯ԰-֏Ḁ-ỿ\u0300-\u036f"
"""Latin, Greek, Cyrillic and Armenian letters, and combining accents."""
_SCRIPTS = (range(0x250), range(0x370, 0x590), range(0x1E00, 0x2000))
_STOPS = frozenset(".!?…:;“\"»«„‚‘([|•·–—*'-")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|un|all|dall|dell|nell|sull)['’]", re.IGNORECASE)
_ELIDING = frozenset({"fr", "it", "ca", "oc"})
_APOSTROPHES = "'’"
_ENDINGS = {"en": re.compile("['’]s?$"), "tr": re.compile("['’].*$")}
"""The possessive; cases of a name in Turkish (`Ankara'da`)."""
_BLANKS = " \u00a0\u202f"
_BEFORE = 40
"""Characters before a word in which a title may stand."""


class Capital(NamedTuple):
    """A word from `start` to `end` of its line, without an elided article (`l’Ukraine`), an English possessive and a
    Turkish ending. `begins`: a sentence or a quotation may begin with it, so that its capital says nothing."""

    text: str
    start: int
    end: int
    begins: bool


@cache
def _capital() -> re.Pattern[str]:
    """`U.S.`, `O’Neill`, `Saint-Denis`, `al-Assad`, `AT&T`. Made at first use: looking through the characters takes a
    millisecond."""
    upper = "".join(re.escape(chr(code)) for codes in _SCRIPTS for code in codes if chr(code).isupper())
    return re.compile(
        rf"(?<![{_LETTER}0-9-])(?:(?:[A-ZА-ЯЄІЇ]{{1,2}}\.){{2,}}|(?:[ae]l-)?[{upper}][{_LETTER}0-9]*"
        rf"(?:['’ʼ\-‑&][{_LETTER}0-9]+)*)"
    )


def capitals(line: str, language: str) -> Iterator[Capital]:
    """In order."""
    ending = _ENDINGS.get(language)
    is_eliding = language in _ELIDING
    for match in _capital().finditer(line):
        text, start, end = match[0], match.start(), match.end()
        if is_eliding and (elided := _ELIDED.match(text)) and text[elided.end() :][:1].isupper():
            start += elided.end()
            text = text[elided.end() :]
        elif ending and ("'" in text or "’" in text):
            text = ending.sub("", text)
            end = start + len(text)
        yield Capital(text, start, end, _begins(line, start, is_eliding))


def _begins(line: str, start: int, is_eliding: bool) -> bool:
    if is_eliding and line[start - 1 : start] in ("'", "’") and line[start - 2 : start - 1].isalpha():
        return False
    before = line[max(0, start - 3) : start].rstrip(_BLANKS)
    return not before or before[-1] in _STOPS


def words_before(line: str, start: int) -> tuple[str, str]:
    """The last word before a place, and the last two with one blank, case folded; empty where anything but blanks
    stands between."""
    if line[start - 1 : start] not in (*_BLANKS,):
        return "", ""
    words = line[max(0, start - _BEFORE) : start].casefold().split()
    last = words[-1] if words else ""
    return last, " ".join(words[-2:])
