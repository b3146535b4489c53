"""What stands before a command: help, version and completion, and the entries that installations of 0.1 start."""

import os
import subprocess
import sys
from importlib import import_module

import pytest

from tests.support.desks import NEWSDESK, Desk
from tests.support.repository import ROOT

SCRIPT = "import sys\nfrom flows.cli import main\nsys.argv = ['newsdesk', 'version']\nsys.exit(main())\n"
"""What pip wrote as the console script of an editable install of 0.1."""


def test_the_console_script_of_an_earlier_editable_install_runs() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("newsdesk ")


@pytest.mark.parametrize("name", ["register", "serve"])
def test_the_module_commands_of_compose_files_for_0_1_are_those_of_deploy(name: str) -> None:
    assert import_module(f"flows.{name}").main is import_module(f"flows.deploy.{name}").main


@pytest.fixture
def desk() -> Desk:
    return Desk({"COLUMNS": "80"})


@pytest.mark.parametrize("word", ["-v", "--version"])
def test_an_option_prints_the_version_as_the_command_does(desk: Desk, word: str) -> None:
    done = desk.run(word)
    assert (done.returncode, done.stdout) == (0, desk.run("version").stdout)


@pytest.mark.parametrize("words", [(), ("sources",), ("sources", "add"), ("ingest",)])
def test_h_is_help_at_every_depth(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk.run(*words, "-h")
    assert (done.returncode, done.stdout) == (0, desk.run(*words, "--help").stdout)
    assert "-h, --help" in done.stdout


@pytest.mark.parametrize("words", [(), ("sources",), ("archive",)])
@pytest.mark.parametrize("columns", ["80", "60", "200"])
def test_no_sentence_of_a_list_of_commands_is_cut(desk: Desk, words: tuple[str, ...], columns: str) -> None:
    told = desk.run(*words, "-h", COLUMNS=columns).stdout
    assert "..." not in told.partition("Commands:")[2]
    assert max(map(len, told.splitlines())) <= int(columns)


def test_bash_completes_commands_and_options() -> None:
    script = (
        'eval "$(newsdesk --show-completion)"; COMP_WORDS=($1 $2); COMP_CWORD=1; _newsdesk_completion newsdesk; '
        'echo "${COMPREPLY[@]}"'
    )
    path = f"{NEWSDESK.parent}:{os.environ['PATH']}"

    def completed(word: str) -> list[str]:
        done = subprocess.run(
            ["bash", "-c", script, "bash", "newsdesk", word],
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.stdout.split()

    assert completed("stat") == ["status"]
    assert "--version" in completed("--")
