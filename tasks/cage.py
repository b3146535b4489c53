"""The cage: child processes with CPU, memory and wall-clock limits, reused across documents."""

import array
import os
import pickle
import queue
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Self

from schemas.errors import NewsdeskError
from schemas.outcome import Reason, Refusal
from tasks.cage_child import HEADER
from tasks.cage_nursery import ANSWER, MESSAGE

TAIL_BYTES = 2_000
AHEAD = 8
DEADLY = {
    signal.SIGXCPU: Reason.PARSE_TIMEOUT,
    signal.SIGSEGV: Reason.PARSE_MEMORY,
    signal.SIGABRT: Reason.PARSE_MEMORY,
    signal.SIGKILL: Reason.PARSE_MEMORY,
    signal.SIGBUS: Reason.PARSE_MEMORY,
}
"""What the signal that ended a child says of the document (the kernel's out-of-memory killer sends SIGKILL)."""


class Cage:
    """A few children that run pure functions on untrusted documents. Any thread may call.

    A document that hangs, eats memory or crashes its child costs one `Refusal`; the next one gets a
    fresh child. `preload` names modules that are imported once for all children. Nothing is started before
    the first call: a run in which nothing changed has nothing to parse.
    """

    def __init__(self, children: int, memory_mb: int, wall_s: float, preload: Sequence[str] = ()) -> None:
        self._wall_s = wall_s
        self._nursery = _Nursery([sys.executable, "-m", "tasks.cage_nursery", str(memory_mb), *preload])
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        self.children = children
        for _ in range(children):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def call(self, function: str, *arguments: object) -> Any:
        """What `function` ('module:name') returns for the arguments, or a `Refusal` with reason
        parse_timeout, parse_memory or parse_error where its child did not live to return it.

        Raises `NewsdeskError` where no child can be had."""
        child = self._idle.get()
        try:
            child = child or _Child(self._nursery)
            answer = child.ask(function, arguments, self._wall_s)
        except BaseException:
            if child:
                child.end()
            self._idle.put(None)
            raise
        self._idle.put(child if child.is_alive() else None)
        return answer

    def map(self, function: str, calls: Iterable[tuple[object, ...]]) -> Iterator[Any]:
        """What `call` returns for each of the calls, in their order; all children work at them. Of `calls` no more
        is taken than eight for each child, since pages are large."""
        waiting: deque[Future[Any]] = deque()
        with ThreadPoolExecutor(self.children) as threads:
            for arguments in calls:
                waiting.append(threads.submit(self.call, function, *arguments))
                if len(waiting) >= AHEAD * self.children:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def close(self) -> None:
        """End the children; waits for calls in flight."""
        for _ in range(self.children):
            child = self._idle.get()
            if child is not None:
                child.end()
        self._nursery.close()


class _Nursery:
    """Where children come from (`tasks.cage_nursery`): opened when the first child is asked for, and again
    where it was lost."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._is_open = False

    def bear(self, handles: Sequence[int]) -> int:
        """The process id of a child with these standard input, output and error."""
        with self._lock:
            if self._is_open:
                with suppress(NewsdeskError):
                    return self._ask(b"F", 0, handles)
                self._end()
            self._open()
            return self._ask(b"F", 0, handles)

    def bury(self, pid: int) -> int:
        """Waits for a child; its exit code, negative for a signal. One whose nursery was lost was killed too,
        as far as anybody can tell."""
        with self._lock:
            try:
                return self._ask(b"W", pid)
            except NewsdeskError:
                return -signal.SIGKILL

    def close(self) -> None:
        """End the nursery; its children have to have ended."""
        with self._lock:
            if self._is_open:
                self._end()

    def _open(self) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the nursery
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


class _Child:
    def __init__(self, nursery: _Nursery) -> None:
        self._nursery = nursery
        self._code: int | None = None
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the child
        their_calls, calls = os.pipe()
        results, their_results = os.pipe()
        self._calls, self._results = os.fdopen(calls, "wb"), os.fdopen(results, "rb", buffering=0)
        try:
            self._pid = nursery.bear((their_calls, their_results, self._errors.fileno()))
        except NewsdeskError:
            self._close()
            raise
        finally:
            os.close(their_calls)
            os.close(their_results)

    def is_alive(self) -> bool:
        return self._code is None

    def ask(self, function: str, arguments: tuple[object, ...], wall_s: float) -> Any:
        """Send, wait, receive."""
        deadline = time.monotonic() + wall_s
        message = pickle.dumps((function, arguments, wall_s))
        try:
            self._calls.write(HEADER.pack(len(message)) + message)
            self._calls.flush()
        except BrokenPipeError:
            return self._post_mortem()
        head = self._receive(HEADER.size, deadline)
        body = self._receive(HEADER.unpack(head)[0], deadline) if isinstance(head, bytes) else head
        return pickle.loads(body) if isinstance(body, bytes) else body

    def _receive(self, size: int, deadline: float) -> bytes | Refusal:
        handle = self._results.fileno()
        parts = bytearray()
        while len(parts) < size:
            left_s = deadline - time.monotonic()
            if left_s <= 0 or not select.select([handle], [], [], left_s)[0]:
                self.end()
                return Refusal(
                    reason=Reason.PARSE_TIMEOUT, detail="the document took longer than its wall-clock limit"
                )
            part = os.read(handle, min(size - len(parts), 1 << 20))
            if not part:
                return self._post_mortem()
            parts += part
        return bytes(parts)

    def _post_mortem(self) -> Refusal:
        code = self._code = self._nursery.bury(self._pid)
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
        """Kill it, if it lives."""
        if self._code is None:
            os.kill(self._pid, signal.SIGKILL)
            self._code = self._nursery.bury(self._pid)
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
