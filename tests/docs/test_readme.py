"""The README runs: every command in it is run by a test or by the gate."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.demo_site import Newsroom
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for
from tests.support.repository import ROOT

COMMANDS = [
    line.strip()
    for block in re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), flags=re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]


def commands_of(program: str) -> list[str]:
    return [command for command in COMMANDS if command.split()[0] == program]


def test_every_command_belongs_to_a_program_that_a_test_runs() -> None:
    assert {command.split()[0] for command in COMMANDS} == {"make", "newsdesk"}


@pytest.mark.parametrize("command", commands_of("make"))
def test_the_gate_runs_the_make_commands(command: str) -> None:
    assert command in (ROOT / ".ci" / "run").read_text().splitlines()


def test_the_newsdesk_commands_run_in_their_order_after_a_run(tmp_path: Path) -> None:
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        desk = Desk(environment_for(settings_for(tmp_path, newsroom)))
        assert desk.run("ingest").returncode == 0, "what `make demo` does for the reader"
        for command in commands_of("newsdesk"):
            done = desk.run(*shlex.split(command)[1:])
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            assert done.stdout, command


def test_the_readme_is_one_page() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 100
