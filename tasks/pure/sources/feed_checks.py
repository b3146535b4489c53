"""Feed checks: a table of the results of one poll, for `newsdesk sources check`."""

from schemas.items.link import Link
from schemas.runs.batch import Batch
from schemas.sources.feed_check import FeedCheck


def check_rows(batch: Batch[Link]) -> tuple[FeedCheck, ...]:
    """One row per feed or sitemap that was requested, in the order of the requests."""
    details = {(outcome.source, outcome.url): outcome.detail for outcome in batch.dropped}
    rows = []
    for state in batch.ledger.feed_states:
        dates = [date for link in batch.kept if link.found_in == state.url and (date := link.newest_date())]
        rows.append(
            FeedCheck(
                source=state.source,
                url=state.url,
                kind=state.kind,
                reason=state.reason,
                detail=details.get((state.source, state.url)),
                entries=state.entries,
                newest_at=max(dates, default=None),
            )
        )
    return tuple(rows)
