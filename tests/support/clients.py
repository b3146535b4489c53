"""DuckDB as other people have it: versions in venvs of their own, made from the package index by `make clients`."""

import fcntl
import os
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.support.repository import ROOT

FOLDER = ROOT / ".tools" / "clients"
VERSIONS = ("1.4.5", "1.5.5", "2.0.1")


def python_of(version: str) -> Path:
    """The interpreter that has this version of DuckDB and nothing of ours."""
    _make()
    return FOLDER / version / "bin" / "python"


def shell_folder() -> Path:
    """The folder of the `duckdb` command line."""
    _make()
    return FOLDER / "shell" / "bin"


@cache
def _make() -> None:
    """Make what is missing, one process at a time; skip where the index is out of reach, but never in CI."""
    FOLDER.parent.mkdir(exist_ok=True)
    with (FOLDER.parent / "clients.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = subprocess.run(["make", "clients"], cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        reason = f"the clients could not be made: {made.stderr[-500:]}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
