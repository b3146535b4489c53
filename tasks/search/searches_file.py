"""Finds and reads searches.toml."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from schemas.errors import SettingsError
from schemas.settings import Settings
from tasks.machine.own_files import find_own_file, read_own_file
from tasks.pure.search.saved import SavedSearch, Searches, parse_searches, search_named

SEARCHES_FILE = "searches.toml"


class SavedSearches(NamedTuple):
    """searches.toml as it was read. `written_at`: when it was last changed (UTC)."""

    path: Path
    searches: Searches
    written_at: datetime


def read_searches(settings: Settings, environment: Mapping[str, str]) -> SavedSearches | None:
    """The file beside newsdesk.toml, else the one in the home; None: there is neither. Raises `SettingsError` that
    names file and line, and where both are there: nobody could tell which one counts."""
    path = find_own_file(settings, environment, SEARCHES_FILE, "searches")
    if path is None:
        return None
    text, written_at = read_own_file(path)
    return SavedSearches(path, parse_searches(text, str(path)), written_at)


def saved_search(settings: Settings, environment: Mapping[str, str], name: str) -> SavedSearch:
    """The search of the name. Raises `SettingsError` where there is no file, `UsageError` where it has no such
    search."""
    found = read_searches(settings, environment)
    if found is None:
        raise SettingsError(
            f"there is no {SEARCHES_FILE} beside newsdesk.toml or in {str(settings.home)!r}: write one with\n"
            f"  [{name}]\n  query = '\"heat wave\" OR storm*'"
        )
    return search_named(found.searches, name, str(found.path))
