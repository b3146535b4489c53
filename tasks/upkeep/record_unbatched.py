"""Writes requests made outside a batch, and runs that failed before their first batch, to the warehouse."""

from collections.abc import Collection
from datetime import datetime

from schemas.runs.ledger import Request
from schemas.runs.run import Run
from schemas.settings import Settings
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_requests, load_run
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate


def record_requests(settings: Settings, run_id: str, requests: Collection[Request], now: datetime) -> None:
    """Write the requests into `ops.requests` and publish the reader file; without requests, nothing is written."""
    if not requests:
        return
    with Warehouse(settings.warehouse_url, settings.duckdb_memory) as warehouse:
        migrate(warehouse, now)
        load_requests(warehouse, run_id, requests)
        publish_reader(warehouse, settings.reader_path)


def record_failed_run(settings: Settings, run: Run, now: datetime) -> None:
    """Write the row of a run that failed before its equipment was open, and publish the reader file."""
    with Warehouse(settings.warehouse_url, settings.duckdb_memory) as warehouse:
        migrate(warehouse, now)
        load_run(warehouse, run)
        publish_reader(warehouse, settings.reader_path)
