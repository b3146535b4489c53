"""Own up: put requests that belong to no batch on record, where `newsdesk politeness` reads them."""

from collections.abc import Collection
from datetime import datetime

from schemas.run import Request
from schemas.settings import Settings
from warehouse.connection import Warehouse
from warehouse.load import load_requests
from warehouse.migrate import migrate
from warehouse.publish import publish_reader


def own_up(settings: Settings, run_id: str, requests: Collection[Request], now: datetime) -> None:
    """Write the requests into the ledger of the home, and the reader file anew; nothing where none was sent."""
    if not requests:
        return
    with Warehouse(settings.warehouse_url, settings.duckdb_memory) as warehouse:
        migrate(warehouse, now)
        load_requests(warehouse, run_id, requests)
        publish_reader(warehouse, settings.reader_path)
