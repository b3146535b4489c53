"""The documents and the deployments state the ladder that the code has."""

import re
from pathlib import Path

import pytest

from flows.cli.ingest import REVISIT_HELP
from tasks.pure.polling.ladder import ladder_words

ROOT = Path(__file__).parents[2]
LADDER_TEXT = re.compile(r"\d+ [hd]\b(?:(?:,| and|, and)\s\d+ [hd]\b){2,}")
STATING = (
    "prefect.yaml",
    "docs/explanation/measured-facts.md",
    "docs/explanation/politeness.md",
    "docs/explanation/versions-and-timelines.md",
    "docs/how-to/change-retries.md",
    "docs/reference/cli.md",
    "docs/reference/glossary.md",
)


def stated(text: str) -> set[str]:
    """The ladders that a text states, each on one line."""
    return {" ".join(found.split()) for found in LADDER_TEXT.findall(text)}


@pytest.mark.parametrize("name", STATING)
def test_a_text_that_states_the_ladder_states_that_of_the_code(name: str) -> None:
    assert stated((ROOT / name).read_text(encoding="utf-8")) == {ladder_words()}


def test_no_other_document_states_a_ladder() -> None:
    pages = [ROOT / "prefect.yaml", ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    found = {page.relative_to(ROOT).as_posix() for page in pages if stated(page.read_text(encoding="utf-8"))}
    assert found == set(STATING)


def test_the_help_of_revisit_states_the_ladder() -> None:
    assert stated(REVISIT_HELP) == {ladder_words()}
