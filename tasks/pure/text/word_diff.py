"""The difference of two texts word by word, in the notation of `git diff --word-diff`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from schemas.items.unspaced_scripts import UNSPACED

_PARAGRAPH = re.compile(r"\n\s*\n")
_WORD = re.compile(rf"({UNSPACED.pattern}|[^\W_]+(?:['’-][^\W_]+)*|\S)(\s*)")
"""A word, a character of a script without spaces, or a mark; and the white space behind it."""


class Kind(StrEnum):
    """Which of the two texts has the words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Words that follow each other and are of one kind, with the white space behind them; of `SAME` words, the later
    text's."""

    kind: Kind
    text: str


class _Word(NamedTuple):
    text: str
    gap: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in order; where words were replaced, what was removed comes first. White space makes no difference,
    but for empty lines, which separate paragraphs. Paragraphs are compared first, and words within those that
    differ, so that equal paragraphs stay whole."""
    old, new = _PARAGRAPH.split(before.strip()), _PARAGRAPH.split(after.strip())
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(
        None, [_key(one) for one in old], [_key(one) for one in new]
    ).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, _joined(new[c:d])))
        else:
            pieces += _of_words(_words(_joined(old[a:b])), _words(_joined(new[c:d])))
    return tuple(_merged(pieces))


def marked(pieces: Iterable[Piece]) -> str:
    """The difference as one text: `[-removed-]{+added+}`."""
    ways = {Kind.SAME: ("", ""), Kind.REMOVED: ("[-", "-]"), Kind.ADDED: ("{+", "+}")}
    return "".join(
        f"{ways[kind][0]}{text}{ways[kind][1]}{gap}" for kind, text, gap in spaced(pieces) if text or gap
    ).strip()


def spaced(pieces: Iterable[Piece]) -> Iterator[tuple[Kind, str, str]]:
    """Kind, words and white space behind them. Removed words that others replace have no white space behind them."""
    listed = list(pieces)
    for one, following in zip(listed, [*listed[1:], None], strict=True):
        text = one.text.rstrip()
        is_replaced = one.kind is Kind.REMOVED and following is not None and following.kind is Kind.ADDED
        yield one.kind, text, "" if is_replaced else one.text[len(text) :]


def _key(paragraph: str) -> str:
    return " ".join(paragraph.split())


def _joined(paragraphs: Sequence[str]) -> str:
    return "".join(f"{one}\n\n" for one in paragraphs)


def _words(text: str) -> list[_Word]:
    return [_Word(*found) for found in _WORD.findall(text)]


def _of_words(old: Sequence[_Word], new: Sequence[_Word]) -> Iterator[Piece]:
    compared = SequenceMatcher(None, [_shape(one) for one in old], [_shape(one) for one in new], autojunk=False)
    for tag, a, b, c, d in compared.get_opcodes():
        if tag == "equal":
            yield Piece(Kind.SAME, _text(new[c:d]))
            continue
        if b > a:
            yield Piece(Kind.REMOVED, _text(old[a:b]))
        if d > c:
            yield Piece(Kind.ADDED, _text(new[c:d]))


def _shape(word: _Word) -> tuple[str, bool]:
    """What is compared of a word: its text, and whether its paragraph ends with it."""
    return word.text, word.gap.count("\n") > 1


def _text(words: Iterable[_Word]) -> str:
    return "".join(word.text + word.gap for word in words)


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    held: Piece | None = None
    for one in pieces:
        if held and held.kind is one.kind:
            held = Piece(held.kind, held.text + one.text)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held
