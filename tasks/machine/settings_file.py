"""Finds, reads and writes the settings file, and gives the settings of this process: those of the environment win."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from schemas.errors import SettingsError, UsageError
from schemas.settings import Settings
from schemas.settings_file import FILE_VARIABLE, SETTINGS_FILE, SettingsFile

_KEY = re.compile(r"\s*[\"']?(\w+)[\"']?\s*=")
_TABLE = re.compile(r"\s*\[+\s*[\"']?([^\]\"']+?)[\"']?\s*\]")

_NEW = """\
# Settings of this installation. `newsdesk settings` prints all of them with their meaning and origin; a variable of
# the environment (NEWSDESK_CONTACT for contact) wins over this file. Paths begin at the folder of this file.

# Publishers find it in the User-Agent of every request, and are not asked without it.
{contact}

# The zone in which days that you write are meant.
time_zone = {time_zone}

home = "var"
sources = "sources"

# Who is told of findings, and of runs that fail or do not come, stands in alerts.toml beside this file:
# [routes.me]
# url = "mailto://USER:${{SMTP_PASSWORD}}@smtp.example.org?to=you@example.org"
# `newsdesk alerts test` sends a message over each route.
"""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment and the settings file give. Raises `SettingsError` that names the variable,
    or the file with the line."""
    return Settings.from_environment(environment, read_settings_file(environment))


def read_settings_file(environment: Mapping[str, str]) -> SettingsFile | None:
    """The file that NEWSDESK_SETTINGS names, else the first of `newsdesk.toml` in the current folder and
    `newsdesk/newsdesk.toml` in the user's configuration folder (XDG_CONFIG_HOME, else ~/.config). None if there is
    none, or if NEWSDESK_SETTINGS is empty. Raises `SettingsError` for a file that cannot be read."""
    named = environment.get(FILE_VARIABLE)
    if named is not None:
        return _read(Path(named)) if named else None
    return next((_read(path) for path in _places(environment) if path.is_file()), None)


def _places(environment: Mapping[str, str]) -> list[Path]:
    """https://specifications.freedesktop.org/basedir-spec: a path in XDG_CONFIG_HOME must be absolute."""
    given = Path(environment.get("XDG_CONFIG_HOME", ""))
    folder = given if given.is_absolute() else Path(environment.get("HOME", "/nonexistent"), ".config")
    return [Path(SETTINGS_FILE), folder / "newsdesk" / SETTINGS_FILE]


def _read(path: Path) -> SettingsFile:
    from pydantic_settings import BaseSettings, TomlConfigSettingsSource  # Here: most commands have no file.

    try:
        text = path.read_text(encoding="utf-8")
        values = TomlConfigSettingsSource(BaseSettings, path)()
    except OSError as error:
        raise SettingsError(f"cannot read the settings file {str(path)!r}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot read the settings file {str(path)!r}: {error}") from error
    return SettingsFile(path=path, values=values, lines=_lines(text))


def _lines(text: str) -> dict[str, int]:
    """1-based line of every key of the file's first level, and of every table."""
    found: dict[str, int] = {}
    is_in_table = False
    for number, line in enumerate(text.splitlines(), start=1):
        if table := _TABLE.match(line):
            found.setdefault(table[1].partition(".")[0], number)
            is_in_table = True
        elif (key := _KEY.match(line)) and not is_in_table:
            found.setdefault(key[1], number)
    return found


def write_settings_file(path: Path, contact: str, time_zone: str) -> None:
    """Write the settings file of a new installation, whose home and sources lie beside it. Raises `UsageError` where
    there is a file, and `SettingsError` where it cannot be written."""
    contact_line = f"contact = {json.dumps(contact)}" if contact else '# contact = "you@example.org"'
    text = _NEW.format(contact=contact_line, time_zone=json.dumps(time_zone))
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"there is a settings file {str(path)!r} already") from error
    except OSError as error:
        raise SettingsError(f"cannot write {str(path)!r}: {error.strerror}") from error
