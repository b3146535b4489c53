"""Three machines: processes with homes of their own, which share a PostgreSQL catalog, an object store for the
tables and one for the archive, and meet at the same publishers at the same moment (make prefect)."""

import json
import os
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.newsrooms import environment_for
from tests.support.repository import ROOT
from tests.support.sites.papers import NO_ROBOTS, Papers, items, open_papers
from tests.support.sites.prefect_site import BIN
from tests.support.sites.raw_site import Behaviour, Visit
from tests.support.warehouse.services import BUCKET, create_database, need_postgres, object_store, postgres
from warehouse.hot.state import open_hot

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("machines")]
NAMES = ("one", "two", "three", "four", "five", "six")
PATHS = tuple(f"/story{number}" for number in range(8))
PACE_S = 0.25
LATE_S = 0.1
"""How much later than it was sent a request may be seen by the site: two are then seen closer than they left."""


class Seen(NamedTuple):
    """One request, as the site saw it (monotonic seconds)."""

    host: str
    path: str
    at: float


class Machines:
    """Machines that share a warehouse and an archive, beside the papers of one site."""

    def __init__(self, folder: Path, papers: Papers, shared: dict[str, str], seen: list[Seen]) -> None:
        self.folder = folder
        self.papers = papers
        self.seen = seen
        self.shared = shared

    def start(self, home: str, *words: str) -> "subprocess.Popen[str]":
        """A command on the machine of that home."""
        environment = {
            **os.environ,
            **environment_for(self.papers.settings),
            **self.shared,
            "NEWSDESK_HOME": str(self.folder / home),
            "NEWSDESK_PACE_FLOOR_S": str(PACE_S),
            "NEWSDESK_RUNNER": "direct",
        }
        command = [str(BIN / "newsdesk"), *words]
        return subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def ended(self, process: "subprocess.Popen[str]") -> str:
        """What a command that went well said."""
        told, log = process.communicate(timeout=300)
        assert process.returncode == 0, f"exit {process.returncode}\n{told}\n{log}"
        return told

    def rows(self, home: str, query: str) -> list[dict[str, Any]]:
        """The answer of that machine's reader file."""
        answer: list[dict[str, Any]] = json.loads(self.ended(self.start(home, "sql", query, "--format", "json")))
        return answer


def watched(seen: list[Seen], behaviour: Behaviour, visit: Visit) -> None:
    """Do as the behaviour, and write the visit down."""
    seen.append(Seen(visit.host, visit.path, time.monotonic()))
    if isinstance(behaviour, bytes):
        visit.send(behaviour)
    else:
        behaviour(visit)


@contextmanager
def open_machines(folder: Path) -> Iterator[Machines]:
    need_postgres()
    editions = {name: [items(*PATHS)] for name in NAMES}
    with postgres() as dsn, object_store() as store, open_papers(folder / "site", editions) as papers:
        seen: list[Seen] = []
        for path, behaviour in (*papers.site.pages.items(), ("/robots.txt", NO_ROBOTS)):
            papers.site.pages[path] = partial(watched, seen, behaviour)
        words = create_database(dsn, "machines")
        shared = {
            **store,
            "NEWSDESK_WAREHOUSE": f"ducklake:postgres:{words}?data=s3://{BUCKET}/tables/",
            "NEWSDESK_ARCHIVE": f"s3://{BUCKET}/archive",
        }
        yield Machines(folder, papers, shared, seen)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Three machines that have ingested at once."""
    with open_machines(tmp_path_factory.mktemp("machines")) as opened:
        runs = [opened.start(home, "ingest", "--now") for home in ("first", "second", "third")]
        for run in runs:
            opened.ended(run)
        opened.ended(opened.start("first", "publish"))
        yield opened


def test_every_article_is_one_row(machines: Machines) -> None:
    query = (
        "SELECT source, count(*) AS n, count(DISTINCT url) AS urls FROM main.article_versions GROUP BY 1 ORDER BY 1"
    )
    assert machines.rows("first", query) == [
        {"source": name, "n": len(PATHS), "urls": len(PATHS)} for name in sorted(NAMES)
    ]


def test_every_machine_ran_and_no_page_was_asked_for_twice(machines: Machines) -> None:
    states = machines.rows("first", "SELECT state, count(*) AS n FROM ops.runs WHERE flow = 'ingest' GROUP BY 1")
    asked = Counter((seen.host, seen.path) for seen in machines.seen)
    assert states == [{"state": "completed", "n": 3}]
    assert set(asked.values()) == {1}
    assert {path for _, path in asked} == {"/feed", "/robots.txt", "/.well-known/tdmrep.json", *PATHS}


def test_the_ledger_proves_the_pace_over_all_machines(machines: Machines) -> None:
    told = json.loads(machines.ended(machines.start("first", "politeness", "--json")))
    assert {each["domain"]: each["requests"] for each in told} == {f"{name}.test": len(PATHS) + 3 for name in NAMES}
    assert min(each["gap_s"] for each in told) >= PACE_S
    assert {each["breaches"] for each in told} == {0}


def test_the_site_saw_that_pace_too(machines: Machines) -> None:
    by_host: dict[str, list[float]] = defaultdict(list)
    for seen in machines.seen:
        by_host[seen.host].append(seen.at)
    gaps = [later - earlier for times in by_host.values() for earlier, later in pairwise(sorted(times))]
    assert min(gaps) >= PACE_S - LATE_S
    assert sorted(gaps)[len(gaps) // 2] >= PACE_S


def test_nothing_is_held_afterwards(machines: Machines) -> None:
    settings = machines.papers.settings.model_copy(update={"warehouse": machines.shared["NEWSDESK_WAREHOUSE"]})
    with closing(open_hot(settings)) as hot:
        assert hot.runs() == []
        hot_now = hot.clock_s()
        assert hot_now is not None
        assert [hot.take_turn(f"{name}.test", PACE_S, "next", hot_now + 60) for name in NAMES] == [0.0] * len(NAMES)


def test_a_fourth_machine_finds_the_archive_whole_in_the_store(machines: Machines) -> None:
    found = json.loads(machines.ended(machines.start("fourth", "archive", "check", "--json")))
    assert (found["faults"], found["captures"]) == ([], len(NAMES) * (len(PATHS) + 3))
    assert list((machines.folder / "first").rglob("*.warc.gz")) == []


def test_a_fourth_machine_rebuilds_the_tables_from_the_store(machines: Machines, tmp_path: Path) -> None:
    there = tmp_path / "rebuilt"
    url = f"ducklake:sqlite:{there}/catalog.sqlite?data={there}/data/"
    alone = Machines(machines.folder, machines.papers, machines.shared | {"NEWSDESK_WAREHOUSE": url}, [])
    alone.ended(alone.start("fifth", "rebuild"))
    assert alone.rows("fifth", "SELECT count(*) AS n FROM main.article_versions") == [{"n": len(NAMES) * len(PATHS)}]
