"""Sessions on the reader file that wait for the next question: to open one costs more than most answers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from schemas.errors import NewsdeskError
from warehouse.database.session import Session
from warehouse.reader.file import open_sessions

SESSIONS = 4
"""Questions that are answered at the same time; others wait. DuckDB uses all cores for each."""
SPILL = "2GB"
"""Bytes at most that the answers may write to the temporary folder."""


class _Stamp(NamedTuple):
    inode: int
    size: int
    changed_ns: int


class _Opened:
    """Sessions on one published file. They are closed once the file was replaced and all were given back."""

    def __init__(self, path: Path, memory: str) -> None:
        self.stamp = _stamp(path)
        self.free: SimpleQueue[Session] = SimpleQueue()
        self.held = 0
        self.is_old = False
        self._sessions = open_sessions(path, memory, SESSIONS, SPILL)
        for session in self._sessions:
            self.free.put(session)

    def close(self) -> None:
        for session in self._sessions:
            session.close()


class ReaderPool:
    """Sessions on the reader file at `path`, as `Reader` gives them: people's SQL can read and nothing else. When a
    run publishes a new file, the next question is answered from that."""

    def __init__(self, path: Path, memory: str = "256MB") -> None:
        self._path, self._memory = path, memory
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session for one question. Raises `NewsdeskError` where no reader file was published yet."""
        opened = self._current()
        session = opened.free.get()
        try:
            yield session
        finally:
            opened.free.put(session)
            self._give_back(opened)

    def close(self) -> None:
        """Close what is open; questions that are being answered end first."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened:
            self._retire(opened)

    def published_ns(self) -> int:
        """When the file was published, in nanoseconds since 1970; 0: there is none."""
        return self._path.stat().st_mtime_ns if self._path.is_file() else 0

    def _current(self) -> _Opened:
        with self._lock:
            before = self._opened
            if before is None or not self._path.is_file() or before.stamp != _stamp(self._path):
                self._opened = _Opened(self._path, self._memory) if self._path.is_file() else None
            if self._opened is None:
                raise NewsdeskError(f"no reader file at {str(self._path)!r}: run `newsdesk ingest` first")
            opened = self._opened
            opened.held += 1
        if before is not None and before is not opened:
            self._retire(before)
        return opened

    def _retire(self, opened: _Opened) -> None:
        with self._lock:
            opened.is_old = True
            is_idle = opened.held == 0
        if is_idle:
            opened.close()

    def _give_back(self, opened: _Opened) -> None:
        with self._lock:
            opened.held -= 1
            is_over = opened.is_old and opened.held == 0
        if is_over:
            opened.close()


def _stamp(path: Path) -> _Stamp:
    found = path.stat()
    return _Stamp(found.st_ino, found.st_size, found.st_mtime_ns)
