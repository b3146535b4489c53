"""Copies a whole warehouse to another address, and verifies the copy."""

from datetime import datetime

from schemas.settings import Settings
from warehouse.tables import copy
from warehouse.tables.copy import Copied


def copy_warehouse(settings: Settings, source: str, target: str, now: datetime) -> list[Copied]:
    """Copy from one warehouse URL to another, which must hold no rows; a row count and a hash for each table.

    Raises what `warehouse.tables.copy.copy_warehouse` raises; the target is then as empty as before.
    """
    return copy.copy_warehouse(source, target, now, settings.duckdb_memory)
