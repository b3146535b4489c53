"""One phrase as a translator writes it, and the expression that finds it (docs/how-to/edit-phrases.md)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_JOINED = re.compile(
    "[\u0590-\u06ff\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
"""Scripts without spaces, and scripts that join a word to the next: such phrases are found inside words, too."""
_WORD = r"(?:[^\s.!?。！？]|\.(?=\w)){1,40}?"
_WORDS, _LAST_WORDS = rf"{_WORD}(?:\s+{_WORD}){{0,5}}?", rf"{_WORD}(?:\s+{_WORD}){{0,2}}?"
"""At the end fewer: a headline may begin with the words of an error page (`Page not found in the duke's diary`)."""
_GAP = "(?:[\\s,\u200c]+|(?<!\\w)|(?!\\w))"
_LETTERS = re.compile(r"[^\W_]+")
_CLOSED = {"[": "]", "{": "}"}
_SINGLE = {" ": _GAP, "'": "['’‘]", "-": "[-‐‑–]", "#": r"\d[\d.,\s]*", "\u200c": "[\u200c\\s]?"}
_Needed = frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """`needed`: every text with the phrase has one of these runs of letters, folded; a text without them is not
    searched, and the expression is built for the first text that is: there are thousands."""

    text: str
    language: str
    needed: _Needed

    def search(self, text: str, folded: str) -> str | None:
        """The words of the text that are the phrase, as they stand there; `folded` is the text's `fold`."""
        found = _compiled(self.text).search(text) if self._may_be_in(folded) else None
        return found[0] if found else None

    def is_all_of(self, text: str, folded: str) -> bool:
        """Whether the phrase is the whole text."""
        return self._may_be_in(folded) and _compiled(self.text).fullmatch(text) is not None

    def _may_be_in(self, folded: str) -> bool:
        return any(run in folded for run in self.needed)


def fold(text: str) -> str:
    """The text in lower case, with one kind of i and apostrophe: what a phrase's letters are looked up in."""
    return text.lower().replace("i̇", "i").replace("ı", "i").replace("’", "'").replace("‘", "'")


def read_phrase(text: str, language: str) -> Phrase:
    """The phrase; raises `ValueError` that says what is wrong with it."""
    if not _LETTERS.search(text):
        raise ValueError("has no letters")
    needed = _needed(text)
    if not needed:
        raise ValueError("may be left out as a whole: one word at least must stand outside of []")
    return Phrase(text, language, needed)


@cache
def _compiled(text: str) -> re.Pattern[str]:
    expression = "".join(_expression(text))
    return re.compile(expression if _JOINED.search(text) else rf"(?<!\w)(?:{expression})(?!\w)", re.IGNORECASE)


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    """The place of each part, its opening bracket (or an empty text), and what is inside (or the letter)."""
    place = 0
    while place < len(text):
        letter = text[place]
        if letter in _CLOSED:
            end = _end_of(text, place)
            yield place, letter, text[place + 1 : end]
            place = end
        elif letter in "]}":
            raise ValueError(f"has a {letter!r} that nothing opens")
        else:
            yield place, "", letter
        place += 1


def _end_of(text: str, start: int) -> int:
    open_ones: list[str] = []
    for place in range(start, len(text)):
        if text[place] in _CLOSED:
            open_ones.append(_CLOSED[text[place]])
        elif text[place] in "]}":
            if text[place] != open_ones.pop():
                break
            if not open_ones:
                return place
    raise ValueError(f"has a {text[start]!r} that is not closed by {_CLOSED[text[start]]!r}")


def _expression(text: str, is_end: bool = True) -> Iterator[str]:
    """The parts of the expression; `is_end`: nothing of the phrase stands behind the text."""
    for place, opening, inside in _parts(text):
        is_last = is_end and place + len(inside) + 2 * bool(opening) == len(text)
        if opening:
            choices = "|".join("".join(_expression(choice, is_last)) for choice in _choices(inside))
            yield f"(?:{choices}){'?' if opening == '[' else ''}"
        elif inside == "*":
            yield r"\w*" if _is_ending(text, place) else _LAST_WORDS if is_last else _WORDS
        else:
            yield _SINGLE.get(inside) or re.escape(inside)


def _choices(inside: str) -> list[str]:
    """The alternatives between `|`, those of inner groups aside."""
    choices, depth = [""], 0
    for letter in inside:
        depth += (letter in _CLOSED) - (letter in "]}")
        if letter == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += letter
    return choices


def _is_ending(text: str, place: int) -> bool:
    """Whether a star stands for letters of a word (`abonn*`), and not for words of their own."""
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    return before.isalnum() or before in ("}", "]") or after.isalnum() or after == "{"


def _needed(text: str) -> _Needed:
    """Runs of letters of which every text with the phrase has one: the set whose shortest run is longest."""
    found: list[_Needed] = []
    plain = ""
    for _, opening, inside in _parts(text):
        plain += " " if opening else inside
        if opening == "{":
            choices = [_needed(choice) for choice in _choices(inside)]
            found += [frozenset().union(*choices)] if all(choices) else []
    found += [frozenset((run,)) for run in _LETTERS.findall(fold(plain))]
    return max(found, key=lambda runs: (min(map(len, runs)), -len(runs)), default=frozenset())
