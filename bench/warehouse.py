"""Loading beside a plain DuckDB file, reading meanwhile, and growth: see bench/README.md."""

import argparse
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from bench.inputs.texts import BEGIN, Texts, batches, table, versions
from schemas.items.article import Article, ArticleVersion
from schemas.runs.batch import Batch
from tasks.pure.history import rules
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.load.load import load_batch
from warehouse.reader.publish import publish_reader
from warehouse.reader.queries import answer_rows
from warehouse.tables.maintain import merge_files
from warehouse.tables.migrate import migrate

STATEMENTS = Path(__file__).parent / "inputs" / "statements"
STEP = 100_000
FILL = 5_000
"""Articles a batch when filling, as a backfill loads them."""
QUERIES = {
    "count a day": "FROM reports.articles_per_day SELECT count(*)",
    "title ILIKE": "FROM main.articles SELECT count(*) WHERE title ILIKE '%harbour%'",
    "body LIKE": "FROM main.article_versions SELECT count(*) WHERE body LIKE '%harbour%'",
}
LINE = "{:<34}{:>12}{:>12}{:>12}{:>14}{:>12}"


class Told(NamedTuple):
    """What one way of writing cost: seconds of each load, of each read meanwhile, and MiB at the peak."""

    articles_a_s: float
    loads_s: list[float]
    reads_s: list[float]
    peak_mib: float


def url_of(home: Path) -> str:
    """The warehouse of the bench."""
    return f"ducklake:sqlite:{home}/catalog.sqlite?data={home}/data/"


def measure(way: str, writers: int, size: int, loads: int) -> Told:
    """Writers in processes of their own, in pairs that load the same articles, and a reader beside them."""
    fresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _prepare(way, home)
        start, results = fresh.Barrier(writers + 1), fresh.Queue()
        processes = [
            fresh.Process(target=_write, args=(way, home, number, loads, size, start, results))
            for number in range(writers)
        ]
        for process in processes:
            process.start()
        start.wait()
        begun = time.perf_counter()
        reads = []
        while any(process.is_alive() for process in processes) and results.qsize() < writers:
            reads.append(_timed(partial(_read, way, home)))
            time.sleep(0.05)
        wall_s = time.perf_counter() - begun
        told = [results.get() for _ in processes]
        for process in processes:
            process.join()
    times = [each for one, _ in told for each in one]
    return Told(writers * loads * size / wall_s, times, reads, max(peak for _, peak in told))


def _prepare(way: str, home: Path) -> None:
    if way == "newsdesk":
        with Warehouse(url_of(home)) as warehouse:
            migrate(warehouse, BEGIN)
            publish_reader(warehouse, home / "newsdesk.duckdb")
        return
    with duckdb.connect(str(home / "plain.duckdb")) as file:
        file.register("arriving", arrow_rows(ArticleVersion, []))
        file.execute((STATEMENTS / "create_plain.sql").read_text())
        if way == "on conflict":
            file.execute((STATEMENTS / "add_key.sql").read_text())


