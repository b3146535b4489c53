"""The reader file: one .duckdb file that shows a snapshot of the warehouse to any DuckDB client."""

import os
from pathlib import Path

from schemas.errors import NewsdeskError
from schemas.history.published import Published
from warehouse.database.address import quoted
from warehouse.database.errors import READING
from warehouse.database.object_store import open_store
from warehouse.database.session import Session, instance, load_extension


class Reader:
    """The reader file at `path`, opened for untrusted SQL: it can read the file and the Parquet files below its data
    folder, and can neither write nor change a setting.

    A context manager that gives a session. Raises `NewsdeskError` if there is no such file.
    """

    def __init__(self, path: Path, memory: str = "512MB") -> None:
        (self._session,) = open_sessions(path, memory)

    def __enter__(self) -> Session:
        return self._session

    def __exit__(self, *_: object) -> None:
        self._session.close()


def open_sessions(path: Path, memory: str, count: int = 1, spill: str = "") -> tuple[Session, ...]:
    """Sessions on one opening of the reader file, each for one thread, for untrusted SQL. `spill`: bytes at most that
    they may write to the temporary folder, as "2GB"; empty: as DuckDB has it. Raises `NewsdeskError` if there is no
    such file."""
    if not path.is_file():
        raise NewsdeskError(f"no reader file at {str(path)!r}: run `newsdesk ingest` or `newsdesk publish` first")
    # Attached to a new in-memory database: DuckDB caches instances by file name, and would return the one that
    # this process opened before the file was replaced.
    connection = instance(memory, [])
    attach = f"ATTACH {quoted(str(path))} AS newsdesk (READ_ONLY); USE newsdesk"
    first = Session(connection, f"{READING} {str(path)!r}", attach)
    data_path = first.models("select_published", Published)[0].data_path
    if "://" not in data_path and not Path(data_path).is_dir():
        raise NewsdeskError(
            f"the reader file shows files below {data_path!r}, which does not exist (was the home moved?): "
            "run `newsdesk publish`"
        )
    if "://" in data_path:
        load_extension(connection, "httpfs")
        open_store(first, os.environ)
    others = [Session(connection.cursor(), f"{READING} {str(path)!r}", "USE newsdesk") for _ in range(count - 1)]
    first.script(
        f"SET allowed_directories = [{quoted(data_path)}]; "
        f"{f'SET max_temp_directory_size = {quoted(spill)}; ' if spill else ''}"
        "SET enable_external_access = false; "
        "SET lock_configuration = true"
    )
    return (first, *others)


class Draft:
    """A context manager that makes a new reader file at `path` and gives a session that can write it."""

    def __init__(self, path: Path, is_remote: bool) -> None:
        self._connection = instance("256MB", ["httpfs"] if is_remote else [], path)
        self._session = Session(self._connection, f"writing {str(path)!r}")
        if is_remote:
            open_store(self._session, os.environ)

    def __enter__(self) -> Session:
        return self._session

    def __exit__(self, *_: object) -> None:
        self._session.close()
