"""Finds and reads alerts.toml."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from schemas.errors import SettingsError, UsageError, nearest
from schemas.settings import Settings
from tasks.machine.local_zone import local_zone
from tasks.machine.own_files import find_own_file, read_own_file
from tasks.pure.alerts.routes import AlertsFile, parse_alerts
from tasks.pure.alerts.secrets import Expanded, expanded
from tasks.pure.text.toml_places import line_of

ALERTS_FILE = "alerts.toml"


class AlertsSetup(NamedTuple):
    """alerts.toml as it was read. `written_at`: when it was last changed (UTC)."""

    path: Path
    text: str
    file: AlertsFile
    zone: ZoneInfo
    written_at: datetime

    def address(self, route: str, environment: Mapping[str, str]) -> Expanded:
        """The URL of a route with its variables. Raises `SettingsError` that names the line and the variable."""
        return expanded(self.file.routes[route].url, environment, self.place(route))

    def place(self, route: str) -> str:
        """Where the URL of a route stands, as `alerts.toml:3`."""
        return f"{self.path}:{line_of(self.text, ('routes', route, 'url'))}"

    def check_route(self, name: str) -> None:
        """Raise `UsageError` with the nearest right name where there is no such route."""
        if name not in self.file.routes:
            raise UsageError(f"no route {name!r} in {str(self.path)!r}; {nearest(name, self.file.routes)}")


def alerts_path(settings: Settings, environment: Mapping[str, str]) -> Path | None:
    """The file beside newsdesk.toml, else the one in the home; None: there is neither. Raises `SettingsError` where
    both are there: nobody could tell which one counts."""
    return find_own_file(settings, environment, ALERTS_FILE, "routes")


def read_alerts(settings: Settings, environment: Mapping[str, str]) -> AlertsSetup | None:
    """The routes of this installation; None: there is no alerts.toml. Raises `SettingsError` that names file and
    line."""
    path = alerts_path(settings, environment)
    if path is None:
        return None
    text, written_at = read_own_file(path)
    file = parse_alerts(text, str(path))
    zone = ZoneInfo(file.time_zone) if file.time_zone else local_zone(settings.time_zone)
    return AlertsSetup(path, text, file, zone, written_at)


def need_alerts(settings: Settings, environment: Mapping[str, str]) -> AlertsSetup:
    """As `read_alerts`; raises `SettingsError` where there is no file, or no route in it."""
    setup = read_alerts(settings, environment)
    if setup is None:
        raise SettingsError(
            f"there is no {ALERTS_FILE} beside newsdesk.toml or in {str(settings.home)!r}: write one with\n"
            '  [routes.me]\n  url = "mailto://USER:${SMTP_PASSWORD}@smtp.example.org?to=you@example.org"'
        )
    if not setup.file.routes:
        raise SettingsError(f"{setup.path}: there is no route in it; add a line [routes.me] and below it a url")
    return setup
