"""Compares what a command printed with what its page shows."""

import difflib
import re

from docs._generate.tutorial import settled

_VOLATILE = (
    (re.compile(r"\b\d{4}-\d{2}-\d{2}T\d{6}Z\b"), "TIME"),
    (re.compile(r"(?<=:)\d{4,5}\b"), "PORT"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\b"), "DAY"),
    (re.compile(r"\b\d+(?:[.]\d+)? MB\b"), "SIZE"),
)
ELLIPSIS = "…"
"""A line of a page that is this alone stands for any lines."""


def difference(shown: str, printed: str) -> str:
    """A unified diff of what the page shows and what was printed, without what differs from run to run; "" where
    they are the same."""
    page, run = _lines(shown), _lines(printed)
    if _matches(page, run):
        return ""
    return "\n".join(difflib.unified_diff(page, run, "the page", "printed", lineterm="", n=1))


def _lines(text: str) -> list[str]:
    lines = settled(text)
    for volatile, word in _VOLATILE:
        lines = [volatile.sub(word, line) for line in lines]
    return lines


def _matches(page: list[str], run: list[str]) -> bool:
    parts = ["\n".join(part) for part in _split(page)]
    pattern = ".*".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern, "\n".join(run), re.DOTALL) is not None


def _split(page: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in page:
        if line.strip() == ELLIPSIS:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts
