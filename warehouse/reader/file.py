"""The reader file: one .duckdb file that shows a snapshot of the warehouse to any DuckDB client."""

import os
from pathlib import Path

from schemas.errors import NewsdeskError
from schemas.history.rows import Published
from warehouse.database.address import quoted
from warehouse.database.object_store import open_store
from warehouse.database.session import Session, instance, load_extension


class Reader:
    """The reader file at `path`, opened for SQL that nobody vouches for: it sees the file and the
    Parquet files below its data folder, can write nothing and change no setting.

    A context manager that gives a session. Raises `NewsdeskError` where there is no such file.
    """

    def __init__(self, path: Path, memory: str = "512MB") -> None:
        if not path.is_file():
            raise NewsdeskError(f"no reader file at {str(path)!r}: run `newsdesk ingest` or `newsdesk publish` first")
        # Attached to a database of its own in memory: DuckDB would hand out the instance that this process
        # opened under the same name before, although the file has been replaced since.
        self._connection = instance(memory, [])
        attach = f"ATTACH {quoted(str(path))} AS newsdesk (READ_ONLY); USE newsdesk"
        self._session = Session(self._connection, f"reading {str(path)!r}", attach)
        self._shut()

    def __enter__(self) -> Session:
        return self._session

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def _shut(self) -> None:
        data_path = self._session.models("select_published", Published)[0].data_path
        if "://" not in data_path and not Path(data_path).is_dir():
            raise NewsdeskError(
                f"the reader file shows files below {data_path!r}, which is not there (a moved home?): "
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
    """A new reader file at `path`, being written; a context manager that gives a session on the file."""

    def __init__(self, path: Path, is_remote: bool) -> None:
        self._connection = instance("256MB", ["httpfs"] if is_remote else [], path)
        self._session = Session(self._connection, f"writing {str(path)!r}")
        if is_remote:
            open_store(self._session, os.environ)

    def __enter__(self) -> Session:
        return self._session

    def __exit__(self, *_: object) -> None:
        self._session.close()
