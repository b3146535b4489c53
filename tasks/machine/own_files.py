"""Finds and reads the files that people write beside their settings: alerts.toml, searches.toml."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from schemas.errors import SettingsError
from schemas.settings import Settings
from tasks.machine.settings_file import read_settings_file


def find_own_file(settings: Settings, environment: Mapping[str, str], name: str, holds: str) -> Path | None:
    """The file of this name beside newsdesk.toml, else the one in the home; None: there is neither. Raises
    `SettingsError` where both are there: nobody could tell which one counts. `holds`: what is in it, as `routes`."""
    file = read_settings_file(environment)
    beside = [file.path.parent / name] if file else []
    found = {path.resolve(): path for path in (*beside, settings.home / name) if path.is_file()}
    if len(found) > 1:
        names = " and ".join(repr(str(path)) for path in found.values())
        raise SettingsError(f"there are two files of {holds}, {names}: keep one of them")
    return next(iter(found.values()), None)


def read_own_file(path: Path) -> tuple[str, datetime]:
    """The text of the file, and when it was last changed (UTC). Raises `SettingsError` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig"), datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise SettingsError(f"cannot read {str(path)!r}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: the file is not UTF-8; save it as UTF-8") from error
