"""Titles that are, as a whole, those of challenge, log-in, error or consent pages."""

import re
from collections.abc import Iterable
from functools import cache

from tasks.pure.article.labels.phrase import fold
from tasks.pure.article.labels.phrase_book import FoundPhrase, PhraseBook, phrase_book

_APART = re.compile(r"\s+[|–—·•»«-]+\s+|\s*[|»]\s*")
_EDGES = " .…!?¡¿:;,-–—~\"'“”«»()[]！？。，、："
_STOP = re.compile(r"\s*[:.!：。！]\s*")
_NAME_WORDS = 5
_NAME_CHARS = 24
_CODE = r"(?:404|410)"


def whole_title(name: str, heads: Iterable[str]) -> str | None:
    """The first of the heads as evidence, if a phrase of the list is the whole of it, or the whole of a part beside
    at most five words of another part (the outlet's name): `Page not found | The Courier`, but not `404 new cases of
    flu`. In the list `soft_404.titles` a number 404 or 410 beside words of error pages counts, too."""
    for head in heads:
        found = _whole(name, head)
        if found:
            return FoundPhrase(head, found.language).at("title")
    return None


def _whole(name: str, head: str) -> FoundPhrase | None:
    book = phrase_book()
    parts = [part for each in _APART.split(head) if (part := each.strip(_EDGES))]
    told = [_all_of(book, name, part) for part in parts]
    named = [part for part, said in zip(parts, told, strict=True) if not said]
    return next((said for said in told if said), None) if all(map(_may_be_a_name, named)) else None


def _may_be_a_name(part: str) -> bool:
    return len(part.split()) <= _NAME_WORDS and (" " in part or len(part) <= _NAME_CHARS)


def _all_of(book: PhraseBook, name: str, part: str) -> FoundPhrase | None:
    """The phrase that is the whole of the part, or of each piece of it (`Error 404: page not found`)."""
    if said := _one_of(book, name, part):
        return said
    pieces = [piece for each in _STOP.split(_without_openings(part)) if (piece := each.strip(_EDGES))]
    found = [_one_of(book, name, piece) for piece in pieces]
    return found[0] if len(found) > 1 and all(found) else None


def _one_of(book: PhraseBook, name: str, text: str) -> FoundPhrase | None:
    if said := book.whole(name, text) or book.whole(name, _without_openings(text)):
        return said
    is_number = name == "soft_404.titles" and _error_number().fullmatch(fold(text))
    return FoundPhrase(text, "any") if is_number else None


def _without_openings(part: str) -> str:
    """The part without the apology before it (`Oops! Page not found`)."""
    return _openings().sub("", part).strip(_EDGES)


@cache
def _openings() -> re.Pattern[str]:
    words = sorted((one.text for one in phrase_book().of("soft_404.openings")), key=len, reverse=True)
    return re.compile(rf"^(?:(?:{'|'.join(map(re.escape, words))})(?:[\s!.,…:;！，、。-]+))+", re.IGNORECASE)


@cache
def _error_number() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(one.text)) for one in phrase_book().of("soft_404.error_words"))
    return re.compile(rf"(?:http )?(?:status )?(?:(?:{words})[ :#-]*)*{_CODE}(?:[ :,.-]*(?:{words}))*")
