"""What a page shows: its code blocks and the code in its text, each with its mark and the output that follows it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MENTION = "mention"
"""The language of a piece that is code in a sentence."""

_FENCED = re.compile(
    r"(?:^ *<!-- run: (?P<mark>[^\n]*?) -->\n\s*)?"
    r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
_INDENTED = re.compile(
    r"(?:^<!-- run: (?P<mark>[^\n]*?) -->\n)?\n(?P<text>^ {4}(?:[A-Z_]+=\S+ )*newsdesk .*\n(?:^ {4,}\S.*\n)*)",
    re.MULTILINE,
)
_SPAN = re.compile(r"(?<!`)`(?P<text>[^`]+)`(?!`)(?:<!-- run: (?P<mark>.*?) -->)?")
_SHELL = ("sh", "bash")


class Piece(NamedTuple):
    """One block, or one code span; `printed` is the `text` block below it, None where there is none."""

    line: int
    language: str
    text: str
    mark: str | None
    printed: str | None


def pieces(page: str) -> list[Piece]:
    """The blocks and spans of a page, in its order; a block of output belongs to the commands above it."""
    found = sorted([*_blocks(page), *_indented(page), *_spans(page)])
    shown: list[Piece] = []
    for piece in found:
        above = shown[-1] if shown else None
        if piece.language == "text" and piece.mark is None and above and _is_directly_below(page, above, piece):
            shown[-1] = above._replace(printed=piece.text)
        else:
            shown.append(piece)
    return shown


def _blocks(page: str) -> Iterator[Piece]:
    for found in _FENCED.finditer(page):
        indent = found["indent"]
        text = "".join(line.removeprefix(indent) for line in found["text"].splitlines(keepends=True))
        yield Piece(_line(page, found.start("language")), found["language"], text, found["mark"], None)


def _indented(page: str) -> Iterator[Piece]:
    """Commands in a block that is indented instead of fenced."""
    for found in _INDENTED.finditer(_without_blocks(page)):
        text = "".join(line.removeprefix("    ") for line in found["text"].splitlines(keepends=True))
        yield Piece(_line(page, found.start("text")), "sh", text, found["mark"], None)


def _without_blocks(page: str) -> str:
    return _FENCED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), page)


def _spans(page: str) -> Iterator[Piece]:
    for found in _SPAN.finditer(_without_blocks(page)):
        if "\n\n" not in found["text"]:
            yield Piece(_line(page, found.start()), MENTION, " ".join(found["text"].split()), found["mark"], None)


def _is_directly_below(page: str, above: Piece, below: Piece) -> bool:
    if above.language not in _SHELL or above.printed is not None:
        return False
    end = above.line + len(above.text.splitlines()) + 1
    return not "".join(page.splitlines()[end : below.line - 1]).strip()


def _line(page: str, position: int) -> int:
    return page.count("\n", 0, position) + 1
