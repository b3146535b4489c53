"""The entries that installations of version 0.1 start `newsdesk` by are still valid."""

import subprocess
import sys
from importlib import import_module

import pytest

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
