"""Markdown: headings, tables and cells that no text of the code can break."""

import re
from collections.abc import Iterable, Sequence

MADE_BY = "<!-- Written by `make reference` from the code: change the code, not this page. -->"


def page(title: str, *blocks: str) -> str:
    """A whole page; the blocks are apart by one empty line."""
    return "\n\n".join([f"# {title}", MADE_BY, *filter(None, blocks)]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are Markdown on one line each."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def code(text: object) -> str:
    """Inline code; an empty cell for an empty text."""
    return f"`{text}`" if str(text) else ""


def prose(text: str) -> str:
    """A text of the code as Markdown: no tag and no emphasis comes of a `<`, a `*` or a `_` in it, and names in
    capitals (variables of the environment) are code."""
    parts = text.split("`")
    return "`".join(part if inside % 2 else _escaped(part) for inside, part in enumerate(parts))


def _escaped(text: str) -> str:
    words = re.split(r"(\b[A-Z]+(?:_[A-Z]+)+\b)", text)
    plain = [re.sub(r"([*_])", r"\\\1", word).replace("<", "&lt;") for word in words[::2]]
    return "".join(part for pair in zip(plain, [*map(code, words[1::2]), ""], strict=True) for part in pair)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
