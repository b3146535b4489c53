"""The only file that imports duckdb: sessions, and the warehouse with its write gate."""

import logging
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Self, TypeVar

import duckdb
import pyarrow as pa
from pydantic import BaseModel

from schemas.errors import SettingsError, TemporaryError, UsageError
from warehouse.address import Address
from warehouse.columns import field_name
from warehouse.extensions import packaged
from warehouse.faults import meaning
from warehouse.gate import AdvisoryLock, FileLock, Lock, hold
from warehouse.texts import statement

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)
log = logging.getLogger(__name__)


class Session:
    """One cursor, for one thread. Runs the statements of `statements/` by name, values bound. Every method
    raises what `warehouse.faults` makes of DuckDB's error; `doing` goes into its message."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, doing: str, setup: str = "") -> None:
        self._cursor = cursor
        self._doing = doing
        self.script(f"SET enable_progress_bar = false; {setup}")

    def close(self) -> None:
        """Let the cursor go; what was not committed is rolled back."""
        self._undo()  # By hand: where the server is gone, the implied rollback aborts the whole process (1.5.5).
        self._cursor.close()

    def rows(self, name: str, /, **values: object) -> list[tuple[Any, ...]]:
        """The rows of a statement; an INSERT gives one row, the number of rows inserted."""
        with _translated(self._doing):
            return self._cursor.execute(statement(name), values).fetchall()

    def models(self, name: str, model: type[Model], /, **values: object) -> list[Model]:
        """The rows of a statement as `model`, by column names; NULL is the field's default."""
        rows = self.rows(name, **values)
        names = [field_name(column[0]) for column in self._cursor.description or ()]
        pairs = [zip(names, row, strict=True) for row in rows]
        return [model.model_validate({name: value for name, value in row if value is not None}) for row in pairs]

    def bring(self, rows: pa.Table) -> None:
        """Let statements see `rows` as the table `arriving`, until the next call."""
        with _translated(self._doing):
            self._cursor.register("arriving", rows)

    def script(self, sql: str) -> list[tuple[Any, ...]]:
        """Run our own DDL, statement by statement; the rows of the last one. Never for values or users' text."""
        with _translated(self._doing):
            for one in self._cursor.extract_statements(sql):
                self._cursor.execute(one)
            return self._cursor.fetchall()

    def ask(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Column names and rows of a user's query; raises `UsageError` for all but one SELECT that works."""
        with _translated(self._doing), _asked():
            rows = self._cursor.execute(self._only_select(sql)).fetchall()
            return [column[0] for column in self._cursor.description or ()], rows

    def ask_arrow(self, sql: str) -> pa.Table:
        """The same as an Arrow table."""
        with _translated(self._doing), _asked():
            table: pa.Table = self._cursor.execute(self._only_select(sql)).to_arrow_table()
            return table

    def _only_select(self, sql: str) -> duckdb.Statement:
        statements = self._cursor.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise UsageError("the query must be one SELECT statement: nothing can be written here")
        return statements[0]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything within is committed together, or nothing of it."""
        self.script("BEGIN")
        try:
            yield
            self.script("COMMIT")
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        with suppress(duckdb.Error):  # A failed COMMIT or a lost connection leaves nothing to roll back.
            self._cursor.execute("ROLLBACK")


class Warehouse:
    """The warehouse at `url` (NEWSDESK_WAREHOUSE), made where there is none; any thread may use it. Raises
    `SettingsError` for a bad `url` or `memory`, `RefusedError` where the machine does not allow it."""

    def __init__(self, url: str, memory: str = "1GB") -> None:
        self.address = Address.parse(url)
        self._memory = memory
        self._connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()

    @contextmanager
    def read(self, doing: str = "reading the warehouse") -> Iterator[Session]:
        """A session that sees one snapshot."""
        with closing(Session(self._connection.cursor(), doing, "USE lake; BEGIN")) as session:
            yield session

    def look(self, work: Callable[[Session], T], doing: str) -> T:
        """What `work` reads from one snapshot; it is run again where a writer was in its way."""

        def attempt() -> T:
            with self.read(doing) as session:
                return work(session)

        return self._tried(attempt)

    def write(self, message: str, work: Callable[[Session], T], doing: str = "writing the warehouse") -> T:
        """Run `work` in one transaction inside the write gate; `message` goes with the commit. It is run
        again where that could not be committed, so it must be able to run twice. Raises `TemporaryError`
        after ten tries, `RefusedError` where the gate stays shut."""
        return self._tried(partial(self._commit, message, work, doing))

    def _tried(self, attempt: Callable[[], T]) -> T:
        for _ in range(9):
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
        """The session with a PostgreSQL server may be lost: connect again."""
        if self.address.catalog == "postgres":
            with suppress(TemporaryError):
                self._connection = self._open()

    def _lock(self, connection: duckdb.DuckDBPyConnection) -> Lock:
        if self.address.catalog == "sqlite":
            return FileLock(self.address.gate_path)
        return AdvisoryLock(lambda: Session(connection.cursor(), "taking the write gate"), self.address.data)

    def _open(self) -> duckdb.DuckDBPyConnection:
        remote = ["httpfs"] if self.address.is_remote else []
        connection = instance(self._memory, [f"{self.address.catalog}_scanner", "ducklake", *remote])
        session = Session(connection, f"opening the warehouse {self.address.name!r}")
        try:
            self.address.make_folders()
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
        return Path(self.address.target).exists()

    def _make(self, session: Session, connection: duckdb.DuckDBPyConnection) -> None:
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


def instance(memory: str, extensions: list[str], file: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own, in memory or on `file`, in UTC, that downloads nothing unasked."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": f"{gettempdir()}/newsdesk-spill",
    }
    with _translated("opening the database"):
        connection = duckdb.connect(str(file) if file else ":memory:", config=config)
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        for extension in extensions:
            load_extension(connection, extension)
    try:
        connection.execute("SET memory_limit = $memory", {"memory": memory})
    except duckdb.Error as error:
        raise SettingsError(f"NEWSDESK_DUCKDB_MEMORY = {memory!r}: {error}") from error
    return connection


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load the signed binary of the pip package; where there is none, ask DuckDB's own server for it."""
    path = packaged(name, duckdb.__version__)
    if path is None:
        log.warning("extension downloaded name=%s reason=no_package version=%s", name, duckdb.__version__)
        connection.install_extension(name)
    connection.load_extension(str(path) if path else name)


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise meaning(str(error), doing) from error


@contextmanager
def _asked() -> Iterator[None]:
    """Faults in the words of a query are the asker's; all others stay what they are."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.InternalException, duckdb.FatalException):
        raise
    except duckdb.Error as error:
        raise UsageError(f"the query failed: {str(error).strip()}") from error
