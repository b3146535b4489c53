"""The terms of a text, for the index and for queries alike.

NFKC, case folded. Scripts without spaces and Hangul are written as their overlapping character pairs, so that a word
of two characters is found within a run: all of 1,914 words of a trial in Thai, Japanese, Korean and Chinese, of which
an index of whole runs found 155. An Arabic word is found without the particles that are written on to it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

from schemas.items.unspaced_scripts import UNSPACED

VERSION = 1
"""Of these rules. An index that was made by others is made anew."""
_PAIRED = UNSPACED.pattern.removesuffix("]") + "\uac00-\ud7a3]"
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83"
    "\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83"
    "\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d81-\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f18-\u0f39\u0f71-\u0fbc\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u1dc0-\u1dff"
    "\u20d0-\u20f0"
)
"""Combining marks: to Python's `\\w` a vowel sign of Devanagari or Thai ends a word."""
_WORD = re.compile(f"(?:[^\\W_]|[{_MARKS}])+")
_RUN = re.compile(f"((?:{_PAIRED}|(?<={_PAIRED})[{_MARKS}])+)")
_ASCII = {code: (chr(code).lower() if chr(code).isalnum() else " ") for code in range(128)}
_WITHOUT_MARKS = re.compile("[\u0041-\u024f\u0370-\u03ff\u0590-\u06ff\u1e00-\u1fff]")
"""Latin, Greek, Hebrew and Arabic are written with and without their marks; in other scripts a mark makes another
letter."""
_STRUCK = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart, as people without their keys write them."""
_ARABIC = re.compile("[\u0621-\u064a]+")
_AND, _TO, _THE = ("و", "ف"), ("ب", "ل", "ك"), "ال"
_STEM_CHARS = 3


class TermPlace(NamedTuple):
    """A term, and the characters of the text that it is made of. `variants`: see `stems`."""

    term: str
    start: int
    end: int
    variants: tuple[str, ...] = ()


def index_text(text: str) -> str:
    """The terms of a text in order, between spaces. Behind the pairs of a run stands its last character, so that each
    character begins a term."""
    if text.isascii():
        return text.translate(_ASCII)
    return " ".join(term for word in _WORD.findall(_folded(text)) for term in _word_terms(word))


def stem_text(text: str) -> str:
    """The other forms under which Arabic words of the text are found, between spaces; empty for other scripts."""
    if not _ARABIC.search(text):
        return ""
    return " ".join(stem for word in _WORD.findall(_folded(text)) for stem in stems("".join(_word_terms(word))))


def query_terms(text: str) -> tuple[tuple[str, ...], bool]:
    """The terms that stand one behind the other where an index has this text, and whether the last is a beginning: a
    single character of a run is one. No term for a text without letters and digits."""
    found: list[str] = []
    is_begun = False
    for word in _WORD.findall(_folded(text)):
        terms = _word_terms(word)
        found += terms
        is_begun = _is_paired(terms[-1]) if terms else is_begun
    if is_begun and len(found) > 1 and _ends_run(found):
        return tuple(found[:-1]), False
    return tuple(found), is_begun


def places(text: str) -> Iterator[TermPlace]:
    """The terms of `index_text` with their places in the text as it is written."""
    for match in _WORD.finditer(text):
        folded = _folded(match[0])
        if folded.isascii() or len(folded) != len(match[0]):  # Else the characters are those of the terms one by one.
            terms = _word_terms(folded)
            yield from (TermPlace(term, match.start(), match.end(), stems(term)) for term in terms)
            continue
        start = match.start()
        for number, part in enumerate(_RUN.split(folded)):
            if number % 2:
                yield from (
                    TermPlace(part[at : at + 2], start + at, start + min(at + 2, len(part)))
                    for at in range(len(part))
                )
            elif part:
                yield from (TermPlace(term, start, start + len(part), stems(term)) for term in _word_terms(part))
            start += len(part)


@lru_cache(maxsize=1 << 16)
def stems(word: str) -> tuple[str, ...]:
    """The Arabic word without the particles "and", "in", "to", "as" and the article that are written on to it (light
    stemming: Larkey, Ballesteros and Connell, SIGIR 2002), each step of the way; none for other words."""
    if not _ARABIC.fullmatch(word):
        return ()
    found: list[str] = []
    rest = word
    for particles in (_AND, _TO):
        if rest.startswith("لل") and particles is _TO:
            found += [_THE + rest[2:], rest[2:]]
            rest = _THE + rest[2:]
        elif rest.startswith(particles):
            rest = rest[1:]
            found.append(rest)
    if rest.startswith(_THE):
        found.append(rest[len(_THE) :])
    return tuple(dict.fromkeys(each for each in found if len(each) >= _STEM_CHARS and each != word))


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else normalize("NFKC", text).casefold()


@lru_cache(maxsize=1 << 17)
def _word_terms(word: str) -> tuple[str, ...]:
    """The terms of one folded word."""
    if word.isascii():
        return (word,)
    found: list[str] = []
    for number, part in enumerate(_RUN.split(word)):
        if number % 2:
            found += [part[place : place + 2] for place in range(len(part))]
        elif plain := _without_marks(part):
            found.append(plain)
    return tuple(found)


def _without_marks(word: str) -> str:
    if not _WITHOUT_MARKS.search(word):
        return word.replace("ё", "е")
    taken_apart = normalize("NFKD", word).replace("ـ", "")
    kept: list[str] = []
    for char in taken_apart:
        if category(char) != "Mn" or (kept and not _WITHOUT_MARKS.match(kept[-1])):
            kept.append(char)
    return normalize("NFC", "".join(kept).translate(_STRUCK))


def _is_paired(term: str) -> bool:
    return len(term) == 1 and re.match(_PAIRED, term) is not None


def _ends_run(terms: list[str]) -> bool:
    """Whether the last term is the last character of the pair before it."""
    return len(terms[-2]) == 2 and terms[-2][1] == terms[-1] and re.match(_PAIRED, terms[-2]) is not None
