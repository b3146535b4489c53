"""Compares the search index with a scan of the warehouse."""

from schemas.history.search import IndexCheck
from schemas.settings import Settings
from tasks.pure.search import terms
from tasks.pure.search.query import parse_query
from warehouse.search.verify import verify


def verify_index(settings: Settings) -> IndexCheck:
    """The index as it is, compared with every version of the warehouse, and the hits of words drawn from all over the
    texts with those of a scan. Raises `DamagedIndexError` where it cannot be opened."""
    return verify(settings.search_path, settings.reader_path, terms, parse_query)
