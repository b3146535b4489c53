"""The words of a text as stories and copies compare them: case folded; character pairs in scripts without spaces."""

import re
from functools import cache
from unicodedata import category, normalize

from schemas.items.unspaced_scripts import UNSPACED


@cache
def _word() -> re.Pattern[str]:
    """Made at first use: looking through the characters takes 20 ms."""
    letters = f"(?:[^\\W_]|[{_marks()}])+"
    return re.compile(f"{letters}(?:'{letters})?")


def _marks() -> str:
    """The combining marks as ranges of a character class: to Python's `\\w` a vowel sign of Devanagari or Thai ends
    a word."""
    found = [code for code in range(0x300, _MARKS_END) if category(chr(code)) in ("Mn", "Mc")]
    first = [code for code in found if category(chr(code - 1)) not in ("Mn", "Mc")]
    last = [code for code in found if category(chr(code + 1)) not in ("Mn", "Mc")]
    return "".join(f"{chr(one)}-{chr(other)}" for one, other in zip(first, last, strict=True))


_RUN = re.compile(f"({UNSPACED.pattern}+)")
_POSSESSIVE = "'s"
_ASCII_WORD = re.compile("[a-z0-9]+(?:'[a-z0-9]+)?")
"""Takes a quarter of the time that the expression for every script takes."""
_PUNCTUATION = dict.fromkeys(map(ord, "‘“”„–—…•€£"))
_MARKS_END = 0x1F000
"""Behind it only variation selectors combine."""


def words(text: str) -> list[str]:
    """In order, in NFKC. A run of a script without spaces (`schemas.items.unspaced_scripts`) gives its overlapping
    character pairs, a run of one character that character. The English possessive is left out."""
    folded = normalize("NFKC", text).casefold().replace("’", "'")
    if folded.translate(_PUNCTUATION).isascii():
        return [word[:-2] if word.endswith(_POSSESSIVE) else word for word in _ASCII_WORD.findall(folded)]
    found: list[str] = []
    for word in _word().findall(folded):
        if not word.isascii() and UNSPACED.search(word):
            for place, part in enumerate(_RUN.split(word)):
                found += pairs(part) if place % 2 else [part] if part else []
        else:
            found.append(word[:-2] if word.endswith(_POSSESSIVE) else word)
    return found


def pairs(run: str) -> list[str]:
    """The overlapping character pairs of a run; a single character is a pair of its own."""
    return [run[place : place + 2] for place in range(max(1, len(run) - 1))]


def is_pair(word: str) -> bool:
    """Whether `words` cut it out of a run of a script without spaces."""
    return len(word) <= 2 and UNSPACED.match(word) is not None
