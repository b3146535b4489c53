"""What pages show of texts: cells of a table, words that are marked, paragraphs with what changed."""

from collections.abc import Iterable, Sequence

from schemas.history.search import Passage
from tasks.pure.reports.exports.cells import flat
from tasks.pure.text.word_diff import Piece

CELL_CHARS = 300


def cells(row: Sequence[object]) -> tuple[str, ...]:
    """Each value as text; long ones are cut, as a table is for looking at."""
    texts = ("" if value is None else str(flat(value)) for value in row)
    return tuple(text if len(text) <= CELL_CHARS else f"{text[:CELL_CHARS]} …" for text in texts)


def marked(piece: Passage) -> list[tuple[str, bool]]:
    """The piece cut at its marks: text, and whether it is marked."""
    parts, place = [], 0
    for start, end in piece.marks:
        parts += [(piece.text[place:start], False), (piece.text[start:end], True)]
        place = end
    return [(text, is_marked) for text, is_marked in [*parts, (piece.text[place:], False)] if text]


def paragraphs(pieces: Iterable[Piece]) -> list[list[tuple[str, str]]]:
    """The pieces by paragraph: kind and text."""
    found: list[list[tuple[str, str]]] = [[]]
    for piece in pieces:
        for number, text in enumerate(piece.text.split("\n\n")):
            if number:
                found.append([])
            if text.strip():
                found[-1].append((piece.kind.value, text))
    return [each for each in found if each]
