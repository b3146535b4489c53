"""What the warehouse remembers of URLs and feeds, for discovery."""

from collections.abc import Sequence

import pyarrow as pa

from schemas.known import KnownUrl
from schemas.run import FeedState
from warehouse.connection import Warehouse


def known_urls(warehouse: Warehouse, source: str, urls: Sequence[str]) -> dict[str, KnownUrl]:
    """Those of `urls` that `source` has had an outcome for, by URL as found."""
    with warehouse.read(f"looking up URLs of {source!r}") as session:
        session.bring(pa.table({"url": pa.array(sorted(set(urls)), pa.string())}))
        return {known.url: known for known in session.models("select_known_urls", KnownUrl, source=source)}


def feed_states(warehouse: Warehouse, source: str) -> dict[str, FeedState]:
    """The latest observation of each feed and sitemap of `source`, by URL."""
    with warehouse.read(f"looking up feeds of {source!r}") as session:
        return {state.url: state for state in session.models("select_feed_states", FeedState, source=source)}
