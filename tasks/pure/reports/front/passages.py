"""The words that a revision struck and inserted, with some words around them."""

from collections.abc import Iterator
from typing import NamedTuple

from tasks.pure.text.word_diff import Kind, Piece, spaced, word_diff

CHARS_COMPARED = 40_000
"""Of each text. Two texts without a common paragraph take 0.2 s at this length."""
AROUND = 12
"""MarkedWords of the unchanged text that are shown before and after a change."""
PIECES = 40
"""Of one text; a text that was written anew has thousands."""
CHARS_OF_PIECE = 600


class MarkedWords(NamedTuple):
    """MarkedWords of one kind (`same`, `removed`, `added`), and whether a space follows them."""

    kind: str
    text: str
    has_gap: bool


def passages(before: str, after: str, around: int = AROUND) -> tuple[MarkedWords, ...]:
    """The changed words in order, each with `around` words of what stayed on both sides; what is left out is `…`.
    Empty where no word changed within the first `CHARS_COMPARED` characters."""
    pieces = word_diff(before[:CHARS_COMPARED], after[:CHARS_COMPARED])
    if not any(piece.kind is not Kind.SAME for piece in pieces):
        return ()
    cut = list(spaced(_cut(pieces, around)))
    shown = [MarkedWords(kind.value, " ".join(_short(text).split()), bool(gap)) for kind, text, gap in cut[:PIECES]]
    return (*shown, MarkedWords("same", "…", False)) if len(cut) > PIECES else tuple(shown)


def whole(before: str, after: str) -> tuple[MarkedWords, ...]:
    """Two headlines as one line: all words."""
    return tuple(MarkedWords(kind.value, text, bool(gap)) for kind, text, gap in spaced(word_diff(before, after)))


def _cut(pieces: tuple[Piece, ...], around: int) -> Iterator[Piece]:
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        words = piece.text.split()
        is_edge = index in (0, last)
        if piece.kind is not Kind.SAME or len(words) <= (around if is_edge else 2 * around):
            yield piece
            continue
        before = [] if index == 0 else words[:around]
        after = [] if index == last else words[-around:]
        yield Piece(Kind.SAME, f"{' '.join([*before, '…', *after])} ")


def _short(text: str) -> str:
    return text if len(text) <= CHARS_OF_PIECE else f"{text[:CHARS_OF_PIECE]} …"
