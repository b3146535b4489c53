"""Reading what a test wrote: from the lake, or through the reader file as users do."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.reader.queries import answer_rows


def look(warehouse: Warehouse, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query over the lake."""
    with warehouse.read() as session:
        return session.script(sql)


def ask(warehouse: Warehouse, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query over the reader file that is published now."""
    return answer_rows(published(warehouse), sql).rows


def published(warehouse: Warehouse) -> Path:
    """The reader file of now."""
    path = _folder(warehouse) / "newsdesk.duckdb"
    publish_reader(warehouse, path)
    return path


def _folder(warehouse: Warehouse) -> Path:
    """Beside a catalog on files; else a folder of this process's own."""
    is_file = warehouse.address.catalog == "sqlite"
    return warehouse.address.gate_path.parent if is_file else Path(_elsewhere().name)


@cache
def _elsewhere() -> TemporaryDirectory[str]:
    return TemporaryDirectory(ignore_cleanup_errors=True)
