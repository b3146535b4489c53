"""The cage: child processes with CPU, memory and wall-clock limits, reused across documents."""

import os
import pickle
import queue
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from types import TracebackType
from typing import IO, Any, Self

from schemas.errors import NewsdeskError
from schemas.outcome import Reason, Refusal

HEADER = struct.Struct(">Q")
TAIL_BYTES = 2_000
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
    fresh child. `preload` names modules that every child imports at its start, beside other work.
    """

    def __init__(self, children: int, memory_mb: int, wall_s: float, preload: Sequence[str] = ()) -> None:
        self._wall_s = wall_s
        self._command = [sys.executable, "-m", "tasks.cage_child", str(memory_mb), *preload]
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        self.children = children
        for _ in range(children):
            self._idle.put(_Child(self._command))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def call(self, function: str, *arguments: object) -> Any:
        """What `function` ('module:name') returns for the arguments, or a `Refusal` with reason
        parse_timeout, parse_memory or parse_error where its child did not live to return it."""
        child = self._idle.get() or _Child(self._command)
        try:
            answer = child.ask(function, arguments, self._wall_s)
        except BaseException:
            child.end()
            self._idle.put(None)
            raise
        self._idle.put(child if child.is_alive() else None)
        return answer

    def close(self) -> None:
        """End the children; waits for calls in flight."""
        for _ in range(self.children):
            child = self._idle.get()
            if child is not None:
                child.end()


class _Child:
    def __init__(self, command: list[str]) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the child
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            start_new_session=True,
        )

    def is_alive(self) -> bool:
        return self._process.returncode is None

    def ask(self, function: str, arguments: tuple[object, ...], wall_s: float) -> Any:
        """Send, wait, receive; a child that is still importing does so on the first document's time."""
        deadline = time.monotonic() + wall_s
        message = pickle.dumps((function, arguments, wall_s))
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(HEADER.pack(len(message)) + message)
            self._process.stdin.flush()
        except BrokenPipeError:
            return self._post_mortem()
        head = self._receive(HEADER.size, deadline)
        body = self._receive(HEADER.unpack(head)[0], deadline) if isinstance(head, bytes) else head
        return pickle.loads(body) if isinstance(body, bytes) else body

    def _receive(self, size: int, deadline: float) -> bytes | Refusal:
        assert self._process.stdout is not None
        handle = self._process.stdout.fileno()
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
        code = self._process.wait()
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - TAIL_BYTES))
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        last = lines[-1][:300] if lines else f"exit code {code}"
        self.end()
        if "No module named" in last or "cannot import" in last:
            raise NewsdeskError(f"the parsing child cannot start: {last}")
        if code < 0:
            return Refusal(
                reason=DEADLY.get(signal.Signals(-code), Reason.PARSE_ERROR), detail=f"child ended by {-code}"
            )
        return Refusal(reason=Reason.PARSE_MEMORY if "MemoryError" in last else Reason.PARSE_ERROR, detail=last)

    def end(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        self._errors.close()
