"""The hot state: one in flight a domain, at its pace, whoever asks and however they end."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count, pairwise
from pathlib import Path

import pytest

from schemas.errors import NewsdeskError, RefusedError
from schemas.items.outcome import Reason, Refusal
from schemas.runs.lease import Running
from schemas.settings import Settings
from tests.support.warehouse.places import BOTH, FILES
from tests.support.warehouse.services import create_database
from warehouse.hot.state import LEASE_S, HotState, RobotsEntry, open_hot

NOW = 1_800_000_000.0
SITE = "one.example"
NUMBERS = count(1)


@pytest.fixture(params=BOTH)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a fresh state: a file, or a database of a server. Every test holds for both."""
    if request.param == FILES:
        return Settings(home=tmp_path / "new")
    words = create_database(request.getfixturevalue("server"), f"hot{next(NUMBERS)}")
    return Settings(home=tmp_path / "new", warehouse=f"ducklake:postgres:{words}?data={tmp_path}/data/")


@pytest.fixture
def hot(settings: Settings) -> Iterator[HotState]:
    """A fresh state."""
    with closing(open_hot(settings)) as state:
        yield state


def test_the_first_turn_is_had_at_once(hot: HotState) -> None:
    assert hot.take_turn(SITE, 2.0, "a", NOW) == 0.0


def test_the_next_turn_comes_a_pace_after_the_start_of_the_last(hot: HotState) -> None:
    hot.take_turn(SITE, 2.0, "a", NOW)
    hot.end_turn(SITE, "a", NOW + 0.5)
    assert hot.take_turn(SITE, 2.0, "b", NOW + 0.5) == pytest.approx(1.5)
    assert hot.take_turn(SITE, 2.0, "b", NOW + 2.0) == 0.0


def test_the_pace_counts_from_when_the_request_really_left(hot: HotState) -> None:
    hot.take_turn(SITE, 2.0, "a", NOW)
    hot.end_turn(SITE, "a", NOW + 1.5, sent_at=NOW + 1)
    assert hot.take_turn(SITE, 2.0, "b", NOW + 2.5) == pytest.approx(0.5)


@pytest.mark.parametrize(("first_s", "second_s"), [(5.0, 1.0), (1.0, 5.0)])
def test_the_slower_of_two_paces_counts(hot: HotState, first_s: float, second_s: float) -> None:
    hot.take_turn(SITE, first_s, "a", NOW)
    hot.end_turn(SITE, "a", NOW)
    assert hot.take_turn(SITE, second_s, "b", NOW + 4.9) > 0
    assert hot.take_turn(SITE, second_s, "b", NOW + 5.0) == 0.0


def test_a_turn_that_lasts_keeps_others_out_after_the_pace(hot: HotState) -> None:
    hot.take_turn(SITE, 1.0, "a", NOW)
    assert 0 < hot.take_turn(SITE, 1.0, "b", NOW + 30) < 1
    hot.end_turn(SITE, "a", NOW + 30.5)
    assert hot.take_turn(SITE, 1.0, "b", NOW + 30.5) == 0.0


def test_domains_do_not_wait_for_each_other(hot: HotState) -> None:
    hot.take_turn(SITE, 9.0, "a", NOW)
    assert hot.take_turn("two.example", 9.0, "b", NOW) == 0.0


def test_the_lease_of_a_holder_that_died_runs_out(hot: HotState) -> None:
    hot.take_turn(SITE, 1.0, "dead", NOW)
    assert hot.take_turn(SITE, 1.0, "b", NOW + LEASE_S - 1) > 0
    assert hot.take_turn(SITE, 1.0, "b", NOW + LEASE_S) == 0.0


def test_a_holder_whose_lease_ran_out_does_not_end_the_next_turn(hot: HotState) -> None:
    hot.take_turn(SITE, 1.0, "slow", NOW)
    hot.take_turn(SITE, 1.0, "b", NOW + LEASE_S)
    hot.end_turn(SITE, "slow", NOW + LEASE_S + 1)
    assert hot.take_turn(SITE, 1.0, "c", NOW + LEASE_S + 5) > 0


