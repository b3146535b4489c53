"""The settings file `newsdesk.toml`: the settings' names in lower case, without the prefix of the variables."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

SETTINGS_FILE = "newsdesk.toml"
FILE_VARIABLE = "NEWSDESK_SETTINGS"
"""Names the settings file; empty: none is read. It is no setting itself, so it cannot stand in the file."""
_PATHS = ("home", "sources", "archive", "ca_file")


class SettingsFile(BaseModel):
    """A settings file as it was read. Whether its keys and values are right, `Settings` says."""

    model_config = ConfigDict(frozen=True)

    path: Path
    values: dict[str, Any]
    lines: dict[str, int]
    """1-based line of every key."""

    def place(self, key: str) -> str:
        """Where a key stands, as `newsdesk.toml:3`."""
        return f"{self.path}:{self.lines.get(key, 1)}"

    def given(self) -> dict[str, Any]:
        """The values by name. A relative path is read from the folder of the file, and `~` is the user's home."""
        return {key: self._anchored(value) if key in _PATHS else value for key, value in self.values.items()}

    def _anchored(self, value: object) -> object:
        if not isinstance(value, str) or not value or "://" in value:
            return value
        return str(self.path.parent / Path(value).expanduser())
