"""Revisit: articles looked at again on the ladder after their publication; what they say now becomes a version."""

from functools import partial

from flows.ingest import from_links
from flows.running.choose import flow
from flows.running.run import run_flow
from schemas.runs.report import RunReport
from tasks.ingest.revisit import revisit as look_again


@flow
def revisit(sources: list[str] | None = None) -> RunReport:
    """Fetch again the articles that are due 1 h, 6 h, 24 h, 3 d and 7 d after their publication; no feed is asked.
    Settings come from `NEWSDESK_*`.

    Raises `RefusedError` where another revisit runs in the same home or the disk is full.

    Args:
        sources: Slugs of sources; none: all.
    """
    return run_flow("revisit", stages, sources or [])


stages = partial(from_links, look_again)
"""The way of ingest, from links that the warehouse gives instead of the feeds."""
