"""Loads a batch with the project's own rules of history, as `tasks.ingest.load` does."""

from datetime import datetime

from schemas.items.article import Article
from schemas.runs.batch import Batch, Loaded
from tasks.pure.history import rules
from warehouse.database.connection import Warehouse
from warehouse.load import load


def load_batch(warehouse: Warehouse, batch: Batch[Article], at: datetime, is_read_anew: bool = False) -> Loaded:
    """What the load did; `at` (UTC) is the time of the load."""
    return load.load_batch(warehouse, batch, rules, at, is_read_anew)
