"""Which saved searches found something in the articles of the last runs."""

import logging
import os
from datetime import datetime, timedelta

from schemas.errors import NewsdeskError
from schemas.runs.alert import Alertable
from schemas.settings import Settings
from tasks.machine.log import tell
from tasks.pure.alerts.search_incidents import by_run, search_incident
from tasks.search.ask import search_among
from tasks.search.searches_file import SavedSearches, read_searches
from warehouse.reader.alerts import NewArticles, new_articles

LOOKED_BACK = timedelta(days=1)
HITS_AT_MOST = 1000


def search_incidents(settings: Settings, now: datetime) -> list[Alertable]:
    """One for each watched search and run of the last day, but none from before searches.toml was last changed. What
    goes wrong, as a wrong searches.toml, is told as a warning, and the other alerts are none the worse."""
    try:
        saved = read_searches(settings, os.environ)
        if saved is None or not any(one.watch for one in saved.searches.values()):
            return []
        return _incidents(
            settings, saved, new_articles(settings.reader_path, max(now - LOOKED_BACK, saved.written_at))
        )
    except NewsdeskError as error:
        tell(logging.WARNING, "no search is watched", error=str(error))
        return []


def _incidents(settings: Settings, saved: SavedSearches, arrived: NewArticles) -> list[Alertable]:
    if not arrived.runs:
        return []
    found: list[Alertable] = []
    for name, one in saved.searches.items():
        if not one.watch:
            continue
        answer = search_among(settings, one.query, one.filters, tuple(arrived.runs), HITS_AT_MOST)
        titles = {str(hit.article_id): hit.title for hit in answer.hits}
        for run_id, those in by_run(titles, arrived.runs).items():
            found.append(search_incident(name, run_id, arrived.ended_at[run_id], those))
    return found
