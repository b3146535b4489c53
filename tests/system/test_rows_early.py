"""A first run lets readers see the rows of its first batch, and says how far it is."""

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tasks.upkeep.runs_under_way import runs_under_way
from tests.support.desks import NEWSDESK
from tests.support.newsrooms import environment_for
from tests.support.repository import ROOT
from tests.support.sites.papers import Papers, items, open_papers, page
from tests.support.sites.raw_site import Visit

COUNT = "SELECT count(*) AS n FROM main.articles"


class Gates:
    """The pages `/first` and `/second` of two papers; each answers once it is opened."""

    def __init__(self) -> None:
        self.first, self.second = threading.Event(), threading.Event()

    def answer_first(self, visit: Visit) -> None:
        self.first.wait(60)
        page(visit)

    def answer_second(self, visit: Visit) -> None:
        self.second.wait(60)
        page(visit)


@pytest.fixture
def gates() -> Iterator[Gates]:
    made = Gates()
    yield made
    made.first.set()
    made.second.set()


@pytest.fixture
def papers(tmp_path: Path, gates: Gates) -> Iterator[Papers]:
    lists = {"one": [items("/first")], "two": [items("/second")]}
    with open_papers(tmp_path, lists, {"/first": gates.answer_first, "/second": gates.answer_second}) as opened:
        yield opened


def newsdesk(papers: Papers, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **environment_for(papers.settings), "COLUMNS": "200"}
    return subprocess.run([NEWSDESK, *words], env=environment, cwd=ROOT, capture_output=True, text=True)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def progress(papers: Papers) -> str:
    lives = runs_under_way(papers.settings)
    return lives[0].progress if lives else ""


def test_the_first_batch_can_be_read_while_the_second_is_fetched(papers: Papers, gates: Gates) -> None:
    environment = {**os.environ, **environment_for(papers.settings), "NEWSDESK_READ_TIMEOUT_S": "60"}
    run = subprocess.Popen([NEWSDESK, "ingest"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    wait_until(lambda: "fetch 0 of 2" in progress(papers), "two pages are waited for")
    early, status = newsdesk(papers, "sql", COUNT), newsdesk(papers, "status")
    told = json.loads(newsdesk(papers, "status", "--json").stdout)
    gates.first.set()
    wait_until(papers.settings.reader_path.exists, "the reader file is there")
    wait_until(lambda: "load 1 of 1" in progress(papers), "one article is loaded")
    during, later = newsdesk(papers, "sql", COUNT, "--format", "json"), newsdesk(papers, "status")
    assert run.poll() is None
    gates.second.set()
    assert run.wait(60) == 0
    after = newsdesk(papers, "sql", COUNT, "--format", "json")

    assert (early.returncode, early.stdout) == (1, "")
    assert "no rows yet: an ingest is under way since " in early.stderr
    assert "fetch 0 of 2" in early.stderr
    assert status.returncode == 0
    assert "no rows yet: an ingest is under way since " in status.stdout
    assert (told["snapshot_at"], told["under_way"][0]["counts"][-1]) == (
        None,
        {"step": "fetch", "done": 0, "known": 2},
    )
    assert json.loads(during.stdout) == [{"n": 1}]
    assert "an ingest is under way since " in during.stderr
    assert "load 1 of 1" in during.stderr
    assert "fetch 1 of 2" in later.stdout
    assert (json.loads(after.stdout), after.stderr) == ([{"n": 2}], "")
