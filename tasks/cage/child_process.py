"""The parent's side of the cage: the client of the fork server, and the pipes to a child process."""

import array
import os
import pickle
import select
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

from schemas.errors import NewsdeskError
from schemas.items.outcome import Reason, Refusal
from tasks.cage.child_main import HEADER
from tasks.cage.fork_server import ANSWER, MESSAGE

TAIL_BYTES = 2_000
PIPE_BYTES = 64 * 1024
"""Capacity of a pipe: one read returns no more."""
DEADLY = {
    signal.SIGXCPU: Reason.PARSE_TIMEOUT,
    signal.SIGSEGV: Reason.PARSE_MEMORY,
    signal.SIGABRT: Reason.PARSE_MEMORY,
    signal.SIGKILL: Reason.PARSE_MEMORY,
    signal.SIGBUS: Reason.PARSE_MEMORY,
}
"""The reason for each signal that ends a child (the kernel's out-of-memory killer sends SIGKILL)."""


class ForkServer:
    """The client of the fork server process (`tasks.cage.fork_server`). The process is started with the first child,
    or by `open`, and started again if it died."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._is_open = False

    def open(self, *preload: str) -> None:
        """Start the process now, if it does not run. It imports `preload` too, while the caller does other work."""
        with self._lock:
            if not self._is_open:
                self._command += preload
                self._open()

    def start(self, handles: Sequence[int]) -> int:
        """Fork a child with these handles as standard input, output and error; returns its process id."""
        with self._lock:
            if self._is_open:
                with suppress(NewsdeskError):
                    return self._ask(b"F", 0, handles)
                self._end()
            self._open()
            return self._ask(b"F", 0, handles)

    def wait(self, pid: int) -> int:
        """Wait for a child; returns its exit code, negative for a signal. If the fork server itself died, its
        children died with it: -SIGKILL is returned."""
        with self._lock:
            try:
                return self._ask(b"W", pid)
            except NewsdeskError:
                return -signal.SIGKILL

    def close(self) -> None:
        """End the fork server; its children must have ended before."""
        with self._lock:
            if self._is_open:
                self._end()

    def _open(self) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the fork server
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                self._command,
                stdin=theirs.fileno(),
                stdout=self._errors,
                stderr=self._errors,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                start_new_session=True,
            )
        self._is_open = True

    def _ask(self, order: bytes, pid: int, handles: Sequence[int] = ()) -> int:
        passed = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", handles))] if handles else []
        try:
            self._socket.sendmsg([MESSAGE.pack(order, pid)], passed)
            answer = self._socket.recv(ANSWER.size, socket.MSG_WAITALL)
        except OSError:
            answer = b""
        if len(answer) < ANSWER.size:
            raise NewsdeskError(f"the parsing child cannot start: {_last_line(self._errors)}")
        number: int = ANSWER.unpack(answer)[0]
        return number

    def _end(self) -> None:
        self._is_open = False
        self._socket.close()
        self._process.kill()
        self._process.wait()
        self._errors.close()


class Child:
    """One child, with the pipes to it and from it."""

    def __init__(self, fork_server: ForkServer) -> None:
        self._fork_server = fork_server
        self._code: int | None = None
        self._held = bytearray()
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the child
        their_calls, calls = os.pipe()
        results, their_results = os.pipe()
        self._calls, self._results = os.fdopen(calls, "wb"), os.fdopen(results, "rb", buffering=0)
        try:
            self._pid = fork_server.start((their_calls, their_results, self._errors.fileno()))
        except NewsdeskError:
            self._close()
            raise
        finally:
            os.close(their_calls)
            os.close(their_results)

    def is_alive(self) -> bool:
        """Whether the child can take another call."""
        return self._code is None

    def ask(self, function: str, calls: Sequence[tuple[object, ...]], wall_s: float) -> list[Any]:
        """The results of the function for the calls, each limited to `wall_s` seconds. If the child dies during a
        call, the last result is that call's `Refusal`, and later calls have no result."""
        message = pickle.dumps((function, calls, wall_s))
        try:
            self._calls.write(HEADER.pack(len(message)) + message)
            self._calls.flush()
        except BrokenPipeError:
            return [self._exit_reason()]
        answers: list[Any] = []
        while len(answers) < len(calls) and self.is_alive():
            answers.append(self._answer(time.monotonic() + wall_s))
        return answers

    def _answer(self, deadline: float) -> Any:
        head = self._receive(HEADER.size, deadline)
        body = self._receive(HEADER.unpack(head)[0], deadline) if isinstance(head, bytes) else head
        return pickle.loads(body) if isinstance(body, bytes) else body

    def _receive(self, size: int, deadline: float) -> bytes | Refusal:
        """The next bytes of the results. Bytes read beyond them are kept: each answer needs one system call less, and
        so one switch of threads less."""
        handle = self._results.fileno()
        while len(self._held) < size:
            left_s = deadline - time.monotonic()
            if left_s <= 0 or not select.select([handle], [], [], left_s)[0]:
                self.end()
                return Refusal(
                    reason=Reason.PARSE_TIMEOUT, detail="the document took longer than its wall-clock limit"
                )
            part = os.read(handle, PIPE_BYTES)
            if not part:
                return self._exit_reason()
            self._held += part
        received = bytes(self._held[:size])
        del self._held[:size]
        return received

    def _exit_reason(self) -> Refusal:
        code = self._code = self._fork_server.wait(self._pid)
        last = _last_line(self._errors) or f"exit code {code}"
        self._close()
        if "No module named" in last or "cannot import" in last:
            raise NewsdeskError(f"the parsing child cannot start: {last}")
        if code < 0:
            return Refusal(
                reason=DEADLY.get(signal.Signals(-code), Reason.PARSE_ERROR), detail=f"child ended by {-code}"
            )
        return Refusal(reason=Reason.PARSE_MEMORY if "MemoryError" in last else Reason.PARSE_ERROR, detail=last)

    def end(self) -> None:
        """Kill the child, if it is alive."""
        if self._code is None:
            os.kill(self._pid, signal.SIGKILL)
            self._code = self._fork_server.wait(self._pid)
        self._close()

    def _close(self) -> None:
        for stream in (self._calls, self._results, self._errors):
            try:
                stream.close()
            except BrokenPipeError:
                continue


def _last_line(errors: IO[bytes]) -> str:
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - TAIL_BYTES))
    lines = errors.read().decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else ""
