"""What the report of a run shows of the reader file: headlines, and when the next feed is due."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from schemas.runs.report import Headline
from warehouse.reader.file import Reader


def latest_headlines(reader_path: Path, limit: int) -> tuple[Headline, ...]:
    """The newest articles, newest first."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_headlines", Headline, limit=limit))


def next_poll(reader_path: Path, sources: Sequence[str], now: datetime) -> datetime | None:
    """The first time after `now` (UTC) at which a feed of these sources is due; None: no feed has such a time."""
    with Reader(reader_path) as session:
        rows = session.rows("select_next_poll", sources=list(sources), now=now)
    return rows[0][0]  # type: ignore[no-any-return]  # the statement's one column is a TIMESTAMPTZ


def changed_articles(reader_path: Path, run_id: str, limit: int) -> tuple[Headline, ...]:
    """The articles to which the run added a second or later version, newest first."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_changed", Headline, run_id=run_id, limit=limit))
