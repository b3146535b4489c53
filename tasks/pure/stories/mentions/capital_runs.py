"""Names in scripts with capitals: runs of words that have a capital where a common word has none."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from tasks.pure.stories.function_words import function_words
from tasks.pure.stories.mentions.gazetteer import Gazetteer, spelling
from tasks.pure.stories.mentions.signs import NameSigns, signs
from tasks.pure.stories.mentions.words import Capital, capitals, words_before

CAPITAL_NOUNS = frozenset({"de", "lb", "gsw", "nds", "ksh"})
"""Languages that write every noun with a capital: a single word is no name for that, a run of two or more is."""
WORDS_AT_MOST = 6
_PARTICLES = frozenset({"von", "van", "de", "du", "del", "bin", "ibn", "bint", "al"})
_PARTICLES_OF = {
    "en": frozenset({"of"}),
    **dict.fromkeys(
        ("fr", "es", "it", "pt", "ca", "gl", "oc", "ro"),
        frozenset({"della", "delle", "dei", "degli", "di", "da", "do", "dos", "das", "des"}),
    ),
}
_INNER_PARTICLES = frozenset({"der", "den", "la", "las", "los", "le"})
"""Articles of a name behind another particle only: `Ursula von der Leyen`."""
FORM_FIRST = frozenset({"uk", "ru", "be", "bg"})
"""Languages in which the legal form of a company stands before its name, which is in quotes."""
_CAPITAL_TITLES = frozenset({"en"})
"""Languages that write a title before a name with a capital: `a major European bank` has none."""
_BETWEEN_AT_MOST = 2
"""Particles in a row: `Ursula von der Leyen`."""
_HEADLINE_WORDS = 4
"""A line of so many words of which only the commonest have no capital is a headline: its capitals say nothing."""
_HEADLINE_CHARACTERS = 200
_GAP = 16
"""Characters of the particles between two words."""
_PHRASE = 60
"""Characters of a known name of several words."""
_JOINTS = (" ", "\u00a0", "\u202f")
_ENDS = ".,;:!?…”“\"»«)(’'"
_SHORT = 3
"""Letters of a word that may be a common one in a language of which no list is known."""


class NameRun(NamedTuple):
    """A name as it is written, words joined by one blank. `is_titled`: a title stands before it."""

    text: str
    is_titled: bool = False


class _Open(NamedTuple):
    words: Sequence[str]
    text: str
    begins: bool
    is_titled: bool


class _Told(NamedTuple):
    """What the text tells: runs and first words of runs within sentences, and all its words."""

    runs: set[str]
    firsts: set[str]
    text: str
    known: Gazetteer


def names_in(lines: Iterable[str], language: str, known: Gazetteer, is_foreign: bool = False) -> list[NameRun]:
    """The names of the lines, in order and as often as they are there. What only begins sentences is left out, unless
    it is an acronym, a company with its legal form, or known, or another place of the text has it. `is_foreign`: the
    lines are in a script without capitals, so that a capital in them always tells a name."""
    lines = list(lines)
    runs = [
        run
        for line in lines
        if is_foreign or not _is_headline(line, language)
        for run in _runs(line, language, known)
    ]
    if is_foreign:
        return _named(runs, language, known)
    certain = {run.text for run in runs if not run.begins}
    firsts = {run.words[0] for run in runs if not run.begins} if language not in CAPITAL_NOUNS else set()
    told = _Told(certain, firsts, "\n".join(lines), known)
    return _named([_sure(run, told, language) if run.begins else run for run in runs], language, known)


def _sure(run: _Open, told: _Told, language: str) -> _Open:
    words = _certain(run, told, language)
    return run._replace(words=words, text=" ".join(words) if len(words) < len(run.words) else run.text)


def _named(runs: Iterable[_Open], language: str, known: Gazetteer) -> list[NameRun]:
    named = (_without_titles(run, signs(language), language, known) for run in runs)
    return [run for run in named if run]


def _runs(line: str, language: str, known: Gazetteer) -> list[_Open]:
    its = signs(language)
    particles = _PARTICLES | _PARTICLES_OF.get(language, frozenset())
    common = _common(language)
    no_names = its.legal if language in FORM_FIRST else frozenset()
    small_titles = frozenset() if language in _CAPITAL_TITLES else its.titles
    found: list[tuple[int, int, list[str], bool, bool]] = []
    end, is_open = 0, False
    for word in capitals(line, language):
        if word.start < end:
            continue
        if word.text in common or word.text.casefold() in no_names or _is_unit(line, word.start, language):
            is_open = False
            continue
        gap = line[end : word.start]
        joined = _joined(gap, found[-1][2][-1], its.titles, particles) if is_open else None
        phrase = _phrase(line, word, known) if word.text in known.words and joined is None else None
        if joined is not None:
            start, _, words, begins, is_titled = found[-1]
            found[-1] = (start, word.end, [*words, *joined, word.text], begins, is_titled)
        else:
            last, two = words_before(line, word.start) if small_titles else ("", "")
            is_titled = last in small_titles or two in small_titles
            found.append((word.start, phrase or word.end, [word.text], word.begins and not phrase, is_titled))
        end, is_open = found[-1][1], not phrase
    return [
        _Open(
            [" ".join(line[start:stop].split())] if len(words) == 1 else words,
            " ".join(line[start:stop].split()),
            *rest,
        )
        for start, stop, words, *rest in found
        if len(words) <= WORDS_AT_MOST
    ]


def _is_unit(line: str, start: int, language: str) -> bool:
    """Whether a noun behind a number, as `3 Millionen`."""
    return language in CAPITAL_NOUNS and line[start - 2 : start - 1].isdigit() and line[start - 1 : start].isspace()


def _joined(gap: str, last: str, titles: frozenset[str], particles: frozenset[str]) -> list[str] | None:
    """The particles between two words of one name; None: another name begins."""
    if gap in _JOINTS:
        return []
    if gap == ". ":
        return [] if len(last) == 1 or last.casefold() in titles else None
    if len(gap) > _GAP or gap[:1] not in _JOINTS:
        return None
    between = gap.replace("’", "' ").replace("'", "' ").split()
    if not between or (gap[-1] not in _JOINTS and between[-1] != "d'") or len(between) > _BETWEEN_AT_MOST:
        return None
    is_one = between[0] in particles or between[0] == "d'"
    return between if is_one and all(word in particles or word in _INNER_PARTICLES for word in between[1:]) else None


def _phrase(line: str, word: Capital, known: Gazetteer) -> int | None:
    """Where a known name of several words ends that begins with this one (`Union européenne`). A name within a
    longer one is none (`New York Times`)."""
    words = line[word.start : word.start + _PHRASE].split()
    for size in range(min(known.words[word.text], len(words)), 1, -1):
        text = " ".join(words[:size]).rstrip(_ENDS)
        if spelling(text) in known.known:
            end = word.start + len(text)
            behind = line[end : end + 2]
            if not (behind[:1] in _JOINTS and behind[1:].isupper()):
                return end
    return None


def _certain(run: _Open, told: _Told, language: str) -> Sequence[str]:
    """What is certain of a run that begins a sentence; empty: nothing."""
    first, *rest = run.words
    entry = told.known.known.get(spelling(run.text))
    its = signs(language)
    if is_acronym(first) or run.text in told.runs or (entry and not entry.is_city):
        return run.words
    titled = next((place for place in range(len(rest)) if _title_size(run.words[place:], its.titles)), None)
    if titled is not None:
        return run.words[titled:]
    if first.lower() in function_words(language) or _has_word(told.text, first.lower()):
        return rest
    is_company = bool(rest) and rest[-1].casefold() in its.legal
    return run.words if is_company or (rest and first in told.firsts) else ()


def _title_size(words: Sequence[str], titles: frozenset[str]) -> int:
    """How many of the first words are a title."""
    return next((size for size in (2, 1) if " ".join(words[:size]).casefold().rstrip(".") in titles), 0)


def _without_titles(run: _Open, its: NameSigns, language: str, known: Gazetteer) -> NameRun | None:
    """The name without the titles and particles before it; None: no name is left."""
    left, is_titled = list(run.words), run.is_titled
    while size := _title_size(left, its.titles) if left else 0:
        left, is_titled = left[size:], True
    while left and not (left[0][0].isupper() or "-" in left[0]):
        left, is_titled = left[1:], False
    if not left:
        return None
    is_known = spelling(left[0]) in known.known
    if len(left) == 1 and not is_known and not _is_single_name(left[0], is_titled, its, language):
        return None
    place = run.text.find(left[0]) if len(left) < len(run.words) else 0
    return NameRun(run.text[place:], is_titled)


def _is_single_name(word: str, is_titled: bool, its: NameSigns, language: str) -> bool:
    if len(word) < 2 or word.casefold() in its.legal:
        return False
    is_name = is_titled or language not in CAPITAL_NOUNS or is_acronym(word)
    stem = word.replace("’", "'").partition("'")[0]
    return is_name and stem != "I" and stem.lower() not in function_words(language)


def is_acronym(word: str) -> bool:
    """`NATO`, `U.S.`: two letters or more, all capital."""
    return len(word) > 1 and word.isupper()


def _is_headline(line: str, language: str) -> bool:
    """Of languages with capital nouns: whether all is in capitals."""
    if len(line) > _HEADLINE_CHARACTERS:
        return False
    if language in CAPITAL_NOUNS:
        return line.isupper()
    words = [word for each in line.split() if (word := each.strip(_ENDS))]
    common = function_words(language)
    small = (word for word in words if word[:1].islower())
    return len(words) >= _HEADLINE_WORDS and all(word in common if common else len(word) <= _SHORT for word in small)


def _has_word(text: str, word: str) -> bool:
    place = text.find(word)
    while place >= 0:
        end = place + len(word)
        if not text[place - 1 : place].isalnum() and not text[end : end + 1].isalnum():
            return True
        place = text.find(word, end)
    return False


@cache
def _common(language: str) -> frozenset[str]:
    """Words with a capital that are no names: months, days and languages, as CLDR writes them."""
    try:
        locale = Locale.parse({"no": "nb"}.get(language, language))
    except (UnknownLocaleError, ValueError):
        return frozenset()
    calendars = (locale.months, locale.days)
    forms = [its for calendar in calendars for context in calendar.values() for its in context.values()]
    found = {word.rstrip(".") for its in forms for word in its.values()} | {*locale.languages.values()}
    return frozenset(word for word in found if len(word) >= _SHORT and not word[:1].islower()) | {"I"}
