"""Alerts: sends what is to be told to the routes of alerts.toml; needs no run, and makes no row of one."""

import os
import sys
from datetime import UTC, datetime

from flows.running.choose import flow
from schemas.errors import NewsdeskError
from schemas.runs.alert import AlertCounts
from schemas.settings import Settings
from tasks.alerts.alerts_file import read_alerts
from tasks.alerts.send import send_alerts
from tasks.machine.settings_file import read_settings
from tasks.web.ping import ping

PATIENCE_S = 45.0
"""How long the process that a run starts goes on trying: long enough for one more try."""
PING = "--ping"


def now() -> datetime:
    """The present instant (UTC)."""
    return datetime.now(UTC)


@flow
def alerts() -> AlertCounts:
    """Send what is due to the routes of alerts.toml; without that file, nothing is done. Its schedule tells of runs
    that do not come, and tries again what a server did not take."""
    return send_here(read_settings(os.environ), 0.0)


def send_here(settings: Settings, patience_s: float) -> AlertCounts:
    """Send in this process; nothing where there is no alerts.toml."""
    setup = read_alerts(settings, os.environ)
    return send_alerts(settings, setup, now, patience_s) if setup and setup.file.routes else AlertCounts()


def main(words: list[str]) -> int:
    """What a run starts when it has ended. `--ping`: ask the dead-man switch first."""
    try:
        settings = read_settings(os.environ)
        if PING in words:
            ping(settings)
        send_here(settings, PATIENCE_S)
    except NewsdeskError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
