"""Searches every file of a folder for words, whatever they are packed in."""

import os
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow.parquet

from warehouse.reader.queries import answer_rows


def files_with(folder: Path, words: Collection[str]) -> dict[str, set[str]]:
    """The words that each file below the folder has, by path; files without any are left out. Case counts not.

    A file is searched as it is (so also free pages of SQLite and statistics of Parquet), gzip members unpacked,
    Parquet with all its values, and a DuckDB file with the rows of its own tables."""
    found = {}
    for parent, _, names in os.walk(folder):
        for path in (Path(parent, name) for name in names):
            text = "\n".join(_texts(path)).casefold()
            if its := {word for word in words if word.casefold() in text}:
                found[path.relative_to(folder).as_posix()] = its
    return found


def _texts(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    yield raw.decode("utf-8", "replace")
    if path.suffix == ".gz":
        yield _unpacked(raw).decode("utf-8", "replace")
    elif path.suffix == ".parquet":
        yield repr(pyarrow.parquet.read_table(path).to_pylist())
    elif path.suffix == ".duckdb":
        tables = answer_rows(
            path, "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'newsdesk'"
        )
        for (table,) in tables.rows:
            yield repr(answer_rows(path, f"FROM {table}").rows)


def _unpacked(raw: bytes) -> bytes:
    content = b""
    while raw:
        inflater = zlib.decompressobj(31)
        content += inflater.decompress(raw)
        raw = inflater.unused_data
    return content
