"""Several writers at once, and writers that are killed or run out of disk."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from schemas.errors import DiskFullError, RefusedError
from tests.support.repository import ROOT
from tests.support.warehouse.batch_samples import NOON, batch_of, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import Place, only_on_files, url_of
from tests.support.warehouse.reading import ask, look
from warehouse.database.connection import Warehouse
from warehouse.database.write_lock import FileLock, hold
from warehouse.tables.maintain import merge_files
from warehouse.tables.migrate import migrate

WRITER = """
import sys
from tests.support.warehouse.batch_samples import NOON, batch_of, hours, urls
from warehouse.database.connection import Warehouse
from tests.support.warehouse.loading import load_batch

url, name, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Warehouse(url) as warehouse:
    for number in range(rounds):
        run_id = f"{name}-{number}"
        load_batch(warehouse, batch_of(urls(40, start=20 * number), run_id, run_id, NOON), NOON)
        print(run_id, flush=True)
"""
LIMITED = """
import os, resource, sys
from tests.support.warehouse.batch_samples import NOON, batch_of, urls
from warehouse.database.connection import Warehouse
from tests.support.warehouse.loading import load_batch

with Warehouse(sys.argv[1]) as warehouse:
    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
    load_batch(warehouse, batch_of(urls(2), text=os.urandom(200_000).hex()), NOON)
"""
DOUBLES = "SELECT article_id FROM main.article_versions GROUP BY ALL HAVING count(*) > 1"
SUMS = "SELECT (SELECT count(*) FROM ops.outcomes), (SELECT sum(outcomes) FROM ops.loads)"


def writer(url: str, name: str, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, url, name, str(rounds)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_processes_that_load_the_same_urls_lose_and_double_nothing(url: str) -> None:
    writers = [writer(url, name, 5) for name in ("one", "two")]

    assert [process.wait(60) for process in writers] == [0, 0]
    for process in writers:
        process.communicate()

    with Warehouse(url) as warehouse:
        assert look(warehouse, DOUBLES) == []
        assert look(warehouse, "SELECT count(*) FROM main.article_versions") == [(120,)]
        assert look(warehouse, SUMS) == [(400, 400)]
        assert ask(warehouse, "SELECT * FROM reports.unaccounted_urls") == []


def test_a_writer_that_is_killed_leaves_whole_batches_and_no_lock(url: str) -> None:
    process = writer(url, "one", 1000)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(3)]

    process.send_signal(signal.SIGKILL)
    acknowledged += process.communicate()[0].split()

    with Warehouse(url) as warehouse:
        loads = {row[0] for row in look(warehouse, "SELECT run_id FROM ops.loads")}
        assert loads >= set(acknowledged)
        assert look(warehouse, SUMS) == [(40 * len(loads), 40 * len(loads))]
        assert ask(warehouse, "SELECT * FROM reports.unaccounted_urls") == []
        assert load_batch(warehouse, batch_of(urls(2), "after", "after"), NOON).is_replay is False


def test_threads_of_one_process_share_a_warehouse(warehouse: Warehouse) -> None:
    batches = [batch_of(urls(20), f"{number}", f"run-{number}") for number in range(6)]

    with ThreadPoolExecutor(6) as threads:
        loaded = list(threads.map(lambda batch: load_batch(warehouse, batch, NOON), batches))

    assert sum(one.versions_inserted for one in loaded) == 20
    assert look(warehouse, DOUBLES) == []


def test_a_session_that_began_before_a_merge_sees_every_row_until_it_ends(own: Warehouse, url: str) -> None:
    for number in range(3):
        load_batch(own, batch_of(urls(2, start=2 * number), f"{number}", f"run-{number}"), NOON)

    with ThreadPoolExecutor(1) as threads, Warehouse(url) as other:
        with own.read() as session:
            number, _ = session.rows("select_snapshot")[0]
            merge = threads.submit(merge_files, other)
            wait([merge], 1.0)
            files = session.rows("list_files", schema="ops", table="outcomes", snapshot=number)
            assert session.script("SELECT count(*) FROM ops.outcomes") == [(6,)]
            assert len(files) in (1, 3)
        assert merge.result(60)[0] >= 3

    assert look(own, "SELECT count(*) FROM ops.outcomes") == [(6,)]


def test_a_merge_does_not_wait_for_readers_that_came_after_it(own: Warehouse, url: str) -> None:
    load_batch(own, batch_of(urls(2)), NOON)
    ended: list[str] = []

    def looked(_: int) -> None:
        look(own, "SELECT count(*) FROM ops.outcomes")
        ended.append("look")

    with ThreadPoolExecutor(9) as threads, Warehouse(url) as other:
        with own.read():
            merge = threads.submit(lambda: other.rearrange("test", lambda _: ended.append("merge"), "merging"))
            wait([merge], 0.5)
            looks = [threads.submit(looked, number) for number in range(8)]
            wait(looks, 0.5)
        wait([merge, *looks])

    if own.address.catalog == "sqlite":
        assert ended[0] == "merge"
    assert len(ended) == 9


def test_two_that_make_the_warehouse_at_once_make_one(place: Place, tmp_path: Path) -> None:
    url = place.empty(tmp_path)

    def make(_: int) -> list[str]:
        with Warehouse(url) as warehouse:
            return migrate(warehouse, NOON)

    with ThreadPoolExecutor(3) as threads:
        done = [name for names in threads.map(make, range(3)) for name in names if name.endswith(".sql")]

    assert sorted(done) == sorted(set(done))


@only_on_files
def test_readers_and_their_questions_do_not_wait_for_a_writer(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(3)), NOON)
    with hold(FileLock(warehouse.address.gate_path), "gate"):
        assert look(warehouse, "SELECT count(*) FROM main.articles") == [(3,)]
        with Warehouse(url_of(warehouse.address.gate_path.parent)) as another:
            assert look(another, "SELECT count(*) FROM main.articles") == [(3,)]


def test_a_gate_that_stays_shut_is_refused(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "gate"), FileLock(tmp_path / "gate")

    with hold(first, "x"), pytest.raises(RefusedError, match="has been writing 'x'"), hold(second, "x", wait_s=0.05):
        raise AssertionError("the gate let two in")


def test_the_gate_lets_one_in_at_a_time(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []
    started = threading.Barrier(4)

    def enter(number: int) -> None:
        started.wait()
        for _ in range(5):
            with hold(FileLock(tmp_path / "gate"), "x"):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(enter, range(4)))

    assert most == [1] * 20


def test_a_full_disk_is_named_and_leaves_nothing_of_the_batch(home: Path) -> None:
    """A limit on the size of files stands for the disk: the kernel refuses the write the same way."""
    command = [sys.executable, "-c", LIMITED, url_of(home)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert f"{DiskFullError.__name__}: the disk is full while loading batch" in told.stderr
    with Warehouse(url_of(home)) as warehouse:
        assert look(warehouse, SUMS) == [(0, None)]
        assert load_batch(warehouse, batch_of(urls(2)), NOON).versions_inserted == 2


def test_a_data_folder_that_is_gone_is_refused_and_leaves_nothing(home: Path) -> None:
    with Warehouse(url_of(home)) as warehouse:
        (home / "data").rename(home / "elsewhere")
        (home / "data").write_text("a file where the folder was")

        with pytest.raises(RefusedError, match="nothing of it was kept"):
            load_batch(warehouse, batch_of(urls(2)), NOON)

        os.remove(home / "data")
        (home / "elsewhere").rename(home / "data")
        assert load_batch(warehouse, batch_of(urls(2)), NOON).versions_inserted == 2
