"""One reader's shell: commands in turn, each with the folder and the variables that the ones before left."""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Timer
from typing import NamedTuple

TIMEOUT_S = 600.0
_KEEP = """
cd "$(cat {place}/.folder)" || exit 125
. {place}/.variables
trap : INT
{command}
code=$?
pwd > {place}/.folder
export -p > {place}/.variables
exit $code
"""


class Done(NamedTuple):
    """How a command ended. A signal is negative, as `subprocess` has it; `code` is None after the timeout."""

    code: int | None
    out: str
    err: str
    seconds: float


class Shell:
    """A `sh` with these variables and no others; its state is kept in `place`. `prefix` makes each command another
    user's."""

    def __init__(self, place: Path, variables: Mapping[str, str], prefix: list[str]) -> None:
        self._place, self._variables, self._prefix = place, variables, prefix

    def start(self, folder: Path) -> None:
        """A new shell in this folder."""
        variables = "".join(f"export {name}={shlex.quote(of)}\n" for name, of in self._variables.items())
        for name, text in ((".folder", f"{folder}\n"), (".variables", variables)):
            (self._place / name).write_text(text)
            (self._place / name).chmod(0o666)

    def run(self, command: str, until: str | None = None) -> Done:
        """Give one command. With `until`, Ctrl-C is pressed as soon as it prints this."""
        script = _KEEP.format(place=self._place, command=command)
        begun = time.monotonic()
        child = subprocess.Popen(
            [*self._prefix, "sh", "-c", script],
            env={"PATH": os.defpath},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if until is None else subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        late = Timer(TIMEOUT_S, os.killpg, (child.pid, signal.SIGKILL))
        late.start()
        begin = _read_until(child, until) if until else ""
        out, err = child.communicate()
        is_late = not late.is_alive()
        late.cancel()
        return Done(None if is_late else child.returncode, begin + out, err or "", time.monotonic() - begun)


def _read_until(child: "subprocess.Popen[str]", until: str) -> str:
    """What it prints up to and with the line that has `until`; then Ctrl-C is pressed."""
    assert child.stdout is not None
    read = ""
    for line in child.stdout:
        read += line
        if until in line:
            os.killpg(child.pid, signal.SIGINT)
            break
    return read
