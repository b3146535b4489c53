"""What orchestration costs: the same pages through `direct`, `prefect` and `dask`: see bench/README.md.

.venv/bin/python -m bench.orchestration [--pages 2000]
"""

import argparse
import importlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from uuid import UUID

from bench.inputs.crawl_file import write_crawl_file
from bench.processes import children_s, tree_s
from flows.running.choose import server_answers
from schemas.runs.installation import Installation
from schemas.runs.report import RunReport
from tasks.machine.log import tell
from tasks.machine.services import environment_of, server_of
from tasks.run.groups import Group
from tasks.run.kit import Kit
from tests.support.sites.prefect_site import free_port
from tests.system.test_dask import open_cluster, started

WAYS = ("direct", "prefect", "dask")
STEPS = 20
"""As many task runs as an ingest has, whatever the number of sources."""
ROUNDS = 5
"""Of steps that do nothing: two runs of pages differ by more than Prefect costs, even when both are direct."""
IDLE_S = 30.0
PAGE_S = 0.02
"""CPU of a page by which the cost of orchestration is judged."""
ROW = "{:<9}{:>9}{:>9}{:>9}{:>12}{:>10}{:>10}"


def main() -> None:
    """Make the pages, send them each way, and print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pages", type=int, default=2_000)
    words.add_argument("--run", help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.run:
        print(json.dumps(run(asked.run) if " " in asked.run else run_nothing(asked.run)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "crawl.warc.gz"
        size = write_crawl_file(file, asked.pages)
        print(ROW.format("way", "pages", "wall s", "CPU s", "beside CPU s", "wall", "CPU"))
        costs = {way: measured(way, file, size // STEPS + 1, folder / way) for way in WAYS}
    base = costs["direct"]
    for way, (pages, wall_s, own_s, beside_s) in costs.items():
        ratios = f"{wall_s / base[1]:.2f}", f"{(own_s + beside_s) / sum(base[2:]):.2f}"
        print(ROW.format(way, pages, f"{wall_s:.1f}", f"{own_s:.1f}", f"{beside_s:.1f}", *ratios))
    with tempfile.TemporaryDirectory() as name:
        own_s, server_s, idle_s = alone(Path(name))
    share = (own_s + server_s) / (own_s + server_s + asked.pages * PAGE_S)
    print(f"{STEPS} task runs of nothing: {own_s:.2f} s of CPU in the run's process, {server_s:.2f} s in the server")
    print(f"Prefect's share of a run of so many pages at {PAGE_S * 1000:.0f} ms: {100 * share:.1f} %")
    print(f"A server with nothing to do: {60 * idle_s:.2f} s of CPU a minute, run or no run; in 'beside' above")


def alone(folder: Path) -> tuple[float, float, float]:
    """What a run costs more in its own process and in a server because Prefect has it, imports included, and what
    that server takes a second when nothing runs: CPU seconds, medians of the rounds."""
    (folder / "sources").mkdir()
    home = {"NEWSDESK_HOME": str(folder), "NEWSDESK_SOURCES": str(folder / "sources")}
    with prefect_server(folder) as (more, (pid,)):
        nothing_s("direct", home)  # The tables are made.
        before = tree_s(pid)
        time.sleep(IDLE_S)
        idle_s = (tree_s(pid) - before) / IDLE_S
        rounds = [(nothing_s("direct", home), *beside_s(more, pid, idle_s)) for _ in range(ROUNDS)]
    own_s = median(prefect for _, prefect, _ in rounds) - median(direct for direct, _, _ in rounds)
    return own_s, median(server for _, _, server in rounds), idle_s


def beside_s(more: dict[str, str], pid: int, idle_s: float) -> tuple[float, float]:
    """CPU seconds of a run of nothing by Prefect, and of its server beyond those that it takes idle."""
    before, began = tree_s(pid), time.perf_counter()
    own_s = nothing_s("prefect", more)
    time.sleep(SETTLE_S)
    return own_s, tree_s(pid) - before - idle_s * (time.perf_counter() - began)


def nothing_s(way: str, more: dict[str, str]) -> float:
    """CPU seconds of a process with a run of nothing."""
    before = children_s()
    command = [sys.executable, "-m", "bench.orchestration", "--run", way]
    subprocess.run(command, env=os.environ | more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return children_s() - before


def measured(way: str, file: Path, chunk_bytes: int, folder: Path) -> tuple[int, float, float, float]:
    """Articles, seconds, CPU seconds of the run with its children, and of the services beside it meanwhile."""
    (folder / "sources").mkdir(parents=True)
    environment = {
        **os.environ,
        "NEWSDESK_HOME": str(folder),
        "NEWSDESK_SOURCES": str(folder / "sources"),
        "NEWSDESK_RUN_BUDGET_S": "0",
        "NEWSDESK_CHUNK_BYTES": str(chunk_bytes),
        "PYTHONPATH": os.getcwd(),
    }
    with ExitStack() as running:
        more, pids = running.enter_context(SERVICES[way](folder))
        before, beside, began = children_s(), sum(map(tree_s, pids)), time.perf_counter()
        command = [sys.executable, "-m", "bench.orchestration", "--run", f"{way} {file}"]
        done = subprocess.run(command, env=environment | more, stdout=subprocess.PIPE, text=True, check=True)
        wall_s, own_s = time.perf_counter() - began, children_s() - before
        time.sleep(SETTLE_S if pids else 0)
        return json.loads(done.stdout.splitlines()[-1]), wall_s, own_s, sum(map(tree_s, pids)) - beside


SETTLE_S = 5.0
"""Until a server has written what it was told."""


def run(words: str) -> int:
    """One backfill in this process; how many articles were loaded."""
    way, file = words.split(" ", 1)
    from flows.running.choose import load_prefect

    if way == "prefect":
        load_prefect()
    from flows.backfill import backfill
    from schemas.items.outcome import Reason
    from schemas.runs.backfill_plan import BackfillOrigin

    return backfill(BackfillOrigin.WARC, files=[file], any_host=True).count(Reason.LOADED)


def run_nothing(way: str) -> int:
    """A run of no sources whose steps, as many as a run has and chained as a backfill's chunks are, do nothing: its
    row, reader file and report are written, and shown where the runner shows them."""
    from flows.running.choose import flow, load_prefect
    from flows.running.protocol import Promise, Ready, Runner

    if way == "prefect":
        load_prefect()
    from flows.running.run import run_flow
    from schemas.runs.batch import Loaded

    importlib.import_module("schemas.quality.expectations")  # A run checks its batches.

    def step(kit: Kit, number: int, _before: Loaded | None) -> Loaded:
        tell(logging.INFO, "a step that does nothing", number=number)
        return Loaded(batch_id=UUID(int=number), run_id=kit.run_id)

    def stages(runner: Runner, kit: Kit, _: Sequence[Group]) -> list[Promise[Loaded]]:
        loaded: list[Promise[Loaded]] = []
        before: Promise[Loaded | None] = Ready(None)
        for number in range(STEPS):
            loaded.append(runner.submit_after(before, step, kit, number, label=str(number)))
            before = loaded[-1]
        return loaded

    def of_nothing() -> RunReport:
        return run_flow("nothing", stages, [])

    return int(flow(of_nothing)().run.urls)


@contextmanager
def nothing(_: Path) -> Iterator[tuple[dict[str, str], list[int]]]:
    """No services."""
    yield {}, []


@contextmanager
def prefect_server(folder: Path) -> Iterator[tuple[dict[str, str], list[int]]]:
    """A Prefect server with the settings of `newsdesk up`, warm."""
    site = Installation(home=folder, sources=folder / "sources", port=free_port())
    service = server_of(site, sys.executable)
    environment = environment_of(site)
    with subprocess.Popen(
        service.command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            while not server_answers(site.api_url):
                time.sleep(0.5)
            time.sleep(SETTLE_S)
            yield environment, [server.pid]
        finally:
            server.terminate()


@contextmanager
def dask_cluster(folder: Path) -> Iterator[tuple[dict[str, str], list[int]]]:
    """A scheduler and two workers of a thread each."""
    address = f"tcp://127.0.0.1:{free_port()}"
    words = ("--no-dashboard", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])
    mine = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
    with ExitStack() as running:
        services = [running.enter_context(started("distributed.cli.dask_scheduler", *words))]
        services += [running.enter_context(started("distributed.cli.dask_worker", address, *mine)) for _ in range(2)]
        open_cluster(address).__exit__()
        yield {"NEWSDESK_RUNNER": "dask", "NEWSDESK_DASK_SCHEDULER": address}, [each.pid for each in services]


SERVICES = {"direct": nothing, "prefect": prefect_server, "dask": dask_cluster}


if __name__ == "__main__":
    main()
