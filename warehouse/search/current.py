"""Tells whether the index has all that the reader file has. Opens no DuckDB, whose import outlasts a search."""

from pathlib import Path

from warehouse.search.engine import IndexRules
from warehouse.search.index import SearchIndex
from warehouse.search.side_file import FILE, DamagedIndexError


def is_current(folder: Path, reader_path: Path, rules: IndexRules) -> bool:
    """Whether the index is usable, and has all that the reader file has."""
    try:
        return (folder / FILE).exists() and is_made_from(folder, rules, reader_stamp(reader_path))
    except DamagedIndexError:
        return False


def is_made_from(folder: Path, rules: IndexRules, stamp: str) -> bool:
    """Whether the index was brought up to the reader file with this stamp last. Raises `DamagedIndexError`."""
    index = SearchIndex(folder, rules, is_read_only=True)
    try:
        return index.file.state("reader") == stamp
    finally:
        index.close()


def reader_stamp(reader_path: Path) -> str:
    """Tells one reader file from the next: they are never changed, only replaced. Empty: there is none."""
    found = reader_path.stat() if reader_path.exists() else None
    return f"{found.st_ino}/{found.st_mtime_ns}/{found.st_size}" if found else ""
