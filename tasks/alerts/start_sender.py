"""Starts the process that sends alerts after a run; the run does not wait for it."""

import os
import sys
from collections.abc import Mapping, Sequence

NOWHERE = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]


def start_sender(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """Start `python -m flows.alerts` with these words in a session of its own, so that neither Ctrl-C nor the end of
    the run reaches it; returns its pid. What it says of itself is in the hot state: `newsdesk alerts log`."""
    command = [sys.executable, "-P", "-m", "flows.alerts", *words]
    return os.posix_spawn(sys.executable, command, dict(environment), file_actions=NOWHERE, setsid=True)
