"""Desks: homes in which tests give `newsdesk` commands."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.repository import ROOT

NEWSDESK = Path(sys.executable).parent / "newsdesk"
TIMEOUT_S = 120.0


class CommandForkServer:
    """Forks commands from one process; see `command_fork_server`. It ends with us, as its input does."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.command_fork_server"], stdin=-1, stdout=-1, text=True, cwd=ROOT
        )

    def run(self, words: list[str], environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[bytes]:
        """The command to its end. Raises `TimeoutExpired` as `subprocess.run` does."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with TemporaryDirectory() as outputs:
            out, err = Path(outputs, "out"), Path(outputs, "err")
            out.touch()
            err.touch()
            order = {"words": words, "environment": environment, "folder": str(folder), "timeout_s": TIMEOUT_S}
            self._process.stdin.write(json.dumps(order | {"out": str(out), "err": str(err)}) + "\n")
            self._process.stdin.flush()
            code = json.loads(self._process.stdout.readline())
            if code is None:
                raise subprocess.TimeoutExpired(words, TIMEOUT_S, out.read_bytes(), err.read_bytes())
            return subprocess.CompletedProcess(words, code, out.read_bytes(), err.read_bytes())


@cache
def command_fork_server() -> CommandForkServer:
    """The one of this process."""
    return CommandForkServer()


class Desk:
    """Gives `newsdesk` commands in a home of its own, from the folder; no settings file is read unless the
    environment names one."""

    def __init__(self, environment: dict[str, str], folder: Path = ROOT) -> None:
        ours = ("NEWSDESK_", "PREFECT_", "COLUMNS")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.environment = kept | {"NEWSDESK_SETTINGS": ""} | environment
        self.folder = folder

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        done = self.run_raw(*words, **environment)
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    def run_raw(self, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return command_fork_server().run([str(NEWSDESK), *words], self.environment | environment, self.folder)

    def json(self, *words: str) -> object:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
