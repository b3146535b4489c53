"""Reading needs no right to write in the home."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desks import NEWSDESK, Desk
from tests.support.repository import ROOT

AS_OTHERS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Root may write everywhere, unless these capabilities are taken from it."""
if AS_OTHERS and shutil.which("setpriv") is None:
    pytest.skip("setpriv is not on this machine, and root may write everywhere", allow_module_level=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home after a run, in which nothing may be written."""
    home = tmp_path_factory.mktemp("readable")
    assert Desk({"NEWSDESK_HOME": str(home)}).run("demo").returncode == 0
    folders = [home / "demo", *(path for path in (home / "demo").rglob("*") if path.is_dir())]
    files = [path for path in (home / "demo").rglob("*") if path.is_file()]
    for path in (*files, *folders):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield home / "demo"
    for folder in folders:
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("sql", "SELECT source FROM main.articles LIMIT 1"), "source"),
        (("status",), "as of"),
        (("health",), "open findings: 0"),
        (("metrics",), "newsdesk_open_findings"),
        (("politeness",), "talblick.example"),
        (("show", "no", "such", "headline"), "does not know"),
        (("doctor",), "commands that read work, runs do not"),
        (("report", "articles_per_day"), "talblick"),
        (("search", "harbour"), "versions; times in"),
        (("explain", "http://talblick.example/nothing"), "does not know"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_home_that_may_only_be_read_is_read(home: Path, words: tuple[str, ...], told: str) -> None:
    environment = Desk({"NEWSDESK_HOME": str(home)}).environment
    done = subprocess.run(
        [*AS_OTHERS, NEWSDESK, *words], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert told in done.stdout, done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize("words", [("publish",), ("ingest",), ("maintain",)], ids=" ".join)
def test_a_run_in_it_is_refused_in_one_line(home: Path, words: tuple[str, ...]) -> None:
    environment = Desk({"NEWSDESK_HOME": str(home)}).environment
    done = subprocess.run(
        [*AS_OTHERS, NEWSDESK, *words], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert str(home) in done.stderr
