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
        if not path.is_file():
            raise NewsdeskError(f"no reader file at {str(path)!r}: run `newsdesk ingest` or `newsdesk publish` first")
        # Attached to a new in-memory database: DuckDB caches instances by file name, and would return the one that
        # this process opened before the file was replaced.
        self._connection = instance(memory, [])
        attach = f"ATTACH {quoted(str(path))} AS newsdesk (READ_ONLY); USE newsdesk"
        self._session = Session(self._connection, f"{READING} {str(path)!r}", attach)
        self._shut()

    def __enter__(self) -> Session:
        return self._session

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def _shut(self) -> None:
        data_path = self._session.models("select_published", Published)[0].data_path
        if "://" not in data_path and not Path(data_path).is_dir():
            raise NewsdeskError(
                f"the reader file shows files below {data_path!r}, which does not exist (was the home moved?): "
                "run `newsdesk publish`"
            )
        if "://" in data_path:
            load_extension(self._connection, "httpfs")
            open_store(self._session, os.environ)
        self._session.script(
            f"SET allowed_directories = [{quoted(data_path)}]; "
            "SET enable_external_access = false; "
            "SET lock_configuration = true"
        )


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
