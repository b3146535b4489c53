"""Keeps the search index of the home up to its reader file, and takes articles out of it."""

import logging
from collections.abc import Iterable
from uuid import UUID

from schemas.errors import NewsdeskError
from schemas.settings import Settings
from tasks.machine.log import tell
from tasks.pure.search import terms
from warehouse.search.feed import Fed, catch_up, remove_articles


def feed_index(settings: Settings, is_anew: bool = False, engine: str = "") -> Fed:
    """Bring the index up to the reader file: new versions, forgotten articles, renamed sources. What was done to an
    index that could not be used is in the notes, and in the log. Raises `RefusedError` where another process has been
    writing the index for two minutes."""
    fed = catch_up(settings.search_path, settings.reader_path, terms, is_anew=is_anew, engine=engine)
    for note in () if is_anew else fed.notes:
        tell(logging.WARNING, "search index made anew", note=note)
    return fed


def remove(settings: Settings, article_ids: Iterable[UUID | str]) -> int:
    """Remove every version of these articles from the index of the home, so that its files hold neither their words
    nor their texts; the number of versions, 0 where there is no index. The same call again changes nothing."""
    return remove_articles(settings.search_path, terms, [str(article_id) for article_id in article_ids])


def feed_after_run(settings: Settings, run_id: str) -> None:
    """As `feed_index`, for a run that has loaded. What goes wrong is logged and does not fail the run: the next run
    or search then does it."""
    try:
        fed = feed_index(settings)
        tell(logging.INFO, "search index fed", run_id=run_id, added=fed.added, removed=fed.removed)
    except NewsdeskError as error:
        tell(logging.WARNING, "search index not fed; the next run or search does it", run_id=run_id, error=str(error))
