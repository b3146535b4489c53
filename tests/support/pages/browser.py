"""A browser without a screen: pages of services on loopback as a person sees them."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support.repository import ROOT

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 30_000
"""Of the page's own clock, which runs as fast as the page allows."""


def artefacts() -> Path:
    """Folder of what a person is to look at after the tests: ARTEFACTS, else below the checkout's `var`."""
    folder = Path(os.environ.get("ARTEFACTS") or ROOT / "var" / "artefacts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def need_browser() -> str:
    """The browser; skips the test where the machine has none, in CI that is a failure."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program:
        return program
    reason = "the machine has no Chromium: `make services` installs Debian's"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def shown(url: str, picture: str, height: int = 1300) -> str:
    """The page's DOM when it has settled; what it looks like is `picture` among the artefacts."""
    words = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
    words += [f"--window-size=1400,{height}", f"--virtual-time-budget={PATIENCE_MS}"]
    words += [f"--screenshot={artefacts() / picture}", "--dump-dom"]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [need_browser(), *words, f"--user-data-dir={profile}", url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
