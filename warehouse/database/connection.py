"""The warehouse with its write lock: sessions that see one snapshot, and transactions that may run twice."""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from schemas.errors import TemporaryError
from warehouse.database import merge_lock
from warehouse.database.address import Address
from warehouse.database.object_store import open_store
from warehouse.database.session import Connection, Session, instance, load_extension
from warehouse.database.write_lock import AdvisoryLock, FileLock, Lock, hold

__all__ = ["Session", "Warehouse"]
T = TypeVar("T")


class Warehouse:
    """The warehouse at `url` (NEWSDESK_WAREHOUSE), made where there is none; any thread may use it. Raises
    `SettingsError` for a bad `url` or `memory`, `RefusedError` where the machine does not allow it."""

    def __init__(self, url: str, memory: str = "1GB", tries: int = 10) -> None:
        self.address = Address.parse(url)
        self._memory = memory
        self._tries = tries
        self._connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    @contextmanager
    def read(self, doing: str = "reading the warehouse") -> Iterator[Session]:
        """A session that sees one snapshot."""
        with (
            merge_lock.while_reading(self.address),
            closing(Session(self._connection.cursor(), doing, "USE lake; BEGIN")) as session,
        ):
            yield session

    def look(self, work: Callable[[Session], T], doing: str) -> T:
        """What `work` reads from one snapshot; it runs again where a writer interfered."""

        def attempt() -> T:
            with self.read(doing) as session:
                return work(session)

        return self._tried(attempt)

    def write(self, message: str, work: Callable[[Session], T], doing: str = "writing the warehouse") -> T:
        """Run `work` in one transaction under the write lock; `message` goes with the commit. It is run
        again where that could not be committed, so it must be able to run twice. Raises `TemporaryError`
        after so many tries, `RefusedError` where the gate stays shut."""
        return self._tried(partial(self._commit, message, work, doing))

    def rearrange(self, message: str, work: Callable[[Session], T], doing: str) -> T:
        """`write` for work that moves rows to other files: no session reads during it."""
        with merge_lock.while_merging(self.address):
            return self.write(message, work, doing)

    def amend_catalog(self, work: Callable[[Session], T], doing: str) -> T:
        """What `work` does to tables of the catalog itself, `__ducklake_metadata_lake`, in one transaction, while
        nobody reads or writes. It writes no table of the lake."""

        def attempt() -> T:
            with (
                self.alone(),
                closing(Session(self._connection.cursor(), doing, "USE lake")) as session,
                session.transaction(),
            ):
                return work(session)

        return self._tried(attempt)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody writes meanwhile, and nobody reads a SQLite catalog."""
        with merge_lock.while_merging(self.address), hold(self._lock(self._connection), self.address.name):
            yield

    def attach(self, other: Address, name: str) -> None:
        """Let sessions see the warehouse `other` as `name`, beside this one, which is `lake`."""
        for extension in other.extensions:
            load_extension(self._connection, extension)
        with closing(Session(self._connection.cursor(), f"opening the warehouse {other.name!r}")) as session:
            if other.is_remote:
                open_store(session, os.environ)
            session.script(other.attach_sql(other.target, name))

    def _tried(self, attempt: Callable[[], T]) -> T:
        for _ in range(self._tries - 1):
            with suppress(TemporaryError):
                return attempt()
            time.sleep(random.uniform(0.02, 0.2))
            self._mend()
        return attempt()

    def _commit(self, message: str, work: Callable[[Session], T], doing: str) -> T:
        with (
            hold(self._lock(self._connection), self.address.name),
            closing(Session(self._connection.cursor(), doing, "USE lake")) as session,
            session.transaction(),
        ):
            session.rows("set_commit_message", message=message)
            return work(session)

    def _mend(self) -> None:
        """Connect again where the session with a PostgreSQL server was lost."""
        if self.address.catalog == "postgres":
            with suppress(TemporaryError):
                self._connection = self._open()

    def _lock(self, connection: Connection) -> Lock:
        if self.address.catalog == "sqlite":
            return FileLock(self.address.gate_path)
        return AdvisoryLock(lambda: Session(connection.cursor(), "taking the write lock"), self.address.data)

    def _open(self) -> Connection:
        connection = instance(self._memory, self.address.extensions)
        session = Session(connection, f"opening the warehouse {self.address.name!r}")
        try:
            self.address.make_folders()
            if self.address.is_remote:
                open_store(session, os.environ)
            if self.address.catalog == "postgres":
                session.script(self.address.attach_gate_sql)
            if not self._is_made(session):
                self._make(session, connection)
            session.script(self.address.attach_sql(self.address.target))
        except BaseException:
            session.close()
            raise
        return connection

    def _is_made(self, session: Session) -> bool:
        if self.address.catalog == "postgres":
            return session.rows("is_catalog_made") == [(True,)]
        return self.address.is_there()

    def _make(self, session: Session, connection: Connection) -> None:
        """Make the catalog. A SQLite file gets its name when it is whole, so that who sees it may use it."""
        is_file = self.address.catalog == "sqlite"
        unfinished = f"{self.address.target}.open" if is_file else self.address.target
        with hold(self._lock(connection), self.address.name):
            if self._is_made(session):
                return
            if is_file:
                Path(unfinished).unlink(missing_ok=True)
            session.script(f"{self.address.attach_sql(unfinished)}; DETACH lake")
            if is_file:
                os.replace(unfinished, self.address.target)
