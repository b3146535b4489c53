"""Ctrl-C during a command that reads: it ends at once, with 130 and no traceback."""

import os
import pty
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.desks import NEWSDESK, Desk

ENDLESS = "SELECT count(*) FROM range(100000000000) AS numbers(n) WHERE hash(n) = 1"
MANY_ROWS = "FROM range(1000000000)"
COMMANDS = (
    ("sql", ENDLESS),
    ("sql", MANY_ROWS),
    ("sql", ENDLESS, "--format", "json"),
    ("sql", ENDLESS, "--format", "parquet"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The home that a demo made."""
    folder = tmp_path_factory.mktemp("interrupts")
    done = Desk({"NEWSDESK_HOME": str(folder)}).run("demo")
    assert done.returncode == 0, done.stderr
    return Desk({"NEWSDESK_HOME": str(folder / "demo")})


@pytest.fixture
def started(desk: Desk, tmp_path: Path, start_s: float) -> Iterator["Started"]:
    opened = Started(desk, tmp_path, start_s)
    yield opened
    opened.kill()


class Started:
    """A command in a process of its own."""

    def __init__(self, desk: Desk, folder: Path, start_s: float) -> None:
        self._environment = desk.environment
        self._errors = folder / "errors"
        self._start_s = start_s
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *words: str, stdout: int = subprocess.DEVNULL) -> None:
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                [str(NEWSDESK), *words], env=self._environment, stdout=stdout, stderr=errors
            )

    def wait_until_it_computes(self, seconds: float = 1.0) -> None:
        """Until it has used so much more CPU than the start of a command takes."""
        assert self._process is not None
        until = time.monotonic() + 60
        while cpu_s(self._process.pid) < self._start_s + seconds:
            assert self._process.poll() is None, self.errors()
            assert time.monotonic() < until
            time.sleep(0.05)

    def interrupt(self, within_s: float = 10.0) -> int:
        """Send SIGINT; the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(within_s)

    def errors(self) -> str:
        return self._errors.read_text()

    def kill(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def cpu_s(pid: int) -> float:
    """CPU seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def start_s(desk: Desk) -> float:
    """CPU seconds of a command that answers at once."""
    before = os.times()
    words = [str(NEWSDESK), "sql", "SELECT 1 AS one"]
    subprocess.run(words, env=desk.environment, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return (after.children_user + after.children_system) - (before.children_user + before.children_system)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_query_ends_at_once(started: Started, words: tuple[str, ...]) -> None:
    started.start(*words)
    started.wait_until_it_computes()
    assert started.interrupt() == 130
    assert "Traceback" not in started.errors()


def test_the_watched_status_ends_at_once_and_leaves_the_screen(started: Started) -> None:
    ours, theirs = pty.openpty()
    started.start("status", "--watch", stdout=theirs)
    os.close(theirs)
    seen = b""
    while b"as of" not in seen:
        seen += os.read(ours, 65536)
    assert started.interrupt() == 130
    seen += _rest(ours)
    assert b"\x1b[?1049l" in seen
    assert "Traceback" not in started.errors()


def _rest(terminal: int) -> bytes:
    """All that was written before the other end was closed: Linux reports that end as EIO, and one read gives a part
    of what waits."""
    rest = b""
    with open(terminal, "rb", buffering=0) as file, suppress(OSError):
        while piece := file.read(65536):
            rest += piece
    return rest


def test_a_status_that_is_watched_in_a_pipe_ends_at_once(started: Started) -> None:
    here, there = os.pipe()
    started.start("status", "--watch", stdout=there)
    os.close(there)
    assert b"as of" in os.read(here, 65536)
    assert started.interrupt() == 130
    os.close(here)
