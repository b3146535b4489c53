"""Keeps services running, passes on their output, and leaves no process behind."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from schemas.errors import NewsdeskError
from schemas.runs.installation import Service
from tasks.machine.services import LIVED_S, restart_pause_s

PR_SET_CHILD_SUBREAPER = 36
GRACE_S = 60.0
"""Longer than a flow run needs to load its fetched pages after SIGTERM."""
LOOK_S = 0.2
Say = Callable[[str, str], None]
"""Takes the name of a service and a line of it."""


class SupervisedService:
    """One service that runs from `start` to `stop`. If it ends by itself it is restarted, after a pause that doubles
    with each end. `say` gets its lines."""

    def __init__(self, service: Service, say: Say) -> None:
        self._service = service
        self._say = say
        self._stop = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._keep, name=service.name, daemon=True)
        self.ends = 0

    def start(self) -> None:
        """Start it, once."""
        self._thread.start()

    def stop(self, grace_s: float = GRACE_S) -> None:
        """Send SIGTERM, and SIGKILL if the service still runs after `grace_s`."""
        self._stop.set()
        deadline = time.monotonic() + grace_s
        while self._thread.is_alive() and time.monotonic() < deadline:
            self._thread.join(LOOK_S)
        if self._thread.is_alive() and self._process is not None:
            self._say(self._service.name, f"killed: it did not end within {grace_s:g} s")
            os.killpg(self._process.pid, signal.SIGKILL)
            self._thread.join()

    def _keep(self) -> None:
        while not self._stop.is_set():
            begun = time.monotonic()
            code = self._run()
            if self._stop.is_set():
                return
            self.ends = 1 if time.monotonic() - begun > LIVED_S else self.ends + 1
            pause_s = restart_pause_s(self.ends)
            self._say(self._service.name, f"ended with {code}; started again in {pause_s:g} s")
            self._stop.wait(pause_s)

    def _run(self) -> int:
        self._process = start_process(self._service)
        reader = threading.Thread(target=_pass_on, args=(self._service, self._process, self._say), daemon=True)
        reader.start()
        while self._process.poll() is None:
            if self._stop.wait(LOOK_S):
                self._process.terminate()
                self._process.wait()
        reader.join(1)
        return self._process.returncode


def start_process(service: Service) -> "subprocess.Popen[str]":
    """Start the service in a session of its own, so that Ctrl-C on the terminal reaches us alone."""
    return subprocess.Popen(
        [sys.executable, "-m", "tasks.machine.die_with_parent", str(os.getpid()), *service.command],
        env={**os.environ, **service.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )


def run_once(service: Service, say: Say, stop: threading.Event) -> None:
    """Run a command that ends by itself; raises `NewsdeskError` with its last lines where it fails."""
    lines: list[str] = []
    process = start_process(service)
    reader = threading.Thread(
        target=_pass_on, args=(service, process, lambda _, line: lines.append(line)), daemon=True
    )
    reader.start()
    while process.poll() is None:
        if stop.wait(LOOK_S):
            process.terminate()
            process.wait()
            return
    reader.join()
    if process.returncode:
        told = "\n".join(lines[-15:])
        raise NewsdeskError(f"{service.name!r} failed with exit code {process.returncode}:\n{told}")
    say(service.name, "done")


def wait_until(
    answers: Callable[[], bool], keeper: SupervisedService, what: str, within_s: float, stop: threading.Event
) -> None:
    """Wait for a service to answer. Raises `NewsdeskError` if it ends before, or does not answer in time."""
    deadline = time.monotonic() + within_s
    while not stop.is_set() and not answers():
        if keeper.ends:
            raise NewsdeskError(f"{what} ended before it answered; its lines above say why")
        if time.monotonic() > deadline:
            raise NewsdeskError(f"{what} did not answer within {within_s:g} s")
        stop.wait(LOOK_S)


def _pass_on(service: Service, process: "subprocess.Popen[str]", say: Say) -> None:
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            if line.strip():
                say(service.name, line.rstrip())


@contextmanager
def no_process_left() -> Iterator[None]:
    """Ends every process that was started inside, also by services, before it returns (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = set(_descendants())
    try:
        yield
    finally:
        _end_all(before)


def _end_all(spared: set[int]) -> None:
    """Send SIGTERM to all descendants, then SIGKILL; orphans that become our children are found in the next round."""
    deadline = time.monotonic() + GRACE_S
    asked: set[int] = set()
    while left := _descendants() - spared:
        number = signal.SIGKILL if time.monotonic() > deadline else signal.SIGTERM
        for pid in left if number == signal.SIGKILL else left - asked:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        asked |= left
        _reap()
        time.sleep(LOOK_S)


def _reap() -> None:
    """Wait for ended orphans that became our children, so that no zombie stays."""
    for pid, parent, state in list(_processes()):
        if parent == os.getpid() and state == "Z":
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def _descendants() -> set[int]:
    parents = {pid: parent for pid, parent, _ in _processes()}
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= more
    return found - {os.getpid()}


def _processes() -> Iterator[tuple[int, int, str]]:
    """Pid, pid of the parent, and state of every process; none where there is no /proc."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield int(path.parent.name), int(fields[1]), fields[0]
