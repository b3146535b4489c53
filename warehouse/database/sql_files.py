"""The SQL files: statements, migrations and reports, read by name."""

import re
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from schemas.errors import NewsdeskError

FOLDER = Path(__file__).resolve().parents[1]
MIGRATIONS = FOLDER / "migrations"
REPORTS = FOLDER / "reports"
_NUMBERED = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_COLUMN = re.compile(r"^([a-z][a-z0-9_]*): (.+(?:\n {4}.+)*)$", re.MULTILINE)


class MigrationFile(NamedTuple):
    """A numbered file of DDL."""

    number: int
    name: str
    sha256: str
    sql: str


class Report(NamedTuple):
    """A file of `reports/`: the view of its name. `comment` is its first lines, without the dashes, up to an empty
    one; `columns` are the texts of the columns that follow it, by name."""

    name: str
    comment: str
    columns: dict[str, str]
    sql: str


@cache
def statement(name: str) -> str:
    """The SQL of `NAME.sql` in the `statements/` of a room; names are unique across the rooms."""
    return _statement_files()[name].read_text(encoding="utf-8")


@cache
def _statement_files() -> dict[str, Path]:
    files = sorted(path for folder in FOLDER.rglob("statements") for path in folder.rglob("*.sql"))
    found = {path.stem: path for path in files}
    if len(found) < len(files):
        double = ", ".join(sorted(path.stem for path in files if found[path.stem] != path))
        raise NewsdeskError(f"two statements have one name: {double}")
    return found


def migration_files(folder: Path = MIGRATIONS) -> list[MigrationFile]:
    """The migrations of the folder and its rooms, by number; raises `NewsdeskError` for a bad name, a gap or a number
    used twice."""
    files = [_migration(path) for path in sorted(folder.rglob("*.sql"), key=lambda path: path.name)]
    if [file.number for file in files] != list(range(1, len(files) + 1)):
        names = ", ".join(file.name for file in files)
        raise NewsdeskError(f"migrations must be numbered 1, 2, 3 … without a gap or a double: {names}")
    return files


def reports(folder: Path = REPORTS) -> list[Report]:
    """The reports of the folder and its rooms, by name. Raises `NewsdeskError` for a name that is no plain word, a
    missing comment, a line of columns that is none, or one name in two rooms."""
    found = sorted((_report(path) for path in folder.rglob("*.sql")), key=lambda report: report.name)
    for one, other in pairwise(found):
        if one.name == other.name:
            raise NewsdeskError(f"two reports have one name: {one.name}")
    return found


def report(name: str) -> Report:
    """The report of that name."""
    return next(one for one in reports() if one.name == name)


def _migration(path: Path) -> MigrationFile:
    match = _NUMBERED.fullmatch(path.name)
    if not match:
        raise NewsdeskError(f"a migration is named NNNN_words_in_lower_case.sql, not {path.name!r}")
    text = path.read_text(encoding="utf-8")
    return MigrationFile(int(match[1]), path.name, sha256(text.encode()).hexdigest(), text)


def _report(path: Path) -> Report:
    text = path.read_text(encoding="utf-8").strip()
    words = re.match(r"(?:--[^\n]*\n)+", text)
    if not _NAME.fullmatch(path.stem) or not words:
        raise NewsdeskError(f"the report {path.name!r} needs a lower-case name and a first line '-- One row is …'")
    lines = "".join(line.removeprefix("--").removeprefix(" ") for line in words[0].splitlines(keepends=True))
    comment, _, listed = lines.partition("\n\n")
    if _COLUMN.sub("", listed).strip():
        raise NewsdeskError(
            f"after its empty comment line the report {path.name!r} has lines other than `column: text`"
        )
    columns = {match[1]: " ".join(match[2].split()) for match in _COLUMN.finditer(listed)}
    return Report(path.stem, " ".join(comment.split()), columns, text[words.end() :].rstrip().rstrip(";"))
