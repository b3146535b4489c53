"""Texts with copies of known origin: thirteen kinds of edit as newsrooms make them of texts by others."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.stories import labelled

ORIGINALS = 900
COPIES_EACH = 3
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
_TEXT_AT_LEAST = 500
_CHINESE_AT_LEAST = 160
_CHARACTERS_AT_MOST = 8000
_DONORS_SHARE = 0.4
_OTHER_STORY = 2.5
"""SemEval's Overall from which two articles are of different stories; nearer ones may be natural copies."""
_LANGUAGES = ("ar", "de", "es", "fr", "pl", "ru", "tr", "zh")


class Made(NamedTuple):
    """A text and the original that it comes from; `kind` is the edit, `original` or `single` (without a copy)."""

    family: int
    kind: str
    language: str
    text: str


class _Edits(NamedTuple):
    """`borrowed` gives sentences of an unrelated text of the language."""

    language: str
    dice: random.Random
    borrowed: Callable[[], list[str]]

    def joined(self, sentences: Sequence[str]) -> str:
        return ("" if self.language == "zh" else "\n\n").join(sentences)

    def garbled(self, sentence: str) -> str:
        if self.language == "zh":
            return sentence[::-1]
        return " ".join(word[::-1] for word in sentence.split())

    def words_changed(self, text: str, share: float, change: Callable[[str], str]) -> str:
        if self.language == "zh":
            return "".join("的" if self.dice.random() < share else char for char in text)
        return " ".join(change(word) if self.dice.random() < share else word for word in text.split(" "))


def made(folder: Path, seed: int = 7) -> list[Made]:
    """The originals of `reuters`, `basil` and `semeval22` in the folder, three copies each, and texts without any,
    shuffled."""
    dice = random.Random(seed)
    base = _base(folder)
    dice.shuffle(base)
    by_language: defaultdict[str, list[int]] = defaultdict(list)
    for place, (language, _) in enumerate(base):
        by_language[language].append(place)
    donors = {language: places[int(len(places) * (1 - _DONORS_SHARE)) :] for language, places in by_language.items()}
    lent = {place for places in donors.values() for place in places}
    eligible = [place for place in range(len(base)) if place not in lent and _is_long(*base[place])]
    texts: list[Made] = []
    for family, place in enumerate(eligible[:ORIGINALS]):
        language, text = base[place]
        edits = _Edits(language, dice, lambda: sentences(base[dice.choice(donors[language])][1]))  # noqa: B023
        texts.append(Made(family, "original", language, text))
        for kind in dice.sample(sorted(EDITS), COPIES_EACH):
            texts.append(Made(family, kind, language, EDITS[kind](edits, sentences(text))))
    texts += [Made(ORIGINALS + place, "single", *base[place]) for place in eligible[ORIGINALS:]]
    dice.shuffle(texts)
    return texts


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text that are not empty."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def _is_long(language: str, text: str) -> bool:
    return len(sentences(text)) >= (4 if language == "zh" else 6)


def _base(folder: Path) -> list[tuple[str, str]]:
    """(language, text), each text once."""
    found: dict[str, tuple[str, str]] = {}
    for language, text in _texts(folder):
        if len(text) > (_CHINESE_AT_LEAST if language == "zh" else _TEXT_AT_LEAST):
            found.setdefault(text[:200], (language, text[:_CHARACTERS_AT_MOST]))
    return list(found.values())


def _texts(folder: Path) -> list[tuple[str, str]]:
    paths = {labelled.name(path): path for path in labelled.files(folder, ("reuters", "basil", "semeval22"))}
    english = [row for place, row in enumerate(labelled.rows(paths["reuters"])) if place % 4 == 0]
    english += labelled.rows(paths["basil"])
    texts = [("en", str(row["text"])) for row in english]
    for row in labelled.rows(paths["semeval22"]):
        if row["lang1"] in _LANGUAGES and float(str(row["overall"])) >= _OTHER_STORY:
            texts.append((str(row["lang1"]), str(row["text1"])))
    return texts


def _with_other_beginning(edits: _Edits, its: list[str]) -> str:
    return edits.joined([edits.borrowed()[0], *its[1:]])


def _cut_to(share: float) -> Callable[[_Edits, list[str]], str]:
    return lambda edits, its: edits.joined(its[: max(2, int(len(its) * share))])


def _with_local_paragraph(edits: _Edits, its: list[str]) -> str:
    return edits.joined([*its[:2], *edits.borrowed()[: max(1, len(its) // 4)], *its[2:]])


def _with_boilerplate(edits: _Edits, its: list[str]) -> str:
    other, number = edits.borrowed(), max(1, len(its) // 5)
    return edits.joined([*other[:number], *its, *other[-number:]])


def _every_sixth_replaced(edits: _Edits, its: list[str]) -> str:
    other = edits.borrowed()
    return edits.joined([one if place % 6 else other[place % len(other)] for place, one in enumerate(its)])


def _quotes_translated(edits: _Edits, its: list[str]) -> str:
    return edits.joined([one if edits.dice.random() > 0.15 else edits.garbled(one) for one in its])


def _merged_with_another(edits: _Edits, its: list[str]) -> str:
    other = edits.borrowed()
    return edits.joined([*its[: len(its) // 2], *other[: max(1, len(other) // 2)]])


def _exact(edits: _Edits, its: list[str]) -> str:
    return edits.joined(its)


EDITS: dict[str, Callable[[_Edits, list[str]], str]] = {
    "exact": _exact,
    "headline changed": _exact,
    "headline and first sentence changed": _with_other_beginning,
    "cut to 60 %": _cut_to(0.6),
    "cut to 35 %": _cut_to(0.35),
    "cut to 20 %": _cut_to(0.2),
    "local paragraph added (25 %)": _with_local_paragraph,
    "boilerplate around it (40 %)": _with_boilerplate,
    "every sixth sentence replaced": _every_sixth_replaced,
    "quotes translated (15 %)": _quotes_translated,
    "4 % of the words edited": lambda edits, its: edits.words_changed(
        edits.joined(its), 0.04, lambda word: f"{word}e"
    ),
    "10 % of the words edited": lambda edits, its: edits.words_changed(
        edits.joined(its), 0.10, lambda word: f"{word[:-1]}en"
    ),
    "merged with another text, half of each": _merged_with_another,
}
"""By kind of edit. The headline is no part of the text, so that its change leaves the text as it is."""
