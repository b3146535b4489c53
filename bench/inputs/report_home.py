"""A warehouse of articles with stories, copies, changes and links, written by SQL: for `bench.stories.reports`."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from warehouse.database.address import quoted
from warehouse.database.connection import Session, Warehouse

STATEMENTS = Path(__file__).parent / "statements"
ONCE = ("reporting/fill_source_states.sql",)
OF_STEP = (
    "reporting/fill_article_versions.sql",
    "reporting/fill_changed_versions.sql",
    "filling/fill_captures.sql",
    "filling/fill_feed_states.sql",
    "reporting/fill_article_outcomes.sql",
    "filling/fill_requests.sql",
    "filling/fill_runs.sql",
    "filling/fill_loads.sql",
    "reporting/fill_copies_and_stories.sql",
    "reporting/fill_links_and_events.sql",
)
STEP = 100_000


def fill(warehouse: Warehouse, articles: int, begin: datetime) -> None:
    """So many articles, 400 an hour from `begin` (UTC) on, in steps as `bench.reading` writes its own."""
    write_files(warehouse, ONCE, begin, 0, 0)
    for first in range(0, articles, STEP):
        write_files(warehouse, OF_STEP, begin, first, min(first + STEP, articles))


def write_files(warehouse: Warehouse, files: Iterable[str], begin: datetime, first: int, behind: int) -> None:
    """Run the statements of these files, below `statements`, for the articles from `first` to before `behind`."""
    values = {"$begin": quoted(begin.isoformat()), "$first": str(first), "$behind": str(behind)}

    def work(session: Session) -> None:
        for file in files:
            text = (STATEMENTS / file).read_text(encoding="utf-8")
            for word, value in values.items():
                text = text.replace(word, value)
            session.script(text)

    warehouse.write("fill", work)
