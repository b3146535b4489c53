"""The documents hold together: every link of one leads to a file, and to a heading or anchor that the file has."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
OF_OURS = re.compile(
    r"`((?:flows|tasks|schemas|warehouse|tests|bench|docs)/[\w./-]+\.(?:py|sql|md|toml|yaml|service|j2))`"
)
PLACEHOLDER = re.compile(r"(?:/|_)(?:[A-Z]|[A-Z]{4,})(?=[/._-])")
"""`tests/A/B/test_C.py`, `NNNN-title.md`, `sources/SLUG.toml`: no files, but what files are called."""
HOSTILE_WEB = ROOT / "docs" / "explanation" / "hostile-web.md"


def links(path: Path) -> list[str]:
    """The targets of a document's links that lead to other documents or to a place in itself."""
    text = FENCED.sub("", path.read_text("utf-8"))
    return [target for target in LINK.findall(text) if not re.match(r"[a-z][a-z0-9+.-]*:", target)]


@cache
def anchors(path: Path) -> frozenset[str]:
    """The places of a document that a link can name: its headings, as the site and the forge spell them, and ids."""
    text = FENCED.sub("", path.read_text("utf-8"))
    headings = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    spelled = [re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings]
    return frozenset([*spelled, *re.findall(r'id="([^"]+)"', text)])


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    dead = []
    for target in links(document):
        name, _, anchor = target.partition("#")
        place = (document.parent / name).resolve() if name else document
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place)):
            dead.append(target)
    assert dead == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_every_file_of_ours_that_a_document_names_exists(document: Path) -> None:
    named = [name for name in OF_OURS.findall(document.read_text("utf-8")) if not PLACEHOLDER.search(name)]
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_cases_of_the_hostile_web_are_numbered_without_gaps_from_a_to_h() -> None:
    cases = re.findall(r'^\| <a id="([a-h])(\d\d)"></a>([A-H]\d\d) \|', HOSTILE_WEB.read_text("utf-8"), re.MULTILINE)
    sections = {letter: [int(number) for own, number, _ in cases if own == letter] for letter, _, _ in cases}

    assert [f"{letter}{number}".upper() for letter, number, _ in cases] == [name for _, _, name in cases]
    assert sections == {letter: list(range(1, len(numbers) + 1)) for letter, numbers in sections.items()}
    assert list(sections) == list("abcdefgh")


def test_every_case_that_the_hostile_tests_play_is_in_the_document() -> None:
    folder = ROOT / "tests" / "hostile"
    played = {
        case for path in folder.rglob("*.py") for case in re.findall(r'"([A-H]\d\d)[-" ]', path.read_text("utf-8"))
    }
    assert len(played) > 90
    assert {case for case in played if case.lower() not in anchors(HOSTILE_WEB)} == set()
