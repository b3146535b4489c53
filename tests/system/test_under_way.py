"""Runs that have not ended: everybody knows of them, and the next run closes those that died."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.maintain import maintain_with
from schemas.errors import NewsdeskError
from schemas.runs.run import RunState
from schemas.settings import Settings
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tasks.upkeep.run_lease import leased
from tests.support.desks import NEWSDESK
from tests.support.newsrooms import environment_for
from tests.support.repository import ROOT
from tests.support.sites.papers import Papers, items, open_papers
from tests.support.sites.raw_site import Visit
from warehouse.database.connection import Warehouse
from warehouse.database.write_lock import FileLock, hold
from warehouse.hot.state import HotState

SITE = "one.test"


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Papers]:
    with open_papers(tmp_path, {"one": [items("/a", "/b"), items("/a", "/b", "/c")]}) as opened:
        yield opened


def killed_within_a_run(papers: Papers) -> int:
    """The pid of an ingest that was killed while it waited for a page."""
    papers.edition, papers.site.pages["/c"] = 1, Visit.hold
    environment = {**os.environ, **environment_for(papers.settings)}
    process = subprocess.Popen([NEWSDESK, "ingest"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while "/c" not in papers.site.asked:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    del papers.site.pages["/c"]
    return process.pid


def status_of(settings: Settings) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **environment_for(settings)}
    return subprocess.run([NEWSDESK, "status", "--json"], env=environment, cwd=ROOT, capture_output=True, text=True)


def test_a_killed_run_is_shown_as_dead_and_closed_by_the_next(papers: Papers) -> None:
    papers.run()
    pid = killed_within_a_run(papers)
    words = f"process {pid} on "
    (dead,) = json.loads(status_of(papers.settings).stdout)["under_way"]
    assert (dead["state"], words in dead["error"]) == ("crashed", True)

    papers.run(timedelta(days=30))

    status = json.loads(status_of(papers.settings).stdout)
    assert status["under_way"] == []
    closed = next(run for run in status["runs"] if run["state"] == "crashed")
    assert closed["error"] == dead["error"]
    assert papers.articles("one") == ["/a", "/b", "/c"]


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    settings = Settings(home=tmp_path)
    with open_kit(settings, "run-1", datetime.now(UTC), "0", NoProgress(), threading.Event()) as opened:
        yield opened


def test_a_run_is_known_from_its_beginning_to_its_end(kit: Kit) -> None:
    with leased(kit, "ingest", "direct"):
        (run,) = kit.hot.runs()
        assert (run.run_id, run.flow, run.process.split("@")[0]) == ("run-1", "ingest", str(os.getpid()))
    assert kit.hot.runs() == []


def test_a_run_that_was_taken_for_dead_is_asked_to_stop(kit: Kit) -> None:
    with leased(kit, "ingest", "direct", beat_s=0.01):
        kit.hot.end_run("run-1")
        assert kit.stop.wait(10)


def test_a_run_gives_signs_of_life(kit: Kit) -> None:
    with leased(kit, "ingest", "direct", beat_s=0.01):
        first = kit.hot.runs()[0].seen_at
        deadline = time.monotonic() + 10
        while kit.hot.runs()[0].seen_at == first:
            assert time.monotonic() < deadline


def test_a_dead_run_lets_go_of_its_turns(tmp_path: Path) -> None:
    with closing(HotState(tmp_path / "hot.sqlite")) as hot:
        hot.take_turn(SITE, 1.0, "run-1/step", 1000.0)
        hot.take_turn(SITE, 1.0, "run-2/step", 1001.0)
        hot.end_run("run-1")
        assert hot.take_turn(SITE, 1.0, "run-2/step", 1001.2) == 0.0


def test_a_fault_of_ours_leaves_a_row_that_names_it(papers: Papers, monkeypatch: pytest.MonkeyPatch) -> None:
    papers.run()
    monkeypatch.setattr("flows.ingest.validate", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        papers.run(timedelta(days=1))
    monkeypatch.undo()
    papers.run(timedelta(days=1))
    runs = json.loads(status_of(papers.settings).stdout)["runs"]
    assert [run["state"] for run in runs] == [RunState.COMPLETED, RunState.FAILED, RunState.COMPLETED]
    assert runs[1]["error"] == "ZeroDivisionError: integer division or modulo by zero"


def runs_of(settings: Settings) -> list[tuple[str, str, str | None]]:
    """Flow, state and error of the runs of the home, oldest first."""
    with Warehouse(settings.warehouse_url) as warehouse, warehouse.read() as session:
        rows = session.script("SELECT flow, state, error FROM ops.runs ORDER BY started_at, run_id")
    return [(flow, state, error) for flow, state, error in rows]


def test_a_round_of_maintenance_that_was_killed_is_closed_by_the_next(tmp_path: Path) -> None:
    settings, now = Settings(home=tmp_path), datetime.now(UTC)
    maintain_with(settings, now)
    environment = {**os.environ, "NEWSDESK_HOME": str(tmp_path)}
    gate = FileLock(settings.home / "warehouse" / "catalog.gate")
    with hold(gate, "its first merge waits"), closing(HotState(settings.hot_path)) as hot:
        process = subprocess.Popen([NEWSDESK, "maintain"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not hot.runs():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
    maintain_with(settings, now + timedelta(hours=1))
    assert [(flow, state) for flow, state, _ in runs_of(settings)] == [
        ("maintain", "completed"),
        ("maintain", "crashed"),
        ("maintain", "completed"),
    ]
    with closing(HotState(settings.hot_path)) as hot:
        assert hot.runs() == []


def test_a_round_of_maintenance_is_known_while_it_lasts_and_its_fault_is_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path)
    known: list[str] = []

    def broken(*_: object) -> None:
        with closing(HotState(settings.hot_path)) as hot:
            known.extend(run.flow for run in hot.runs())
        raise NewsdeskError("the disk is on fire")

    monkeypatch.setattr("flows.maintain.run_round", broken)
    with pytest.raises(NewsdeskError):
        maintain_with(settings, datetime.now(UTC))
    assert (known, runs_of(settings)) == (["maintain"], [("maintain", "failed", "the disk is on fire")])
