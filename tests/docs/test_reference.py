"""The reference says what the code says: it is generated again and compared."""

import shutil
import subprocess

import pytest

from docs._generate.api import api_pages
from docs._generate.docstrings import meanings
from docs._generate.findings import codes
from docs._generate.reference import PAGES, REFERENCE
from schemas.items.finding import KINDS
from schemas.items.outcome import Reason

AGAIN = "run `make reference`"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_reference_is_what_the_code_says(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name](), AGAIN


def test_the_api_has_a_page_for_every_room_and_no_other() -> None:
    written = [*REFERENCE.glob("api/*.md"), REFERENCE / "api.md"]
    there = {path.relative_to(REFERENCE).as_posix(): path.read_text(encoding="utf-8") for path in written}
    assert there == api_pages(), AGAIN


def test_every_reason_has_a_meaning() -> None:
    assert list(meanings(Reason)) == list(Reason)


def test_the_codes_of_findings_are_those_that_have_a_meaning() -> None:
    assert set(codes()) == set(KINDS)


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not on this machine")
def test_groff_reads_the_man_page_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-z", str(REFERENCE / "newsdesk.1")], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
