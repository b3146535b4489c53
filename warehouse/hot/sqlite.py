"""Where the hot state lies: a SQLite file, for the processes of one machine."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from schemas.errors import DamagedError, RefusedError
from warehouse.database.errors import meaning
from warehouse.database.sql_files import statement

BUSY_S = 30.0
RETRY_S = 0.01
TABLES = ("turns", "waiters", "robots", "down_hosts", "walls", "runs", "run_counts", "leases", "alerts")


class Rows(Protocol):
    """Runs a statement of `statements/` by name, values bound."""

    def __call__(self, name: str, /, **values: object) -> Sequence[tuple[Any, ...]]:
        """Its rows."""


class HotStore(Protocol):
    """Any thread may use it."""

    def transaction(self, doing: str, about: str) -> AbstractContextManager[Rows]:
        """A transaction with a lock on all rows of `about` (a domain, a host, a run)."""

    def reading(self) -> AbstractContextManager[Rows]:
        """A context for single statements that only read."""

    def clock_s(self) -> float | None:
        """Epoch seconds by the server's clock; None: all callers have the clock of one machine."""

    def scrub(self) -> None:
        """Let nothing that was deleted stay in the files."""

    def close(self) -> None:
        """Close it."""


class SqliteStore:
    """The file at `path`, made where there is none. Raises `TemporaryError` where it is locked for half a
    minute, `RefusedError` where the disk is full or it cannot be written. A file that may only be
    read is opened for reading: `status` and `sql` of another user need no right to write."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            self._file = _open_to_read(path)
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.OperationalError) as error:
            raise RefusedError(f"cannot open the hot state {str(path)!r}: {error}") from error
        with _translated("preparing the hot state"):
            _prepare(self._file)

    def scrub(self) -> None:
        """See `HotStore`: the file is written anew, and its WAL emptied, as soon as no other process reads it."""
        with self._lock, _translated("scrubbing the hot state"):
            self._file.execute("VACUUM")
            self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()

    @contextmanager
    def transaction(self, doing: str, about: str) -> Iterator[Rows]:
        """See `HotStore`; the whole file is locked."""
        with self._lock, _translated(doing):
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield self._rows
                self._file.execute("COMMIT")
            except BaseException:
                if self._file.in_transaction:  # Some faults end it by themselves; an open one would shut out all.
                    self._file.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """See `HotStore`."""
        with self._lock, _translated("reading the hot state"):
            yield self._rows

    def clock_s(self) -> float | None:
        """See `HotStore`."""
        return None

    def _rows(self, name: str, /, **values: object) -> list[tuple[Any, ...]]:
        return self._file.execute(statement(name), values).fetchall()


def _open_to_read(path: Path) -> sqlite3.Connection:
    """Without a WAL beside it nobody has the file open, and SQLite, which could make no WAL here, must be told so
    (https://www.sqlite.org/wal.html, "Read-Only Databases")."""
    how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    try:
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        raise RefusedError(f"cannot read the hot state {str(path)!r}: {error}") from error


def _prepare(file: sqlite3.Connection) -> None:
    """WAL, and the tables; the switch to WAL does not wait for a lock by itself."""
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            file.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(RETRY_S)
    file.execute("PRAGMA synchronous = NORMAL")
    for table in TABLES:
        file.execute(statement(f"create_{table}"))


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise meaning(str(error), doing) from error
    except sqlite3.DatabaseError as error:
        raise DamagedError(
            f"the hot state is damaged, met while {doing}; end all runs and delete warehouse/hot.sqlite, which holds "
            f"no more than the pace of hosts and which runs are under way: {error}"
        ) from error
