"""Finds and reads searches.toml."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from schemas.errors import SettingsError
from schemas.settings import Settings
from tasks.machine.settings_file import read_settings_file
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
    file = read_settings_file(environment)
    beside = [file.path.parent / SEARCHES_FILE] if file else []
    found = {path.resolve(): path for path in (*beside, settings.home / SEARCHES_FILE) if path.is_file()}
    if len(found) > 1:
        names = " and ".join(repr(str(path)) for path in found.values())
        raise SettingsError(f"there are two files of searches, {names}: keep one of them")
    if not found:
        return None
    path = next(iter(found.values()))
    try:
        text = path.read_text(encoding="utf-8-sig")
        written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise SettingsError(f"cannot read {str(path)!r}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: the file is not UTF-8; save it as UTF-8") from error
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
