"""The write lock: a process that commits to the warehouse holds it, from before BEGIN until after COMMIT.

DuckLake sees no conflict between two inserts. Without the lock two loads that insert what is missing insert it twice
(measured: 3,000 rows became 3,600). The system frees the lock of a process that was killed.
"""

import fcntl
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from schemas.errors import RefusedError

WAIT_S = 120.0
"""Longer than the longest work under the lock: a full merge of files, 13 s for 1 M articles."""


class Lock(Protocol):
    """A lock between processes."""

    def take(self) -> bool:
        """Whether it could be taken at once."""

    def free(self) -> None:
        """Free the lock."""


class Asking(Protocol):
    """A database session of its own, as `connection.Session` is."""

    def script(self, sql: str) -> list[tuple[Any, ...]]:
        """Run DDL."""

    def rows(self, name: str, /, **values: object) -> list[tuple[Any, ...]]:
        """The rows of a statement."""

    def close(self) -> None:
        """Close the session and roll back its transaction."""


class FileLock:
    """A lock on a file of a local disk (flock); threads of one process exclude each other, too. A lock that
    `is_shared` may have any number of holders, but none beside a holder that is not."""

    def __init__(self, path: Path, is_shared: bool = False) -> None:
        self._path = path
        self._kind = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
        self._file: int | None = None

    def take(self) -> bool:
        """Whether it could be taken at once; raises `RefusedError` where its file cannot be made."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise RefusedError(f"cannot open the lock {str(self._path)!r}: {error.strerror}") from error
        try:
            fcntl.flock(file, self._kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def free(self) -> None:
        """Free the lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class AdvisoryLock:
    """A lock of a PostgreSQL transaction, named by a text; it ends with its session."""

    def __init__(self, connect: Callable[[], Asking], name: str) -> None:
        self._connect = connect
        self._key = int.from_bytes(sha256(name.encode()).digest()[:7], "big")
        self._session: Asking | None = None

    def take(self) -> bool:
        """Whether it could be taken at once."""
        session = self._connect()
        try:
            session.script("BEGIN")
            is_taken = session.rows("try_gate", key=self._key) == [(True,)]
        except BaseException:
            session.close()
            raise
        if is_taken:
            self._session = session
        else:
            session.close()
        return is_taken

    def free(self) -> None:
        """Free the lock."""
        if self._session is not None:
            self._session.close()
            self._session = None


@contextmanager
def hold(lock: Lock, name: str, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold `lock`; raises `RefusedError` where another holds it for `wait_s` seconds."""
    give_up = time.monotonic() + wait_s
    while not lock.take():
        if time.monotonic() > give_up:
            raise RefusedError(f"another process has been writing {name!r} for {wait_s:g} s; wait for it or end it")
        time.sleep(random.uniform(0.002, 0.02))
    try:
        yield
    finally:
        lock.free()
