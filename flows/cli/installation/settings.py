"""`newsdesk settings`: every setting, and where it comes from."""

import os
from textwrap import wrap

from flows.cli.output import AsJson, print_json
from flows.cli.session import settings_here
from flows.cli.tables import UNLIMITED, terminal_width
from schemas.settings import PREFIX, Settings
from schemas.settings_file import SettingsFile
from tasks.machine.settings_file import read_settings_file

INDENT = "    "


def settings(as_json: AsJson = False) -> None:
    """Print every setting with its value, what it means and its origin: environment, the line of the settings file,
    home (a folder of sources that is in it), or default."""
    given, file = settings_here(), read_settings_file(os.environ)
    rows = {
        PREFIX + name.upper(): {
            "value": _shown(getattr(given, name)),
            "origin": _origin(name, given, file),
            "meaning": field.description or "",
        }
        for name, field in Settings.model_fields.items()
    }
    if as_json:
        print_json(rows)
        return
    width = terminal_width() or UNLIMITED
    for name, row in rows.items():
        meaning = f"{row['meaning']} [{row['origin']}]"
        print(
            f"{name}={row['value']}", *wrap(meaning, width, initial_indent=INDENT, subsequent_indent=INDENT), sep="\n"
        )


def _origin(name: str, given: Settings, file: SettingsFile | None) -> str:
    if PREFIX + name.upper() in os.environ:
        return "environment"
    if file and name in file.values:
        return file.place(name)
    return "home" if name == "sources" and given.sources != Settings().sources else "default"


def _shown(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
