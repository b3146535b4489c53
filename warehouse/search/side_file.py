"""The SQLite file of the index: which versions it has, their texts, and which loads it has taken."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from schemas.errors import NewsdeskError
from warehouse.database.errors import meaning
from warehouse.database.sql_files import statement

FILE = "index.sqlite"
FORMAT = 2
"""Of the tables. An index of another format is made anew."""
BUSY_S = 30.0
TABLES = ("index_state", "taken_loads", "seen_forgets", "index_sources", "docs", "docs_by_article", "texts", "words")
_DAMAGED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""SQLITE_ERROR too: the statements are ours, so a missing or unreadable table is what fails."""


class DamagedIndexError(NewsdeskError):
    """The index is damaged or of another version: it has to be made anew."""


class SideFile:
    """A connection for one thread. Raises `DamagedIndexError`, or what `warehouse.database.errors` makes of the
    error: `TemporaryError` where the file is locked, `RefusedError` where the machine does not allow it."""

    def __init__(self, folder: Path, is_read_only: bool = False) -> None:
        self.path = folder / FILE
        with _translated("opening the search index"):
            if is_read_only:
                self._file = sqlite3.connect(self._uri(), uri=True, isolation_level=None)
            else:
                folder.mkdir(parents=True, exist_ok=True)
                self._file = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None)
                self._file.execute("PRAGMA journal_mode = WAL")
                self._file.execute("PRAGMA synchronous = NORMAL")
                self._file.execute("PRAGMA secure_delete = ON")
                self._file.execute("PRAGMA cache_size = -65536")

    def _uri(self) -> str:
        """Without a WAL beside it nobody has the file open, and SQLite, which could make none in a folder that may
        only be read, must be told so (https://www.sqlite.org/wal.html, "Read-Only Databases")."""
        is_open = self.path.with_name(f"{FILE}-wal").exists()
        can_write = os.access(self.path.parent, os.W_OK)
        return f"{self.path.absolute().as_uri()}?{'mode=ro' if is_open or can_write else 'immutable=1'}"

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def rows(self, name: str, /, **values: object) -> list[tuple[Any, ...]]:
        """The rows of a statement, values bound."""
        with _translated("reading the search index"):
            return self._file.execute(statement(name), values).fetchall()

    def stream(self, name: str, /, **values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement one by one."""
        with _translated("reading the search index"):
            yield from self._file.execute(statement(name), values)

    def many(self, name: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each row."""
        with _translated("writing the search index"):
            self._file.executemany(statement(name), rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything within is committed together, or nothing of it."""
        with _translated("writing the search index"):
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._end()
            except BaseException:
                if self._file.in_transaction:  # Some faults end it by themselves.
                    self._file.execute("ROLLBACK")
                raise

    def _end(self) -> None:
        self._file.execute("COMMIT")

    def make(self, version: str, engine: str) -> None:
        """Make the tables that are missing, and say of which version they are."""
        with self.transaction():
            for table in TABLES:
                self.rows(f"create_{table}")
            self.put("version", version)
            self.put("engine", engine)

    def state(self, name: str) -> str | None:
        """A fact of the index; None: it has none of the name."""
        found = self.rows("select_index_state", name=name)
        return str(found[0][0]) if found else None

    def put(self, name: str, value: str) -> None:
        """Keep a fact of the index."""
        self.rows("upsert_index_state", name=name, value=value)

    def shrink(self) -> None:
        """Take what was deleted out of the log of the file too."""
        with _translated("writing the search index"):
            self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def delete_files(folder: Path) -> None:
    """Delete the file, so that it can be made anew; whoever has it open reads on in the deleted one."""
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        (folder / name).unlink(missing_ok=True)


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _DAMAGED:
            raise DamagedIndexError(f"it is damaged, met while {doing}: {error}") from error
        raise meaning(str(error), doing) from error
