"""What an installation survives: kills, cancels and collisions, on a real server and worker (make prefect)."""

import json
import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from flows.running.choose import server_answers
from tests.support.sites.raw_site import Visit
from tests.support.sites.slow_papers import ENDED, Place, open_place, pid_of

pytestmark = pytest.mark.prefect
UNREACHABLE_S = 40.0
SLEEP_S = 150.0
"""Longer than the two minutes after which automations.yaml takes a silent run for dead."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("survival")) as opened:
        yield opened


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


def test_an_ingest_that_a_person_asks_for_waits_until_the_first_has_ended(place: Place) -> None:
    first, _ = place.hung()
    second = place.start()
    waiting = "AwaitingConcurrencySlot"
    place.site.wait_until(lambda: place.state(second)["name"] == waiting, 60, "the second run waits")
    place.hurry()
    assert [place.wait_for_end(run)["type"] for run in (first, second)] == ["COMPLETED"] * 2
    assert place.site.run_of(first)["end_time"] <= place.site.run_of(second)["start_time"]


def test_scheduled_runs_that_come_late_are_skipped_and_one_that_was_asked_for_is_not(place: Place) -> None:
    first, _ = place.hung()
    now = datetime.now(UTC)
    late = place.site.schedule_late("ingest/ingest", now - timedelta(hours=3), now - timedelta(minutes=40))
    asked = place.start()
    place.hurry()
    assert len(late) >= 4  # Of one hour: the server makes no more at once.
    ends = [place.wait_for_end(run, 600) for run in late]
    assert {(end["type"], end["name"]) for end in ends} == {("COMPLETED", "Skipped")}
    assert [place.wait_for_end(run)["name"] for run in (first, asked)] == ["Completed"] * 2
    rows = place.site.rows(f"SELECT state FROM ops.runs WHERE flow = 'ingest' AND started_at >= '{now:%Y-%m-%d %X}'")
    assert rows == [{"state": "completed"}]  # Of the one that was asked for: the first began before.


def test_a_full_queue_is_worked_off_one_after_the_other(place: Place) -> None:
    runs = [place.start("publish/publish") for _ in range(4)]
    assert [place.wait_for_end(run)["type"] for run in runs] == ["COMPLETED"] * 4
    spans = sorted((each["start_time"], each["end_time"]) for each in place.site.runs("COMPLETED", "publish"))
    assert all(ended <= begun for (_, ended), (begun, _) in pairwise(spans))


@pytest.mark.parametrize("flow", ["ingest", "maintain"])
def test_two_schedules_at_once_run_one_after_the_other(place: Place, flow: str) -> None:
    due = place.fire_twice(flow)
    assert [state["type"] for state in place.ends(due)] == ["COMPLETED"] * 2
    (begun, ended), (begun_next, _) = sorted((run["start_time"], run["end_time"]) for run in place.fired(due))
    assert begun < ended <= begun_next
    rows = place.site.rows(f"SELECT state FROM ops.runs WHERE flow = '{flow}' AND started_at >= '{due.at}'")
    assert rows == [{"state": "completed"}] * 2
    place.settled()
    assert place.doubled() == []


def test_a_run_that_cannot_begin_has_failed_with_the_same_words_everywhere(place: Place) -> None:
    wrong = place.papers.settings.sources / "wrong.toml"
    wrong.write_text('name = "Wrong"\nhomepag = "http://wrong.test/"\n')
    run = place.start()
    state = place.wait_for_end(run)
    wrong.unlink()

    assert (state["type"], "unknown key 'homepag'" in state["message"]) == ("FAILED", True)
    (told, *_) = json.loads(place.site.run("newsdesk", "status", "--json"))["runs"]
    assert (told["state"], told["error"]) == ("failed", state["message"])
    place.settled()


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
