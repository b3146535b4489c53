"""Takes an article out of its story where a person says so."""

from datetime import datetime

from schemas.history.stories import StoryEvent
from tasks.pure.history import rules
from warehouse.database.connection import Warehouse
from warehouse.load import separations


def undo_join(warehouse: Warehouse, url: str, why: str, at: datetime) -> StoryEvent:
    """As `warehouse.load.separations.undo_join`, with the project's rules; `at` (UTC) is when it was said."""
    return separations.undo_join(warehouse, url, why, at, rules)