def test_who_asked_first_comes_first(hot: HotState) -> None:
    hot.take_turn(SITE, 2.0, "a", NOW)
    hot.end_turn(SITE, "a", NOW)
    assert hot.take_turn(SITE, 2.0, "b", NOW + 0.1) == pytest.approx(1.9)
    assert hot.take_turn(SITE, 2.0, "c", NOW + 0.2) > 1.8
    assert hot.take_turn(SITE, 2.0, "c", NOW + 2.0) > 0
    assert hot.take_turn(SITE, 2.0, "b", NOW + 2.1) == 0.0


def test_a_waiter_that_does_not_come_back_loses_its_place(hot: HotState) -> None:
    hot.take_turn(SITE, 2.0, "a", NOW)
    hot.end_turn(SITE, "a", NOW)
    hot.take_turn(SITE, 2.0, "dead", NOW + 0.1)
    hot.take_turn(SITE, 2.0, "c", NOW + 0.2)
    assert hot.take_turn(SITE, 2.0, "c", NOW + 3.1) == 0.0


def test_a_pause_keeps_everybody_out_and_the_longer_one_stands(hot: HotState) -> None:
    hot.take_turn(SITE, 1.0, "a", NOW)
    hot.end_turn(SITE, "a", NOW, not_before=NOW + 120)
    hot.pause(SITE, NOW + 60)
    assert hot.paused_until(SITE, NOW + 1) == NOW + 120
    assert hot.take_turn(SITE, 1.0, "b", NOW + 20) == pytest.approx(100)
    assert (hot.paused_until(SITE, NOW + 120), hot.take_turn(SITE, 1.0, "b", NOW + 120)) == (None, 0.0)


def test_a_domain_that_was_never_asked_can_be_paused(hot: HotState) -> None:
    hot.pause(SITE, NOW + 10)
    assert hot.take_turn(SITE, 1.0, "a", NOW) == pytest.approx(10)


def test_a_clock_that_goes_back_costs_one_pace_at_most(hot: HotState) -> None:
    hot.take_turn(SITE, 2.0, "a", NOW)
    hot.end_turn(SITE, "a", NOW)
    hot.take_turn(SITE, 2.0, "ghost", NOW + 1)
    assert hot.take_turn(SITE, 2.0, "b", NOW - 3600) == pytest.approx(2.0)
    assert hot.take_turn(SITE, 2.0, "b", NOW - 3598) == 0.0


def test_a_clock_that_goes_back_costs_one_lease_at_most(hot: HotState) -> None:
    hot.take_turn(SITE, 2.0, "dead", NOW)
    assert hot.take_turn(SITE, 2.0, "b", NOW - 3600) > 0
    assert hot.take_turn(SITE, 2.0, "b", NOW - 3600 + LEASE_S) == 0.0


def test_robots_and_down_hosts_are_kept_for_other_processes(hot: HotState, settings: Settings) -> None:
    entry = RobotsEntry(NOW, NOW + 600, "deny", b"", Reason.TLS_ERROR, "expired")
    down = Refusal(reason=Reason.TIMEOUT_CONNECT, detail="refused")
    hot.keep_robots("https://one.example", RobotsEntry(NOW, NOW, "rules", b"\0rules"))
    hot.keep_robots("https://one.example", entry)
    hot.keep_down(SITE, NOW + 600, down)
    other = open_hot(settings)
    kept = other.robots("https://one.example"), other.down(SITE, NOW + 599), other.down(SITE, NOW + 600)
    other.close()
    assert (kept, hot.robots("http://one.example")) == ((entry, down, None), None)


def test_a_folder_that_cannot_be_written_is_a_clear_refusal(tmp_path: Path) -> None:
    (tmp_path / "hot.sqlite").mkdir()
    with pytest.raises(RefusedError, match="hot state"):
        HotState(tmp_path / "hot.sqlite")


def test_a_transaction_that_fails_shuts_nobody_out(hot: HotState) -> None:
    with pytest.raises((UnicodeEncodeError, NewsdeskError)):
        hot.keep_down("a lone \ud800", NOW, Refusal(reason=Reason.DNS_ERROR))
    assert hot.take_turn(SITE, 1.0, "a", NOW) == 0.0


def running(run_id: str) -> Running:
    """A run that begins."""
    at = datetime.fromtimestamp(NOW, UTC)
    return Running(
        run_id=run_id,
        flow="ingest",
        runner="direct",
        host="h",
        machine="m",
        process="1@2",
        started_at=at,
        seen_at=at,
    )


