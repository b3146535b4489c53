"""The README runs: every command in it is run by a test or by the gate."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.cli.demo import OWN_SOURCE
from tasks.demo_site import Newsroom
from tests.support.repository import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip()
    for block in re.findall(r"```sh\n(.*?)```", TEXT, flags=re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
OF_THE_GATE = [command for command in COMMANDS if command.startswith("make ")]
IN_A_SHELL = [command for command in COMMANDS if command not in OF_THE_GATE]
FEED = "https://outlet.example/feed.xml"
"""Stands on the page for a feed of the reader's own choice."""
TIMEOUT_S = 240.0


def pasted(commands: list[str], folder: Path, environment: dict[str, str]) -> list[str]:
    """What each command prints, all given to one new shell in `folder`, which does not find `newsdesk` by itself."""
    ours = ("NEWSDESK_", "PREFECT_", "COLUMNS", "PATH", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    script = "\n".join(f"{command}\nprintf '\\036'" for command in commands)
    shell = kept | {"PATH": os.defpath, "HOME": str(folder)} | environment
    done = subprocess.run(
        ["sh", "-ec", script], cwd=folder, env=shell, capture_output=True, text=True, timeout=TIMEOUT_S
    )
    assert done.returncode == 0, f"{commands[done.stdout.count(chr(30))]}\n{done.stderr}"
    return done.stdout.split("\036")[:-1]


def test_every_command_is_of_a_kind_that_a_test_runs() -> None:
    assert {command.split()[0] for command in COMMANDS} == {"make", ".", "export", "unset", "cd", "newsdesk"}


@pytest.mark.parametrize("command", OF_THE_GATE)
def test_the_gate_runs_the_make_commands(command: str) -> None:
    assert command in (ROOT / ".ci" / "run").read_text().splitlines()


def test_the_commands_run_as_written_after_the_demo(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(sys.prefix)
    pasted([".venv/bin/newsdesk demo"], tmp_path, {})  # what `make demo` does
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        reached = {"NEWSDESK_HOSTS": newsroom.hosts, "NEWSDESK_ALLOW_ADDRESSES": newsroom.allow}
        own = [command.replace(FEED, "http://harbour-gazette.example/rss/news.xml") for command in IN_A_SHELL]
        assert own != IN_A_SHELL
        printed = dict(zip(IN_A_SHELL, pasted(own, tmp_path, reached), strict=True))

    assert [command for command in IN_A_SHELL if command.startswith("newsdesk") and not printed[command]] == []
    assert "Dredging of inner basin" in printed["newsdesk show dredging of inner basin"]
    assert re.match(r"All well, [1-9]\d* articles loaded from 1 source ", printed["newsdesk ingest"])
    assert "sources: 1\n" in printed["newsdesk status"]
    assert (tmp_path / "news" / "var" / "newsdesk.duckdb").exists()


def test_the_demo_and_the_readme_name_the_same_first_source() -> None:
    assert set(OWN_SOURCE) <= set(COMMANDS)


def test_the_readme_is_one_page() -> None:
    assert len(TEXT.splitlines()) <= 100
