"""Status and metrics over a large warehouse, as ratios to starting Python with DuckDB: see bench/README.md."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.inputs.report_home import write_files
from schemas.settings import Settings
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate

FILES = (
    "filling/fill_versions.sql",
    "filling/fill_captures.sql",
    "filling/fill_feed_states.sql",
    "reporting/fill_article_outcomes.sql",
    "filling/fill_requests.sql",
    "filling/fill_runs.sql",
    "filling/fill_loads.sql",
)
STEP = 100_000
A_RUN = 400
"""Articles a run; a run an hour, of so many sources."""
SOURCES = 50
ROUNDS = 5
LINE = "{:<42}{:>10}{:>14}"


def fill(warehouse: Warehouse, articles: int, begin: datetime) -> None:
    """So many articles, with captures, outcomes, requests, polls, runs and loads, by SQL."""
    for first in range(0, articles, STEP):
        write_files(warehouse, FILES, begin, first, min(first + STEP, articles))


def write_sources(folder: Path) -> None:
    """The source files of these articles."""
    folder.mkdir()
    for number in range(SOURCES):
        site = f"https://source-{number}.example"
        told = f'name = "Source {number}"\nhomepage = "{site}/"\nfeeds = ["{site}/feed"]\n'
        (folder / f"source-{number}.toml").write_text(f'{told}language = "en"\ncountry = "gb"\n')


def cpu_s(work: Callable[[], object]) -> float:
    """CPU seconds of this process and of its children for the work."""

    def used() -> float:
        both = (resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(each.ru_utime + each.ru_stime for each in both)

    before = used()
    work()
    return used() - before


def main() -> None:
    """Fill a warehouse, publish it twice, and print what reading it costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder, "sources")
        write_sources(sources)
        environment = os.environ | {"NEWSDESK_HOME": folder, "NEWSDESK_SOURCES": str(sources)}
        settings = Settings(home=Path(folder), sources=sources)
        begin = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=articles // A_RUN)
        begun = time.perf_counter()
        with Warehouse(settings.warehouse_url) as warehouse:
            migrate(warehouse, begin)
            fill(warehouse, articles, begin)
            print(f"{articles:,} articles, written in {time.perf_counter() - begun:.0f} s")
            rows = {
                "publish, all counted": cpu_s(lambda: publish_reader(warehouse, settings.reader_path)),
                "publish, totals kept": cpu_s(lambda: publish_reader(warehouse, settings.reader_path)),
            }
        newsdesk = str(Path(sys.executable).parent / "newsdesk")
        ways = {
            "python -c 'import duckdb'": [sys.executable, "-c", "import duckdb"],
            "newsdesk --help": [newsdesk, "--help"],
            "newsdesk sql 'select 1'": [newsdesk, "sql", "select 1"],
            "newsdesk status": [newsdesk, "status"],
            "newsdesk metrics": [newsdesk, "metrics"],
        }
        for _ in range(ROUNDS):  # In turns, so that what else the machine does meets all.
            for name, words in ways.items():
                once = cpu_s(partial(subprocess.run, words, env=environment, stdout=-3, check=True))
                rows[name] = min(once, rows.get(name, once))
    print(LINE.format("", "CPU s", "of DuckDB's"))
    for name, taken in rows.items():
        print(LINE.format(name, f"{taken:.2f}", f"{taken / rows[next(iter(ways))]:.1f}"))


if __name__ == "__main__":
    main()
