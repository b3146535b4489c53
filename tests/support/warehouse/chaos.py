"""Chaos: writers, a maintainer and a reader at one warehouse, and kill -9 at random moments."""

import multiprocessing
import random
import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.support.warehouse.batch_samples import NOON, batch_of, urls
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.tables.maintain import PAUSE_S, merge_files

WRITERS = 4
SIZE, STEP = 40, 20
"""Articles a batch, and how far the next one begins: each article is loaded twice by each writer."""
ROUND_S = 0.3
"""A load and a publication take about as long on two cores that do nothing else."""
WAIT_S = 10.0
SEEN = """
SELECT
    (SELECT count(*) FROM main.article_versions),
    (SELECT count(DISTINCT (article_id, version)) FROM main.article_versions),
    (SELECT coalesce(sum(versions_inserted), 0)::BIGINT FROM ops.loads),
    (SELECT count(*) FROM ops.outcomes),
    (SELECT coalesce(sum(outcomes), 0)::BIGINT FROM ops.loads)
"""
"""Rows, rows by key, and how many the ledger of loads says there are; the same of the outcomes."""
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


class Told(NamedTuple):
    """Acknowledged run ids, and how often the reader looked."""

    acknowledged: frozenset[str]
    looks: int
    kills: int


def survive(url: str, folder: Path, kills: int, seed: int) -> Told:
    """Kill so many processes at random moments, then all. Raises `AssertionError` where the reader erred."""
    moments = random.Random(seed)
    reader_path, acks, looks = folder / "newsdesk.duckdb", folder / "acks", folder / "looks"
    with Warehouse(url) as warehouse:
        publish_reader(warehouse, reader_path)
    for path in (acks, looks):
        path.touch()
    reader = _start(_read, reader_path, looks)
    running = [_worker(place, 0, url, reader_path, acks) for place in range(WRITERS + 1)]
    for number in range(1, kills + 1):
        _await_ack(acks, acks.stat().st_size)
        time.sleep(moments.uniform(0, ROUND_S))
        place = moments.randrange(len(running))
        _kill(running[place])
        running[place] = _worker(place, number, url, reader_path, acks)
    for process in running:
        _kill(process)
    assert reader.is_alive(), f"the reader erred (seed {seed}): {looks.read_text()[-2000:]}"
    _kill(reader)
    return Told(frozenset(acks.read_text().split()), looks.read_text().count("\n"), kills)


def _worker(place: int, life: int, url: str, reader_path: Path, acks: Path) -> BaseProcess:
    if place == WRITERS:
        return _start(_maintain, url, reader_path)
    return _start(_write, url, f"writer{place}-{life}", reader_path, acks)


def _write(url: str, name: str, reader_path: Path, acks: Path) -> None:
    with Warehouse(url) as warehouse, acks.open("a") as acknowledged:
        for number in range(10_000):
            run_id = f"{name}-{number}"
            load_batch(warehouse, batch_of(urls(SIZE, start=STEP * number), run_id, run_id, NOON), NOON)
            acknowledged.write(f"{run_id}\n")
            acknowledged.flush()
            publish_reader(warehouse, reader_path)


def _maintain(url: str, reader_path: Path) -> None:
    with Warehouse(url) as warehouse:
        while True:
            merge_files(warehouse)
            publish_reader(warehouse, reader_path)
            time.sleep(PAUSE_S)


def _read(reader_path: Path, looks: Path) -> None:
    """As anybody's client: open, ask, close; rows never grow fewer, and every load is whole."""
    before = 0
    with looks.open("a") as told:
        while True:
            with duckdb.connect(str(reader_path), read_only=True) as file:
                versions, keys, versions_told, outcomes, outcomes_told = file.execute(SEEN).fetchall()[0]
            assert versions == keys == versions_told, (versions, keys, versions_told)
            assert outcomes == outcomes_told, (outcomes, outcomes_told)
            assert versions >= before, (versions, before)
            before = versions
            told.write(f"{versions}\n")
            told.flush()


def _start(target: object, *arguments: object) -> BaseProcess:
    process = _processes.Process(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]  # any of ours
    process.start()
    return process


def _kill(process: BaseProcess) -> None:
    """The process that we started, by its id."""
    process.kill()
    process.join()


def _await_ack(acks: Path, size: int) -> None:
    """Until one more load is acknowledged, so that a slow machine loads between the kills, too."""
    begun = time.monotonic()
    while acks.stat().st_size <= size and time.monotonic() - begun < WAIT_S:
        time.sleep(0.01)