def _write(way: str, home: Path, number: int, loads: int, size: int, start: Any, results: Any) -> None:
    made = list(batches(loads, size, (number // 2) * loads * size, f"writer-{number}", number // 2))
    if way == "newsdesk":
        with Warehouse(url_of(home)) as warehouse:
            start.wait()
            times = [_timed(partial(load_batch, warehouse, batch, rules, BEGIN)) for batch in made]
    else:
        start.wait()
        times = [_timed(partial(_insert, way, home, batch)) for batch in made]
    results.put((times, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _insert(way: str, home: Path, batch: Batch[Article]) -> None:
    """Open, insert, close: between loads the file is anybody's."""
    arriving = arrow_rows(ArticleVersion, versions(batch))
    with _locked(home, read_only=False) as file:
        file.register("arriving", arriving)
        file.execute((STATEMENTS / f"insert_{way.replace(' ', '_')}.sql").read_text())


def _read(way: str, home: Path) -> None:
    """As a report would: open, count, close."""
    if way == "newsdesk":
        with duckdb.connect(str(home / "newsdesk.duckdb"), read_only=True) as file:
            file.view("articles").count("*").fetchall()
        return
    with _locked(home, read_only=True) as file:
        file.table("article_versions").count("*").fetchall()


def _locked(home: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    """The plain file, as soon as its lock is free."""
    while True:
        try:
            return duckdb.connect(str(home / "plain.duckdb"), read_only=read_only)
        except duckdb.IOException:
            time.sleep(random.uniform(0.005, 0.05))


def compare(loads: int) -> None:
    """Print throughput and latencies of each way, by writers and by batch size, and their ratios."""
    print(LINE.format("way", "articles/s", "load p50 ms", "p95 ms", "read max ms", "peak MiB"))
    rows: dict[str, Told] = {}
    for writers in (1, 4):
        for way in ("newsdesk", "plain", "on conflict"):
            rows[f"{way}, {writers} x {loads} x 500"] = measure(way, writers, 500, loads)
            _show(rows)
    for size in (100, 2000):
        rows[f"newsdesk, 1 x {loads} x {size}"] = measure("newsdesk", 1, size, loads)
        _show(rows)
    for writers in (1, 4):
        ours = rows[f"newsdesk, {writers} x {loads} x 500"].articles_a_s
        for way in ("plain", "on conflict"):
            ratio = ours / rows[f"{way}, {writers} x {loads} x 500"].articles_a_s
            print(f"newsdesk / {way}, {writers} writers: {ratio:.2f} x the articles a second")


def _show(rows: dict[str, Told]) -> None:
    name, told = list(rows.items())[-1]
    loads = sorted(1000 * each for each in told.loads_s)
    worst = f"{1000 * max(told.reads_s):.0f}"
    values = (f"{told.articles_a_s:.0f}", f"{statistics.median(loads):.0f}", f"{_p95(loads):.0f}", worst)
    print(LINE.format(name, *values, f"{told.peak_mib:.0f}"), flush=True)


def grow(upto: int) -> None:
    """Print, for each 100,000 articles, the size on disk, and what a load, a merge and three reports cost."""
    print(LINE.format("articles", "GB on disk", "load 500 ms", "merge s", "publish ms", "peak MiB"), *QUERIES)
    texts = Texts(1)
    with tempfile.TemporaryDirectory() as folder, Warehouse(url_of(Path(folder))) as warehouse:
        migrate(warehouse, BEGIN)
        reader = Path(folder) / "newsdesk.duckdb"
        for done in range(0, upto, STEP):
            for start in range(done, done + STEP, FILL):
                _fill(warehouse, table(FILL, start, texts))
            merged = _timed(partial(merge_files, warehouse))
            published = _timed(partial(publish_reader, warehouse, reader))
            (batch,) = batches(1, 500, 10**8 + done, f"probe {done}")
            load = _timed(partial(load_batch, warehouse, batch, rules, BEGIN))
            seconds = [_timed(partial(answer_rows, reader, query)) for query in QUERIES.values()]
            size = sum(warehouse_file.stat().st_size for warehouse_file in _current(warehouse)) / 1e9
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            figures = (f"{size:.2f}", f"{1000 * load:.0f}", f"{merged:.1f}", f"{1000 * published:.0f}", f"{peak:.0f}")
            print(LINE.format(f"{done + STEP:,}", *figures), *(f"{each:.2f} s" for each in seconds), flush=True)


def _fill(warehouse: Warehouse, rows: Any) -> None:
    def work(session: Session) -> None:
        session.bring(rows)
        session.rows("insert_article_versions")

    warehouse.write("fill", work)


def _current(warehouse: Warehouse) -> Sequence[Path]:
    """The files that the latest snapshot needs; those merged away are deleted a day later."""
    with warehouse.read() as session:
        rows = session.rows("list_files", schema="main", table="article_versions", snapshot=_snapshot(session))
    return [Path(file) for file, _ in rows]


def _snapshot(session: Session) -> int:
    return int(session.rows("select_snapshot")[0][0])


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _p95(ordered: Sequence[float]) -> float:
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loads", type=int, default=10, help="loads of each writer")
    parser.add_argument("--grow", type=int, default=0, help="articles to grow to, instead of the comparison")
    asked = parser.parse_args()
    if asked.grow:
        grow(asked.grow)
    else:
        compare(asked.loads)
