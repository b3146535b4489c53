"""Lets alerts be sent after a run has ended, however it ended, by a process of its own."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from schemas.errors import NewsdeskError
from schemas.runs.run import RunState
from schemas.settings import Settings
from tasks.alerts.alerts_file import read_alerts
from tasks.alerts.start_sender import start_sender
from tasks.machine.log import tell
from tasks.machine.settings_file import read_settings

WENT_WELL = frozenset({RunState.COMPLETED, RunState.SOURCES_FAILED})
PINGING = "ingest"


@dataclass
class RunEnd:
    """How the run ended; None: by an error."""

    state: RunState | None = None


@contextmanager
def alerting(settings: Settings, flow: str) -> Iterator[RunEnd]:
    """Starts the sender of alerts when the block has ended: where there is an alerts.toml, and where a dead-man
    switch is to be asked. A wrong alerts.toml is told as a warning, and the run is none the worse. Settings that are
    not those of the environment (the demo's) send nothing: the sender reads the environment."""
    end = RunEnd()
    try:
        yield end
    finally:
        if settings == read_settings(os.environ):
            _start(settings, flow, end.state)


def _start(settings: Settings, flow: str, state: RunState | None) -> None:
    pings = bool(settings.ping_url.get_secret_value()) and flow == PINGING and state in WENT_WELL
    try:
        setup = read_alerts(settings, os.environ)
    except NewsdeskError as error:
        tell(logging.WARNING, "no alert is sent", error=str(error))
        setup = None
    if pings or (setup and setup.file.routes):
        start_sender(["--ping"] if pings else [], os.environ)
