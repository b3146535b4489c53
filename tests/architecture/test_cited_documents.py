"""What a comment, docstring or SQL comment cites is in the repository: the document, and the case or point of it."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("flows", "tasks", "schemas", "warehouse", "tests", "bench")
FILES = sorted(
    path for folder in FOLDERS for kind in ("*.py", "*.sql") for path in (ROOT / folder).rglob(kind) if path.is_file()
)
DOCUMENT = re.compile(r"(?<![\w/.-])((?:docs|bench|findings)/[\w./-]+\.md|[A-Z][A-Z_]{3,}\.md)\b")
POINTS = re.compile(r"hostile-web\.md((?:(?:,| and)? [A-J]\d\d\b)+)")
SECTION = re.compile(r"hostile-web\.md, section ([A-J])\b")
NUMBERED = re.compile(r"(docs/explanation/warehouse\.md) (\d+)\b")
UNWRITTEN = re.compile(r"\b(?:HOSTILE_SITE|FACTS|PREFECT|STYLE|DESIGN|HOUSE|SPEED)\b(?!\.md)|(?<![_A-Z])WAREHOUSE \d")
"""Documents that comments cited once and that nobody outside could read."""
CASE = re.compile(r"\b[A-H]\d\d\b")
CITATION = re.compile(rf"\.md\b|{CASE.pattern}|{UNWRITTEN.pattern}")


def cited_in(path: Path, text: str) -> str:
    """The comments and docstrings of Python, or the comments of SQL, as one text with single spaces; empty where
    nothing in the file looks like a citation, since parsing them all takes seconds."""
    if not CITATION.search(text):
        return ""
    words = _sql_comments(text) if path.suffix == ".sql" else _python_comments(text)
    return re.sub(r"\s+", " ", " ".join(words))


def _sql_comments(text: str) -> Iterator[str]:
    yield from re.findall(r"--(.*)$", text, re.MULTILINE)


def _python_comments(text: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string.lstrip("#")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


@cache
def _read(name: str) -> str:
    path = ROOT / name
    return path.read_text("utf-8") if path.is_file() else ""


def missing(text: str) -> list[str]:
    """What a text cites that is not there, as it is written."""
    cases = [case for cited in POINTS.findall(text) for case in re.findall(r"[A-J]\d\d", cited)]
    hostile = _read("docs/explanation/hostile-web.md")
    return [
        *(name for name in DOCUMENT.findall(text) if not _read(name)),
        *(f"hostile-web.md {case}" for case in cases if f'id="{case.lower()}"' not in hostile),
        *(f"section {letter}" for letter in SECTION.findall(text) if f"\n## {letter}. " not in hostile),
        *(f"{name} {number}" for name, number in NUMBERED.findall(text) if f"\n### {number}. " not in _read(name)),
        *UNWRITTEN.findall(text),
    ]


def bare(text: str) -> list[str]:
    """Case numbers without the document that has them: a reader cannot look them up."""
    return CASE.findall(POINTS.sub("", text))


def test_every_document_and_case_that_a_comment_cites_is_in_the_repository() -> None:
    broken = {
        str(path.relative_to(ROOT)): lost
        for path in FILES
        if path != Path(__file__) and (lost := missing(cited_in(path, path.read_text("utf-8"))))
    }
    assert broken == {}


def test_our_packages_cite_a_case_with_its_document() -> None:
    ours = [path for path in FILES if path.relative_to(ROOT).parts[0] not in ("tests", "bench")]
    broken = {
        str(path.relative_to(ROOT)): cases
        for path in ours
        if (cases := bare(cited_in(path, path.read_text("utf-8"))))
    }
    assert broken == {}
    assert bare("an address (A24); docs/explanation/hostile-web.md A09, F03") == ["A24"]


def test_comments_cite_cases() -> None:
    texts = [cited_in(path, path.read_text("utf-8")) for path in FILES]
    assert sum(bool(POINTS.search(text)) for text in texts) >= 15


BREACHES: tuple[tuple[str, str, list[str]], ...] = (
    ("a.py", '"""Left alone (docs/explanation/hostile-web.md A99)."""', ["hostile-web.md A99"]),
    ("a.py", "x = 1  # docs/explanation/hostile-web.md A09, Z01 and E99", []),
    ("a.py", "x = 1  # docs/explanation/hostile-web.md A09, F03 and E99", ["hostile-web.md E99"]),
    ("a.py", "# docs/explanation/no-such-page.md", ["docs/explanation/no-such-page.md"]),
    ("a.py", "def f():\n    '''See docs/explanation/warehouse.md\n    99.'''", ["docs/explanation/warehouse.md 99"]),
    ("a.py", "x = 1\n'''Measured (FACTS).'''", ["FACTS"]),
    ("a.py", "'''The style (STYLE.md).'''", ["STYLE.md"]),
    ("a.sql", "-- One row is a turn (docs/explanation/hostile-web.md, section Z, section K).\nSELECT 1", []),
    ("a.sql", "-- One row (docs/explanation/hostile-web.md, section J).", ["section J"]),
    ("a.sql", "SELECT 1 AS n -- HOSTILE_SITE A09", ["HOSTILE_SITE"]),
)


@pytest.mark.parametrize(("name", "text", "lost"), BREACHES, ids=range(len(BREACHES)))
def test_what_is_not_there_is_noticed(name: str, text: str, lost: list[str]) -> None:
    assert missing(cited_in(Path(name), text)) == lost


SOUND = (
    "x = 1  # docs/explanation/hostile-web.md A09",
    "'''Wrapped: docs/explanation/hostile-web.md\n    E16, F03.'''",
    "'''docs/explanation/warehouse.md 6, bench/README.md and CHANGELOG.md'''",
    "NEWSDESK_WAREHOUSE = 'FACTS in a string is no citation'",
)


@pytest.mark.parametrize("text", SOUND)
def test_what_is_there_may_be_cited(text: str) -> None:
    assert missing(cited_in(Path("a.py"), text)) == []
