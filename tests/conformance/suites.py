"""The suites that others wrote, fetched with pip for one run and never kept: test feeds, dates, robots files."""

import ast
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.items.outcome import Refusal
from tasks.pure.text.xml_encoding import decode_xml

SUITES = ("feedparser==6.0.14", "protego==0.7.0")
_EXPECT = re.compile(r"Expect:\s*(.*?)\s*-->", re.DOTALL)
_HEADER = re.compile(r"Header:\s*([\w\-]+):\s*(.*)")
_CHARSET = re.compile(r"charset\s*=[\s\"]*([\w\-]+)")
_KOREAN = frozenset({"_parse_date_nate", "_parse_date_onblog"})
_LITERAL_KEYS = re.compile(r"\.([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Feed:
    """One test feed. What its header comment says: the URL and the charset it is served with, and what
    must come of its first entry, field → value."""

    name: str
    body: bytes
    url: str
    charset: str | None
    expected: dict[str, object]


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written, and what it means by its suite: year to second in UTC; None: nothing. `time_zone`
    is that of the sites which its test is about, for texts without a zone."""

    raw: str
    time_zone: str
    utc: tuple[int, ...] | None


def fetch_suites(folder: Path) -> Path:
    """Download and unpack the source distributions; raises `CalledProcessError` where pip cannot.

    Pip is the base interpreter's: .venv has none. The distributions are unpacked, never built or run.
    """
    python = str(Path(sys.base_prefix) / "bin" / "python3")
    options = ["--quiet", "--no-deps", "--no-binary", "feedparser,protego", "--dest", str(folder)]
    subprocess.run([python, "-m", "pip", "download", *options, *SUITES], check=True)
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    return folder


def feeds(folder: Path) -> Iterator[Feed]:
    """feedparser's test feeds, in the order of their paths."""
    root = folder / "feedparser-6.0.14" / "tests"
    for path in sorted(root.rglob("*.xml")):
        body = path.read_bytes()
        read = decode_xml(body, None)
        yield _feed(str(path.relative_to(root)), body, "" if isinstance(read, Refusal) else read.text)


def dates(folder: Path) -> Iterator[WrittenDate]:
    """feedparser's table of dates, read from its source without running it, and the one test beside it."""
    source = (folder / "feedparser-6.0.14" / "tests" / "runtests.py").read_text("utf-8")
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "date_tests":
            assert isinstance(statement.value, ast.Dict)
            for key, rows in zip(statement.value.keys, statement.value.values, strict=True):
                zone = "Asia/Seoul" if key and ast.unparse(key) in _KOREAN else "UTC"
                yield from (WrittenDate(raw, zone, utc and utc[:6]) for raw, utc in ast.literal_eval(rows))
    yield WrittenDate("Sun, 31 Dec 9999 23:59:59 -9999", "UTC", None)


def robots_files(folder: Path) -> list[Path]:
    """Protego's collection of robots.txt files of real sites."""
    return sorted(path for path in (folder / "protego-0.7.0" / "tests" / "test_data").rglob("*") if path.is_file())


def _feed(name: str, body: bytes, text: str) -> Feed:
    headers = {header.lower(): value.strip() for header, value in _HEADER.findall(text)}
    charset = _CHARSET.search(headers.get("content-type", ""))
    url = headers.get("content-location", f"http://127.0.0.1:8097/tests/{name}")
    return Feed(name, body, url, charset and charset[1], _expected(text))


def _expected(text: str) -> dict[str, object]:
    found = _EXPECT.search(text)
    if found is None:
        return {}
    try:
        tree = ast.parse(_LITERAL_KEYS.sub(r"['\1']", found[1]) if "[0]." in found[1] else found[1], mode="eval")
    except SyntaxError:
        return {}
    return dict(_equalities(tree.body))


def _equalities(tree: ast.expr) -> Iterator[tuple[str, object]]:
    """`entries[0]['FIELD'] == LITERAL` out of a conjunction; everything else is passed over."""
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        for part in tree.values:
            yield from _equalities(part)
        return
    if not (isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq)):
        return
    field = re.fullmatch(r"entries\[0\]\['(\w+)'\]", ast.unparse(tree.left))
    if field and isinstance(tree.comparators[0], ast.Constant | ast.Tuple):
        yield field[1], ast.literal_eval(tree.comparators[0])
