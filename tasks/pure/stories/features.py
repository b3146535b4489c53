"""The terms of an article, with weights, by which its story is found.

The weights come from a study on labelled English news (ECB+, BASIL, UCI headlines) and on pairs of articles in ten
languages (SemEval-2022 task 8), November 2026. The first five letters of a word cost nothing in English and gain most
in languages that inflect; they need neither a stemmer nor the language."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from tasks.pure.stories.function_words import function_words
from tasks.pure.stories.words import words

LETTERS = 5
"""Of a word that count."""
LEAD_WORDS = 100
"""As `words` counts them: a character pair is a word."""
WORDS_AT_MOST = 400
"""Of a body. What comes behind is background more often than news."""
CHARACTERS_AT_MOST = 8000
NAME_WORDS = 250
"""The beginning of a text in which names are looked for."""
TERMS_AT_MOST = 80
"""Of an article, those with the largest weights: with all of them B-cubed F1 is the same."""
SHORT_BELOW = 8
"""Words of text: an article with fewer is known by its headline alone."""
_WEIGHTS = {"title": 2.0, "lead": 1.0, "body": 0.5, "names": 1.0, "numbers": 0.5, "slug": 0.5}
_SHORT_WEIGHTS = {"title": 1.0, "slug": 1.0}
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STARTS = re.compile(r"[.!?:\n“\"»«„]")
_JOINTS = (" ", "-")
_DIGIT = re.compile(r"\d")
_SLUG_GAP = re.compile(r"[-_+.]+")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_NO_SLUG_WORD = re.compile(r"[0-9a-f]{8,}|html?|php|aspx?|story|article|\d{5,}")


class Terms(NamedTuple):
    """`weights`: by term, how much the article speaks of it, before what is common counts less. `is_short`: the
    article is known by its headline alone."""

    weights: dict[str, float]
    is_short: bool


def terms(title: str, body: str, url: str | None, language: str | None = None) -> Terms:
    """The terms of title, body and slug, without the commonest words of the language (BCP 47; None: unknown, none
    is left out); a body that repeats its title is read from behind it."""
    text = body.removeprefix(title) if title else body
    its = words(" ".join(text[:CHARACTERS_AT_MOST].split()[:WORDS_AT_MOST]))
    lead = its[:LEAD_WORDS]
    is_short = len(lead) < SHORT_BELOW
    headline = words(title)
    fields: dict[str, Sequence[str]] = {"title": headline, "slug": slug_words(url)}
    if not is_short:
        start = " ".join(text[:CHARACTERS_AT_MOST].split()[:NAME_WORDS])
        fields["lead"] = lead
        fields["body"] = its[LEAD_WORDS:WORDS_AT_MOST]
        fields["names"] = [word for name in names(start) for word in words(name)]
        fields["numbers"] = [word for word in (*headline, *lead) if _DIGIT.search(word)]
    common = function_words(language)
    said = {name: [word for word in its if word not in common] for name, its in fields.items()}
    return Terms(_weighed(said, _SHORT_WEIGHTS if is_short else _WEIGHTS), is_short)


def names(text: str) -> list[str]:
    """Runs of capitalised words that do not begin a sentence or a quotation; none in scripts without capitals."""
    found: list[list[str]] = []
    end, is_open = 0, False
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()]
        is_capital = match[0][0].isupper() and len(match[0]) > 1
        if is_open and is_capital and between in _JOINTS:
            found[-1].append(match[0])
        elif is_open := is_capital and match.start() > 0 and not _STARTS.search(between):
            found.append([match[0]])
        end = match.end()
    return [" ".join(run) for run in found]


def slug_words(url: str | None) -> list[str]:
    """The words of the part of the path that has most of them; none where it has fewer than three. A slug keeps the
    words of the first headline, in any script."""
    parts = [part for part in urlsplit(url or "").path.split("/") if part]
    best = unquote(max(parts, key=lambda part: len(_LETTERS.findall(unquote(part))), default=""))
    found = [word.casefold() for word in _SLUG_GAP.split(best) if len(word) > 2]
    kept = [word for word in found if not _NO_SLUG_WORD.fullmatch(word)]
    return kept if len(kept) >= 3 else []


def _weighed(fields: Mapping[str, Sequence[str]], weights: Mapping[str, float]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for name in fields:
        weight = weights[name]
        for term, times in Counter(cut(fields[name])).items():
            total[term] += weight * (1 + math.log(times)) if times > 1 else weight
    return dict(sorted(total.items(), key=itemgetter(1), reverse=True)[:TERMS_AT_MOST])


def cut(found: Iterable[str]) -> list[str]:
    """Each word's first letters."""
    return [word[:LETTERS] for word in found]