def test_a_run_is_known_until_it_ends(hot: HotState) -> None:
    hot.begin_run(running("run-1"))
    seen_at = datetime.fromtimestamp(NOW + 20, UTC)
    assert (hot.renew_run("run-1", seen_at), [run.seen_at for run in hot.runs()]) == (True, [seen_at])
    assert (hot.end_run("run-1"), hot.end_run("run-1"), hot.runs()) == (True, False, [])
    assert not hot.renew_run("run-1", seen_at)


def test_what_a_run_held_is_free_when_it_ends(hot: HotState) -> None:
    hot.begin_run(running("run-1"))
    hot.take_turn(SITE, 1.0, "run-1/step", NOW)
    hot.take_turn(SITE, 1.0, "run-2/step", NOW + 1)
    hot.end_run("run-1")
    assert hot.take_turn(SITE, 1.0, "run-2/step", NOW + 1.2) == 0.0


def test_a_source_is_one_runs_until_that_ends(hot: HotState) -> None:
    for run_id in ("run-1", "run-2"):
        hot.begin_run(running(run_id))
    assert hot.take_sources("run-1", "poll", ["a", "b"]) == {"a", "b"}
    assert hot.take_sources("run-2", "poll", ["b", "c"]) == {"c"}
    assert hot.take_sources("run-2", "revisit", ["b"]) == {"b"}
    hot.end_run("run-1")
    assert hot.take_sources("run-2", "poll", ["a", "b"]) == {"a", "b"}


def test_who_is_not_under_way_holds_no_source_and_is_refused_none(hot: HotState) -> None:
    hot.begin_run(running("run-1"))
    hot.take_sources("run-1", "poll", ["a"])
    assert hot.take_sources("probe", "poll", ["a"]) == {"a"}
    assert hot.take_sources("run-1", "poll", ["a"]) == {"a"}


WORKER = """
import os, sys, time
from warehouse.hot.state import open_hot
from schemas.settings import Settings
count, name = int(sys.argv[1]), sys.argv[2]
hot = open_hot(Settings.from_environment(os.environ))
for number in range(count):
    holder = f"{name}-{number}"
    while wait_s := hot.take_turn("one.example", 0.02, holder, now := time.time()):
        time.sleep(wait_s)
    print(now, time.time(), flush=True)
    if name == "dies":
        time.sleep(60)
    hot.end_turn("one.example", holder, time.time())
hot.close()
"""


def worker(settings: Settings, count: int, name: str) -> subprocess.Popen[str]:
    """A process that takes turns and prints when each began."""
    words = [sys.executable, "-c", WORKER, str(count), name]
    environment = {"NEWSDESK_HOME": str(settings.home), "NEWSDESK_WAREHOUSE": settings.warehouse}
    there = os.environ | {"PYTHONPATH": os.getcwd()} | {key: value for key, value in environment.items() if value}
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=there)


def test_processes_and_threads_together_keep_the_pace(settings: Settings) -> None:
    workers = [worker(settings, 15, name) for name in ("a", "b", "c")]
    texts = [process.communicate(timeout=60)[0] for process in workers]
    starts = sorted(float(line.split()[0]) for text in texts for line in text.splitlines())
    assert [process.returncode for process in workers] == [0, 0, 0]
    assert len(starts) == 45
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.02


def test_a_killed_holder_leaves_the_state_whole(settings: Settings) -> None:
    with worker(settings, 1, "dies") as process:
        assert process.stdout
        started = float(process.stdout.readline().split()[0])
        process.send_signal(signal.SIGKILL)
    with closing(open_hot(settings)) as hot:
        waits = [hot.take_turn(SITE, 0.02, "next", started + later_s) for later_s in (1, LEASE_S + 0.1)]
    assert (waits[0] > 0, waits[1]) == (True, 0.0)


def test_many_threads_share_one_handle(hot: HotState) -> None:
    held, most = [0], [0]
    guard = threading.Lock()

    def work(name: str) -> None:
        while wait_s := hot.take_turn(SITE, 0.001, name, time.time()):
            time.sleep(wait_s)
        with guard:
            held[0] += 1
            most[0] = max(most[0], held[0])
        with guard:
            held[0] -= 1
        hot.end_turn(SITE, name, time.time())

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (most, held) == ([1], [0])
