"""Revisit: fetches articles again at fixed ages; a text that changed becomes a new version."""

from functools import partial

from flows.ingest import from_links
from flows.running.choose import flow
from flows.running.run import run_flow
from schemas.runs.report import RunReport
from tasks.ingest.revisit import revisit as look_again


@flow
def revisit(sources: list[str] | None = None) -> RunReport:
    """Fetch articles again at the ages of `tasks.pure.polling.ladder.LADDER`; no feed is polled. Settings come from
    `NEWSDESK_*`.

    Raises `RefusedError` if another revisit runs in the same home, or if the disk is full.

    Args:
        sources: Slugs of sources; none: all.
    """
    return run_flow("revisit", stages, sources or [])


stages = partial(from_links, look_again)
"""The steps of ingest, with links from the warehouse instead of the feeds."""
