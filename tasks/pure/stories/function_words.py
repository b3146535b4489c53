"""The commonest words of a language, which say nothing about a story: a new warehouse has not counted any yet."""

import pkgutil
from functools import cache

from babel import Locale, UnknownLocaleError

from tasks.pure.stories.words import words

WORDS_AT_MOST = 150
"""The lists are by frequency; words behind these are of subjects, too."""
_OTHER_NAMES = {"no": "Norwegian_Bokmal", "nb": "Norwegian_Bokmal", "tl": "Tagalog", "fil": "Tagalog"}


@cache
def function_words(language: str | None) -> frozenset[str]:
    """The commonest words of the language (BCP 47: `de-AT` is `de`), as `words` gives them, from the lists of the
    package justext, which are made of Wikipedia; empty where the language is None or has no list."""
    name = _name_of((language or "").partition("-")[0].lower())
    try:
        listed = pkgutil.get_data("justext", f"stoplists/{name}.txt") if name else None
    except FileNotFoundError:
        listed = None
    if listed is None:
        return frozenset()
    lines = [line for line in listed.decode("utf-8").splitlines() if line.strip()]
    return frozenset(word for line in lines[:WORDS_AT_MOST] for word in words(line))


def _name_of(language: str) -> str | None:
    """The language's English name, as the lists are named; None: not a language that is known."""
    if not language.isalpha():
        return None
    try:
        english = Locale(language).english_name
    except (UnknownLocaleError, ValueError):
        return None
    return _OTHER_NAMES.get(language) or (english or "").replace(" ", "_") or None
