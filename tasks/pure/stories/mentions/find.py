"""Finds what a text mentions, and counts it. What cannot be told is left out: no kind is guessed, and words that may
be common ones are no name."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import normalize

from schemas.items.mention import MENTIONS_AT_MOST, Mention, MentionKind, StoredWords
from tasks.pure.stories.mentions.capital_runs import FORM_FIRST, NameRun, names_in
from tasks.pure.stories.mentions.gazetteer import Gazetteer, gazetteer, spelling
from tasks.pure.stories.mentions.no_capitals import spotted
from tasks.pure.stories.mentions.quantities import quantities
from tasks.pure.stories.mentions.signs import NameSigns, signs

CHARACTERS = 6_000
"""Of a body that are read: a thousand words. What comes behind is background more often than news."""
_NO_CAPITALS = frozenset(
    [
        "ar",
        "fa",
        "ur",
        "he",
        "yi",
        "ps",
        "ckb",
        "ug",
        "sd",
        "hi",
        "mr",
        "ne",
        "bn",
        "pa",
        "gu",
        "or",
        "as",
        "ta",
        "te",
        "kn",
        "ml",
        "si",
        "th",
        "lo",
        "km",
        "my",
        "ja",
        "zh",
        "ko",
        "ka",
        "am",
        "ti",
        "dv",
        "bo",
    ]
)
"""Languages (ISO 639) whose scripts have no capitals, or whose texts use none."""
_QUOTES = dict.fromkeys(map(ord, '«»„“”"'))
_TITLED_AT_MOST = 4
"""Words of a person's name."""


class _Spot(NamedTuple):
    text: str
    name: str
    kind: MentionKind


class _Counted:
    """What was found of one name so far."""

    __slots__ = ("count", "is_city", "kinds", "text")

    def __init__(self, text: str) -> None:
        self.text, self.count = text, 0
        self.kinds: set[MentionKind] = set()
        self.is_city = False


def mentions_in(title: str, body: str, language: str | None) -> tuple[Mention, ...]:
    """The names and quantities of title and body, those of the title first, then the most frequent, then the first;
    `MENTIONS_AT_MOST` at most. `language`: ISO 639 code of the text; None: unknown, and nothing is told."""
    if language is None:
        return ()
    read = body[:CHARACTERS]
    counted: dict[str, _Counted] = {}
    for spot in _spots(title, read, language):
        its = counted.setdefault(spot.name, _Counted(spot.text))
        its.count += 1
        its.kinds.add(spot.kind)
    _settle_family_names(counted, gazetteer(language))
    said = _plain(title)
    found = [
        Mention(its.text, name, _kind(its.kinds), its.count, _is_said(its.text, said))
        for name, its in counted.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.in_title, -one.times))[:MENTIONS_AT_MOST])


def mentions_of_stored(texts: Iterable[StoredWords]) -> list[tuple[Mention, ...]]:
    """What each stored version mentions, in their order."""
    return [mentions_in(one.title, one.body, one.language) for one in texts]


def _spots(title: str, body: str, language: str) -> Iterator[_Spot]:
    known, its = gazetteer(language), signs(language)
    lines = [title, *body.split("\n")]
    for text in (title, body):
        for one in quantities(text, language):
            yield _Spot(one.text, one.name, MentionKind.NUMBER)
    if language in _NO_CAPITALS:
        for text in (title, body):
            yield from (_Spot(*spot) for spot in spotted(text, known, language, its))
    if language in FORM_FIRST:
        for text in (title, body):
            yield from _quoted_companies(text, its)
    # The Latin words with a capital in a Japanese text are names or acronyms, too.
    is_foreign = language in _NO_CAPITALS
    for run in names_in(lines, "en" if is_foreign else language, known, is_foreign):
        yield _named(run, known, its)


def _quoted_companies(text: str, its: NameSigns) -> Iterator[_Spot]:
    """`ТОВ «Північ»`."""
    forms = "|".join(map(re.escape, its.legal))
    for match in re.finditer(rf"(?<!\w)(?i:{forms})\s?[«„“\"]([^«»„“”\"\n]{{2,60}})[»“”\"]", text):
        yield _Spot(match[0], _plain(match[0].translate(_QUOTES)), MentionKind.ORGANISATION)


def _named(run: NameRun, known: Gazetteer, its: NameSigns) -> _Spot:
    text = run.text
    entry = known.known.get(spelling(text)) or known.known.get(text.replace(".", ""))
    if entry and not (run.is_titled and entry.is_city):
        return _Spot(text, entry.name, entry.kind)
    words = [word.casefold().rstrip(".") for word in text.split()]
    kind = MentionKind.NAME
    if len(words) > 1 and (its.organisations.intersection(words) or its.legal.intersection((words[0], words[-1]))):
        kind = MentionKind.ORGANISATION
    elif run.is_titled and len(words) <= _TITLED_AT_MOST and not text.isupper():
        kind = MentionKind.PERSON
    return _Spot(text, _plain(text), kind)


def _settle_family_names(counted: dict[str, _Counted], known: Gazetteer) -> None:
    """A city's name that is also a part of a person's in this text may be the person."""
    parts = {
        part
        for name, its in counted.items()
        if MentionKind.PERSON in its.kinds
        for part in its.text.split()
        if part != its.text
    }
    for its in counted.values():
        entry = known.known.get(spelling(its.text))
        if entry and entry.is_city and its.text in parts:
            its.kinds.add(MentionKind.PERSON)


def _kind(kinds: set[MentionKind]) -> MentionKind:
    told = kinds - {MentionKind.NAME}
    return told.pop() if len(told) == 1 else MentionKind.NAME


def _plain(text: str) -> str:
    folded = text if text.isascii() else normalize("NFKC", text)
    return " ".join(folded.casefold().replace("’", "'").split())


def _is_said(text: str, said: str) -> bool:
    """Whether the title has it: as a word of its own in scripts with spaces."""
    plain = _plain(text)
    place = said.find(plain)
    while place >= 0:
        before, after = said[place - 1 : place], said[place + len(plain) : place + len(plain) + 1]
        if not _is_letter_beside(plain[0], before) and not _is_letter_beside(plain[-1], after):
            return True
        place = said.find(plain, place + 1)
    return False


def _is_letter_beside(edge: str, beside: str) -> bool:
    return bool(beside) and beside.isalnum() and edge.isalnum() and edge.islower() and beside.islower()
