"""What an installation survives: kills, cancels and collisions, on a real server and worker (make prefect)."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from schemas.running import Running
from tests.flows.newsrooms import environment_for
from tests.flows.papers import Papers, items, open_papers
from tests.flows.prefect_site import PrefectSite, prefect_site
from tests.tasks.raw_site import Visit
from warehouse.hot import HotState

pytestmark = pytest.mark.prefect
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class Place:
    """An installation beside a paper whose page `/slow` comes when `patience` is over."""

    def __init__(self, site: PrefectSite, papers: Papers) -> None:
        self.site = site
        self.papers = papers
        self.number = 0
        self.patience = 0.0

    def slow(self, visit: Visit) -> None:
        """A page of the paper, late."""
        deadline = time.monotonic() + 60
        while self.patience and time.monotonic() < deadline:
            visit.pause(0.1)
        self.papers.site.pages["*"](visit)  # type: ignore[operator]  # a behaviour

    def start(self, deployment: str = "ingest/ingest") -> dict[str, Any]:
        """A flow run of the deployment, created now; of ingest, one that asks all feeds."""
        words = ("--param", "poll_all=true") if deployment.startswith("ingest") else ()
        self.site.run("prefect", "deployment", "run", deployment, *words)
        manual = [run for run in self.site.ask("flow_runs/filter", limit=200) if not run["auto_scheduled"]]
        newest: dict[str, Any] = max(manual, key=lambda run: run["created"])
        return newest

    def state(self, run: dict[str, Any]) -> dict[str, Any]:
        """The state of the flow run now."""
        its: dict[str, Any] = self.site.ask("flow_runs/filter", flow_runs={"id": {"any_": [run["id"]]}})[0]["state"]
        return its

    def wait_for_end(self, run: dict[str, Any], within_s: float = 240) -> dict[str, Any]:
        """Its last state."""
        self.site.wait_until(lambda: self.state(run)["type"] in ENDED, within_s, "the run ends")
        return self.state(run)

    def hung(self) -> tuple[dict[str, Any], Running]:
        """A flow run that waits for the slow page of a new edition, and its process."""
        self.patience, self.number = 1.0, self.number + 1
        path = f"/slow{self.number}"
        self.papers.site.pages[path] = self.slow
        self.papers.edition += 1
        run = self.start()
        self.site.wait_until(lambda: path in self.papers.site.asked, 240, "the slow page is asked for")
        with closing(HotState(self.papers.settings.hot_path)) as hot:
            return run, next(one for one in hot.runs() if one.orchestrated_as == run["id"])

    def hurry(self) -> None:
        """The slow page comes from now on."""
        self.patience = 0.0

    def row(self, running: Running) -> dict[str, Any]:
        """The row of ops.runs."""
        return self.site.rows(f"SELECT state, error FROM ops.runs WHERE run_id = '{running.run_id}'")[0]


def pid_of(running: Running) -> int:
    return int(running.process.partition("@")[0])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("survival")
    paths = [f"/slow{number}" for number in range(1, 9)]
    editions = [items("/a", *paths[:number]) for number in range(len(paths) + 1)]
    with open_papers(home, {"one": editions}, article_deadline_s=120, read_timeout_s=100) as papers:
        environment = environment_for(papers.settings) | {
            "NEWSDESK_ARTICLE_DEADLINE_S": "120",
            "NEWSDESK_READ_TIMEOUT_S": "100",
        }
        with prefect_site(home, environment) as site:
            yield Place(site, papers)


def test_a_flow_run_that_is_killed_is_crashed_everywhere_and_the_next_goes_on(place: Place) -> None:
    run, running = place.hung()
    os.kill(pid_of(running), signal.SIGKILL)
    assert place.wait_for_end(run)["type"] == "CRASHED"
    place.hurry()

    assert place.wait_for_end(place.start())["type"] == "COMPLETED"

    row = place.row(running)
    assert row["state"] == "crashed"
    assert row["error"].startswith(f"process {pid_of(running)} on ")
    with closing(HotState(place.papers.settings.hot_path)) as hot:
        assert hot.runs() == []
    assert "/slow1" in place.papers.articles("one")


def test_a_second_ingest_is_cancelled_while_the_first_runs(place: Place) -> None:
    run, _ = place.hung()
    second = place.start()
    assert place.wait_for_end(second)["type"] == "CANCELLED"
    place.hurry()
    assert place.wait_for_end(run)["type"] == "COMPLETED"


def test_publishes_wait_for_each_other_and_all_run(place: Place) -> None:
    runs = [place.start("publish/publish") for _ in range(2)]
    assert [place.wait_for_end(run)["type"] for run in runs] == ["COMPLETED", "COMPLETED"]


def test_a_run_that_is_cancelled_loads_what_it_fetched_and_says_so(place: Place) -> None:
    run, running = place.hung()
    place.site.run("prefect", "flow-run", "cancel", run["id"])
    place.hurry()
    assert place.wait_for_end(run)["type"] == "CANCELLED"
    place.site.wait_until(lambda: not Path(f"/proc/{pid_of(running)}").exists(), 60, "the process ends")
    place.site.run("newsdesk", "publish", NEWSDESK_RUNNER="direct")
    assert place.row(running)["state"] == "interrupted"
