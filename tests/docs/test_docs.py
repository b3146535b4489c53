"""The documents are true: every query and every snippet in them runs that can run here."""

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.settings import Settings
from tasks.demo_site import Newsroom
from tests.support.clients import VERSIONS, python_of, shell_folder
from tests.support.desks import NEWSDESK
from tests.support.newsrooms import ask, ingest, settings_for
from tests.support.repository import ROOT

DOCS = ROOT / "docs"


def blocks(language: str, *names: str) -> list[str]:
    """The blocks of code in one language of these documents."""
    text = "".join((DOCS / name).read_text() for name in names)
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


QUERIES = blocks("sql", "how-to/queries.md", "how-to/query.md")
SCRIPTS = blocks("python", "how-to/query.md")
ASKS_THE_WEB = "newsdesk add "
"""The first hour runs it, beside an outlet that answers."""
COMMANDS = [
    line
    for block in blocks("sh", "how-to/query.md")
    for line in block.splitlines()
    if not line.startswith(ASKS_THE_WEB)
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home after two runs."""
    opened_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    with Newsroom(opened_at) as newsroom:
        made = settings_for(tmp_path_factory.mktemp("docs"), newsroom)
        ingest(made, opened_at + timedelta(minutes=1))
        newsroom.edition = 2
        ingest(made, opened_at + timedelta(minutes=40))
    return made


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_documents_runs(settings: Settings, query: str) -> None:
    assert isinstance(ask(settings, query), list)


def test_the_query_for_wire_copy_finds_the_wire_story(settings: Settings) -> None:
    query = next(query for query in QUERIES if "coalesce(duplicate_of" in query)
    assert [row["sources"] for row in ask(settings, query)] == [["harbour-gazette", "talblick"]]


@pytest.fixture(scope="module")
def desk(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `var` is the home."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "var").symlink_to(settings.home)
    return folder


@pytest.mark.parametrize("version", VERSIONS)
def test_the_python_snippets_run_in_each_version_of_duckdb(desk: Path, version: str) -> None:
    for script in SCRIPTS:
        told = subprocess.run([python_of(version), "-I", "-c", script], cwd=desk, capture_output=True, text=True)
        assert (told.returncode, bool(told.stdout)) == (0, True), told.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_run(desk: Path, command: str) -> None:
    path = f"{NEWSDESK.parent}:{shell_folder()}:{os.environ['PATH']}"
    told = subprocess.run(command, shell=True, cwd=desk, env={"PATH": path}, capture_output=True, text=True)
    assert (told.returncode, bool(told.stdout)) == (0, True), told.stderr


def test_the_shell_opens_the_reader_file_in_the_command_line_of_duckdb(desk: Path) -> None:
    told = subprocess.run(
        [NEWSDESK, "shell"],
        input="SELECT 'articles: ' || (count(*) > 50) FROM main.articles; DROP TABLE ops.runs;",
        cwd=desk,
        env={"PATH": str(shell_folder())},
        capture_output=True,
        text=True,
    )
    assert "articles: true" in told.stdout
    assert "read-only" in told.stderr
