"""Why an article is missing, from the reader file."""

from datetime import datetime
from pathlib import Path

from schemas.errors import UsageError, nearest
from schemas.runs.ledger import FeedState
from schemas.runs.url_history import EndCount, EndLine, PollLine, WhyMissing
from warehouse.reader.file import Reader


def why_missing(reader_path: Path, source: str, since: datetime, until: datetime) -> WhyMissing:
    """What was asked of the source in [since, until) (UTC), and what became of what it listed. Raises `UsageError`,
    with the nearest slug, for a source that no run ever processed."""
    with Reader(reader_path) as session:
        known = [row[0] for row in session.rows("select_sources_met")]
        if source not in known:
            raise UsageError(f"no run has processed a source {source!r}; {nearest(source, known)}")
        within = {"source": source, "since": since, "until": until}
        last = session.models("select_last_poll", PollLine, source=source, until=until)
        return WhyMissing(
            source=source,
            since=since,
            until=until,
            polls=tuple(session.models("select_polls", PollLine, **within)),
            ends=tuple(session.models("select_end_counts", EndCount, **within)),
            refused=tuple(session.models("select_refused", EndLine, **within)),
            last_poll=last[0] if last else None,
        )


def near_urls(reader_path: Path, host: str, path: str) -> tuple[EndLine, ...]:
    """The URLs of articles on the host that are most like this path (with a slash before it), as they ended last."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_near_urls", EndLine, host=host, path=path))


def last_poll_of_host(reader_path: Path, host: str, until: datetime) -> tuple[str, PollLine | None] | None:
    """The source whose articles lie on the host, and its last poll; None: no run ever took up a URL of the host."""
    with Reader(reader_path) as session:
        rows = session.rows("select_source_of_host", host=host)
        if not rows:
            return None
        last = session.models("select_last_poll", PollLine, source=rows[0][0], until=until)
        return rows[0][0], last[0] if last else None


def last_state(reader_path: Path, url: str) -> FeedState | None:
    """What the last run observed that polled the feed, sitemap or section at the URL; None: no run did."""
    with Reader(reader_path) as session:
        found = session.models("select_last_state", FeedState, url=url)
    return found[0] if found else None
