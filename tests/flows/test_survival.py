"""What an installation survives: kills, cancels and collisions, on a real server and worker (make prefect)."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from flows.runner import server_answers
from schemas.running import Running
from tests.flows.newsrooms import environment_for
from tests.flows.papers import Papers, items, open_papers
from tests.flows.prefect_site import PrefectSite, prefect_site
from tests.tasks.raw_site import Visit
from warehouse.hot import HotState

pytestmark = pytest.mark.prefect
UNREACHABLE_S = 40.0
SLEEP_S = 150.0
"""Longer than the two minutes after which automations.yaml takes a silent run for dead."""
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
        return self.site.start(deployment, **({"poll_all": True} if deployment.startswith("ingest") else {}))

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

    def settled(self) -> None:
        """No run is Running or under way, nobody holds a turn, and the next run goes on."""
        self.hurry()
        assert self.wait_for_end(self.start())["type"] == "COMPLETED"
        self.site.wait_until(lambda: not self.site.runs("RUNNING", "ingest"), 60, "no run is Running")
        with closing(HotState(self.papers.settings.hot_path)) as hot:
            assert hot.runs() == []
            assert hot.take_turn("one.test", 0.0, "next", time.time()) == 0.0
            hot.end_turn("one.test", "next", time.time())
        assert json.loads(self.site.run("newsdesk", "status", "--json"))["under_way"] == []

    def same_words(self, run: dict[str, Any], running: Running) -> None:
        """Prefect and `newsdesk status` say the same of a run that ended badly."""
        status = json.loads(self.site.run("newsdesk", "status", "--json"))
        (told,) = [each for each in status["runs"] if each["run_id"] == running.run_id]
        assert (told["state"], told["error"]) == ("crashed", self.state(run)["message"])

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
    paths = [f"/slow{number}" for number in range(1, 12)]
    editions = [items("/a", *paths[:number]) for number in range(len(paths) + 1)]
    with open_papers(
        home, {"one": editions, "two": [items("/x")]}, article_deadline_s=120, read_timeout_s=100
    ) as papers:
        environment = environment_for(papers.settings) | {
            "NEWSDESK_ARTICLE_DEADLINE_S": "120",
            "NEWSDESK_READ_TIMEOUT_S": "100",
        }
        with prefect_site(home, environment) as site:
            for each in site.ask("deployments/filter"):  # A run of the schedule would collide with ours.
                site.ask(f"deployments/{each['id']}", method="PATCH", paused=True)
            yield Place(site, papers)


def test_a_flow_run_that_is_killed_is_crashed_everywhere_and_the_next_goes_on(place: Place) -> None:
    run, running = place.hung()
    os.kill(pid_of(running), signal.SIGKILL)
    assert place.wait_for_end(run)["type"] == "CRASHED"

    place.settled()

    place.same_words(run, running)
    row = place.row(running)
    assert row["state"] == "crashed"
    assert row["error"].startswith(f"process {pid_of(running)} on ")
    assert "/slow1" in place.papers.articles("one")


def test_a_second_ingest_is_cancelled_while_the_first_runs(place: Place) -> None:
    run, _ = place.hung()
    second = place.start()
    assert place.wait_for_end(second)["type"] == "CANCELLED"
    place.hurry()
    assert place.wait_for_end(run)["type"] == "COMPLETED"


def test_a_full_queue_is_worked_off_one_after_the_other(place: Place) -> None:
    runs = [place.start("publish/publish") for _ in range(4)]
    assert [place.wait_for_end(run)["type"] for run in runs] == ["COMPLETED"] * 4
    spans = sorted((each["start_time"], each["end_time"]) for each in place.site.runs("COMPLETED", "publish"))
    assert all(ended <= begun for (_, ended), (begun, _) in pairwise(spans))


def test_two_schedules_at_once_run_one_after_the_other(place: Place) -> None:
    runs = [place.start("maintain/maintain") for _ in range(2)]
    assert [place.wait_for_end(run)["type"] for run in runs] == ["COMPLETED"] * 2


def test_a_run_that_starts_late_runs_once(place: Place) -> None:
    (worker,) = place.site.services("worker start")
    os.kill(worker, signal.SIGSTOP)
    run = place.start("health/health")
    place.site.wait_until(lambda: place.state(run)["name"] == "Late", 120, "the run is late")
    os.kill(worker, signal.SIGCONT)
    assert place.wait_for_end(run)["type"] == "COMPLETED"
    assert len(place.site.rows("SELECT 1 FROM ops.runs WHERE flow = 'health'")) == 1


def test_a_source_that_hangs_costs_the_others_nothing(place: Place) -> None:
    place.papers.site.pages["two.test/feed"] = Visit.hold
    run = place.start()
    assert place.wait_for_end(run)["name"] == "Sources failed"
    del place.papers.site.pages["two.test/feed"]
    place.settled()


def test_a_worker_that_is_killed_is_started_again_and_its_run_ends(place: Place) -> None:
    run, running = place.hung()
    (worker,) = place.site.services("worker start")
    os.kill(worker, signal.SIGKILL)
    place.site.wait_until(lambda: place.site.services("worker start") not in ([], [worker]), 60, "another worker")
    place.hurry()
    assert place.wait_for_end(run)["type"] in ("COMPLETED", "CRASHED")
    place.settled()
    if place.state(run)["type"] == "CRASHED":
        place.same_words(run, running)


def test_worker_and_flow_killed_together_are_crashed_everywhere(place: Place) -> None:
    run, running = place.hung()
    (worker,) = place.site.services("worker start")
    for pid in (worker, pid_of(running)):
        os.kill(pid, signal.SIGKILL)
    assert place.wait_for_end(run, 300)["type"] == "CRASHED"
    place.settled()
    place.same_words(run, running)


def test_a_server_that_is_killed_is_started_again_and_the_run_completes(place: Place) -> None:
    run, _ = place.hung()
    (server, *_) = place.site.services("server start")
    os.kill(server, signal.SIGKILL)
    place.site.wait_until(lambda: not server_answers(place.site.api_url), 60, "the server is gone")
    place.hurry()
    place.site.wait_until(lambda: server_answers(place.site.api_url), 120, "the server answers again")
    assert place.wait_for_end(run)["type"] == "COMPLETED"
    place.settled()


def test_a_server_that_cannot_be_reached_for_a_while_delays_and_loses_nothing(place: Place) -> None:
    run, _ = place.hung()
    servers = place.site.services("server start")
    for pid in servers:
        os.kill(pid, signal.SIGSTOP)
    place.hurry()
    time.sleep(UNREACHABLE_S)
    for pid in servers:
        os.kill(pid, signal.SIGCONT)
    assert place.wait_for_end(run)["type"] == "COMPLETED"
    place.settled()


def test_an_installation_that_slept_goes_on(place: Place) -> None:
    """All of its processes stop for longer than a run may be silent, as on a machine that is suspended."""
    run, running = place.hung()
    everybody = place.site.services("")
    for pid in everybody:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(SLEEP_S)
    for pid in everybody:
        os.kill(pid, signal.SIGCONT)
    place.hurry()
    place.site.wait_until(lambda: place.state(run)["type"] in ENDED, 240, "the run ends")
    place.settled()
    row = place.row(running)
    assert (place.state(run)["type"], row["state"]) in (("COMPLETED", "completed"), ("CRASHED", "crashed"))


def test_a_run_that_is_cancelled_loads_what_it_fetched_and_says_so(place: Place) -> None:
    run, running = place.hung()
    place.site.run("prefect", "flow-run", "cancel", run["id"])
    place.hurry()
    assert place.wait_for_end(run)["type"] == "CANCELLED"
    place.site.wait_until(lambda: not Path(f"/proc/{pid_of(running)}").exists(), 60, "the process ends")
    place.site.run("newsdesk", "publish", NEWSDESK_RUNNER="direct")
    assert place.row(running)["state"] == "interrupted"
