"""The decisions are numbered, dated and indexed, and each says whether it still holds."""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "decisions"
INDEX = (FOLDER / "README.md").read_text("utf-8")
STATUS = re.compile(
    r"accepted(?:; in part superseded by \d{4}(?:, \d{4})*)?"
    r"|superseded by \d{4}(?:, \d{4})*"
    r"|reference moved to docs/[\w./-]+\.md(?:; in part superseded by \d{4}(?:, \d{4})*)?"
)
HEAD = re.compile(r"# (\d{4}): (.+)\n\n- Date: (.+)\n- Status: (.+)\n- Rooms: (.+)\n\n")


class Decision(NamedTuple):
    """The first lines of a decision file, as they are written."""

    name: str
    number: int
    title: str
    written_on: str
    status: str
    rooms: tuple[str, ...]


def read(path: Path) -> Decision:
    """The head of a decision file."""
    head = HEAD.match(path.read_text("utf-8"))
    assert head, f"{path.name}: the first lines must be '# NNNN: title', '- Date:', '- Status:', '- Rooms:'"
    number, title, written_on, status, rooms = head.groups()
    return Decision(path.name, int(number), title, written_on, status, tuple(rooms.split(", ")))


DECISIONS = [read(path) for path in sorted(FOLDER.glob("[0-9]*.md"))]
each_decision = pytest.mark.parametrize("decision", DECISIONS, ids=[d.name for d in DECISIONS])


def test_the_numbers_are_unique_and_without_gaps() -> None:
    assert [d.number for d in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert [f"{d.number:04d}" for d in DECISIONS] == [d.name[:4] for d in DECISIONS]


def test_every_file_of_the_folder_is_a_decision_or_the_index() -> None:
    others = {path.name for path in FOLDER.iterdir()} - {d.name for d in DECISIONS}
    assert others == {"README.md"}


@each_decision
def test_a_decision_has_a_date_a_status_and_rooms(decision: Decision) -> None:
    assert date.fromisoformat(decision.written_on) >= date(2026, 11, 23)
    assert STATUS.fullmatch(decision.status), f"{decision.name}: {decision.status!r} is no status"
    assert [room for room in decision.rooms if room != "build" and not (ROOT / room).is_dir()] == []


@each_decision
def test_what_a_status_names_exists(decision: Decision) -> None:
    known = {d.number for d in DECISIONS}
    assert {int(number) for number in re.findall(r"\b\d{4}\b", decision.status)} <= known - {decision.number}
    assert all((ROOT / path).is_file() for path in re.findall(r"docs/[\w./-]+\.md", decision.status))


@each_decision
def test_a_decision_stands_in_the_index_by_number_and_by_room(decision: Decision) -> None:
    _, title, written_on, status = decision[1:5]
    line = f"| [{decision.number:04d}]({decision.name}) | {title} | {written_on} | {status} |"
    assert line in INDEX.splitlines(), f"add to docs/decisions/README.md: {line}"
    for room in decision.rooms:
        listed = [row for row in INDEX.splitlines() if row.startswith(f"- **{room}**: ")]
        assert len(listed) == 1, f"one line of the index by room must begin with '- **{room}**: '"
        assert f"[{decision.number:04d}]({decision.name})" in listed[0]


def test_the_index_names_no_decision_that_is_not_there() -> None:
    assert set(re.findall(r"\((\d{4}-[^)]+)\)", INDEX)) == {d.name for d in DECISIONS}


def test_every_link_to_a_decision_leads_to_a_file() -> None:
    texts = {path: path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md")}
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path, text in texts.items()
        for target in re.findall(r"\]\((?:[\w./-]*/)?(\d{4}-[\w-]+\.md)", text)
        if not (FOLDER / target).is_file()
    ]
    assert dead == []
