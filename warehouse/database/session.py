"""The only file that imports duckdb: instances, and sessions on them."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
from pydantic import BaseModel

from schemas.errors import NewsdeskError, SettingsError, UsageError
from warehouse.database.address import quoted
from warehouse.database.errors import meaning
from warehouse.database.extensions import packaged
from warehouse.database.names import field_name
from warehouse.database.sql_files import statement
from warehouse.database.worker import Worker

if TYPE_CHECKING:
    import pyarrow as pa  # Readers of rows have no use for it, nor for numpy, which it imports: 0.1 s of CPU.

Model = TypeVar("Model", bound=BaseModel)
Connection = duckdb.DuckDBPyConnection
Rows = list[tuple[Any, ...]]
BUFFER = "64MiB"
"""Rows that wait for the reader of a result. DuckDB 1.5.5 with one thread stands still for ever where a buffer of
1 MB, the default, is full and the rest of a UNION ALL is to be read; with two threads or a larger one it goes on."""
ROWS_AT_ONCE = 10_000


class Session:
    """One cursor, for one thread. Runs the statements of `statements/` by name, values bound. Every method
    raises what `warehouse.database.errors` makes of DuckDB's error; `doing` goes into its message."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, doing: str, setup: str = "") -> None:
        self._cursor = cursor
        self._doing = doing
        self._worker = Worker(cursor.interrupt)
        self.script(f"SET enable_progress_bar = false; SET streaming_buffer_size = '{BUFFER}'; {setup}")

    def close(self) -> None:
        """Close the cursor; what was not committed is rolled back."""
        self._undo()  # Explicit: if the server is gone, the implied rollback aborts the whole process (1.5.5).
        self._worker.close()
        self._cursor.close()

    def rows(self, name: str, /, **values: object) -> list[tuple[Any, ...]]:
        """The rows of a statement; an INSERT gives one row, the number of rows inserted."""
        with _translated(self._doing):
            return self._answer(statement(name), values=values)

    def models(self, name: str, model: type[Model], /, **values: object) -> list[Model]:
        """The rows of a statement as `model`, by column names; NULL is the field's default."""
        rows = self.rows(name, **values)
        names = [field_name(column[0]) for column in self._cursor.description or ()]
        pairs = [zip(names, row, strict=True) for row in rows]
        return [model.model_validate({name: value for name, value in row if value is not None}) for row in pairs]

    def bring(self, rows: "pa.Table") -> None:
        """Let statements see `rows` as the table `arriving`, until the next call."""
        self.script("FROM range(0)")  # Looks the lake up, once a transaction: `register` would with the GIL held.
        with _translated(self._doing):
            self._cursor.register("arriving", rows)

    def script(self, sql: str) -> list[tuple[Any, ...]]:
        """Run our own DDL, statement by statement; the rows of the last one. Never for values or users' text."""
        with _translated(self._doing):
            return self._answer(*self._cursor.extract_statements(sql))

    def ask(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Column names and rows of a user's query; raises `UsageError` for all but one SELECT that works."""
        with _translated(self._doing), _asked():
            rows = self._answer(self._only_select(sql))
            return [column[0] for column in self._cursor.description or ()], rows

    def ask_arrow(self, sql: str) -> "pa.Table":
        """The same as an Arrow table."""
        with _translated(self._doing), _asked():
            query = self._only_select(sql)
            return self._worker.do(lambda: self._cursor.execute(query).to_arrow_table())

    def ask_batches(self, sql: str, rows_at_once: int) -> "Iterator[pa.RecordBatch]":
        """The same, some rows at a time, as Arrow record batches; the first ones come before the last are read."""
        with _translated(self._doing), _asked():
            query = self._only_select(sql)
            reader = self._worker.do(lambda: self._cursor.execute(query).to_arrow_reader(rows_at_once))
            while (batch := self._worker.do(lambda: next(reader, None))) is not None:
                yield batch

    @contextmanager
    def bounded(self, seconds: float) -> Iterator[None]:
        """A statement within is stopped after so many seconds, and raises `UsageError`."""
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            self._cursor.interrupt()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except NewsdeskError as error:
            if not stopped.is_set():
                raise
            raise UsageError(f"the query was stopped after {seconds:g} s: ask for less") from error
        finally:
            timer.cancel()

    def check_select(self, sql: str) -> None:
        """Raise `UsageError` for all but one SELECT that can be parsed."""
        with _translated(self._doing), _asked():
            self._only_select(sql)

    def _answer(self, *queries: str | duckdb.Statement, values: Mapping[str, object] | None = None) -> Rows:
        """The rows of the last one, some at a time: one call for all of them would hold Python's lock, and Ctrl-C
        would wait. All queries in one call of the thread: the 900 of a publishing are short."""

        def work() -> Rows:
            rows: Rows = []
            for query in queries:
                self._cursor.execute(query, values or None)  # The first bound value imports pandas: 0.2 s.
                rows = []
                while some := self._cursor.fetchmany(ROWS_AT_ONCE):
                    rows += some
            return rows

        return self._worker.do(work)

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
            self._worker.do(lambda: self._cursor.execute("ROLLBACK"))


_checked: set[str] = set()
"""Extensions whose signature this process has checked. DuckDB reads the whole file for that, 0.28 s of CPU for the
two of a warehouse on files, and would do so for every database that is opened."""


def instance(memory: str, extensions: list[str], file: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own, in memory or on `file`, in UTC, that downloads nothing unasked. It is opened in another
    thread: the first opening in a process looks for modules of Python, and loses an exception that comes then."""
    worker = Worker(lambda: None)  # Opening takes a second at most, and DuckDB has no way to interrupt it.
    try:
        return worker.do(lambda: _opened(memory, extensions, file))
    finally:
        worker.close()


def _opened(memory: str, extensions: list[str], file: Path | None) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": f"{gettempdir()}/newsdesk-spill",
        "allow_unsigned_extensions": bool(extensions) and _checked.issuperset(extensions),
    }
    with _translated("opening the database"):
        connection = duckdb.connect(str(file) if file else ":memory:", config=config)
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        for extension in extensions:
            load_extension(connection, extension)
    try:
        connection.execute(f"SET memory_limit = {quoted(memory)}")
    except duckdb.Error as error:
        raise SettingsError(f"NEWSDESK_DUCKDB_MEMORY = {memory!r}: {error}") from error
    return connection


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load the signed binary of the pip package. Raises `UsageError` where that is not installed."""
    connection.load_extension(str(packaged(name, duckdb.__version__)))
    _checked.add(name)


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise meaning(str(error), doing) from error


@contextmanager
def _asked() -> Iterator[None]:
    """An error in the text of a query becomes `UsageError`; all others stay as they are."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.InternalException, duckdb.FatalException):
        raise
    except duckdb.Error as error:
        raise UsageError(f"the query failed: {str(error).strip()}") from error
