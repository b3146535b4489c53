"""A program that forks attempts which die, and the test's end of the pipe to it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from schemas.settings import Settings
from tests.support.repository import ROOT


class Host:
    """The program that forks attempts."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def attempt(self, settings: Settings, steps: int | None, delay_ms: float = 0, **order: Any) -> str:
        """`killed` or `done`: the attempt dies so many milliseconds after so many steps of progress (None: it
        lives)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        said = settings.model_dump(mode="json", exclude={"websub_secret"})
        order |= {"settings": said, "steps": steps, "delay_ms": delay_ms}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


@contextmanager
def open_host(module: str) -> Iterator[Host]:
    """The program `module` of tests/support, until the block ends."""
    command = [sys.executable, "-m", f"tests.support.{module}"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=ROOT) as process:
        yield Host(process)
        assert process.stdin is not None
        process.stdin.close()
