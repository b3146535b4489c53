"""Pages read on a Dask cluster: an external scheduler and two workers, one of them killed at its work."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.errors import RefusedError
from schemas.runs.run import RunState
from tasks.cage.dask_cluster import Cluster
from tests.support.repository import ROOT
from tests.support.sites.papers import items, open_papers
from tests.support.sites.prefect_site import free_port

PLACE = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false", "PYTHONPATH": str(ROOT)}
SLOW = "tests.system.test_dask:slow"


def slow(number: int, folder: str) -> int:
    """Work that tells which process is at it."""
    Path(folder, str(os.getppid())).touch()
    time.sleep(0.02)
    return 2 * number


@contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the cluster."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        env={**os.environ, **PLACE},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(30)


class Workers:
    """Two workers of a scheduler."""

    def __init__(self, address: str, processes: list[subprocess.Popen[bytes]]) -> None:
        self.address = address
        self.processes = processes


def open_cluster(address: str) -> Cluster:
    """The cluster when it has its workers."""
    deadline = time.monotonic() + 120
    while True:
        try:
            cluster = Cluster(address, 1500, 20.0, ("tests.system.test_dask",))
        except RefusedError:
            assert time.monotonic() < deadline
            continue
        if cluster.threads == 2:
            return cluster
        cluster.__exit__()


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    folder = tmp_path_factory.mktemp("dask")
    address = f"tcp://127.0.0.1:{free_port()}"
    words = ("--no-dashboard", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])
    with ExitStack() as running:
        running.enter_context(started("distributed.cli.dask_scheduler", *words))
        mine = (
            "--nworkers",
            "1",
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--local-directory",
            str(folder),
        )
        both = [running.enter_context(started("distributed.cli.dask_worker", address, *mine)) for _ in range(2)]
        yield Workers(address, both)


def test_a_run_reads_its_pages_on_the_cluster(workers: Workers, tmp_path: Path) -> None:
    open_cluster(workers.address).__exit__()
    with open_papers(tmp_path, {"one": [items("/a", "/b")]}, runner="dask", dask_scheduler=workers.address) as papers:
        report = papers.run()
        assert (report.run.state, report.run.runner) == (RunState.COMPLETED, "dask")
        assert papers.articles("one") == ["/a", "/b"]
        assert papers.run(timedelta(days=1)).run.runner == "dask"


def test_without_a_scheduler_nothing_is_run() -> None:
    with pytest.raises(RefusedError, match="no Dask scheduler answers"):
        Cluster(f"tcp://127.0.0.1:{free_port()}", 1500, 20.0, ())


def test_what_a_killed_worker_was_at_is_done_by_the_other(workers: Workers, tmp_path: Path) -> None:
    victim = workers.processes[0]

    def kill_at_work() -> None:
        while len(list(tmp_path.iterdir())) < 2:
            time.sleep(0.01)
        victim.kill()

    thread = threading.Thread(target=kill_at_work)
    with open_cluster(workers.address) as cluster:
        thread.start()
        results = list(cluster.map(SLOW, ((number, str(tmp_path)) for number in range(400))))
    thread.join()
    assert results == [2 * number for number in range(400)]
    assert victim.wait(10) == -signal.SIGKILL
