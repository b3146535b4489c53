"""Makes a page its own article again, after it was wrongly taken for another page's article."""

from datetime import datetime

from schemas.history.identity import Identity
from warehouse.database.connection import Warehouse
from warehouse.load import identities


def undo_identity(warehouse: Warehouse, url: str, why: str, now: datetime) -> Identity:
    """Write the decision, which holds for all later loads too, and return its row. `url`: the page's canonical URL.

    Raises `UsageError` where the page is no other page's article.
    """
    return identities.undo_identity(warehouse, url, why, now)
