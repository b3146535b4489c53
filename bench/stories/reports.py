"""Every report at a tenth and at the whole of a warehouse, as ratios to a scan of it: see bench/README.md."""

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.inputs.report_home import fill
from schemas.settings import Settings
from warehouse.database.connection import Warehouse
from warehouse.reader.file import Reader
from warehouse.reader.publish import publish_reader
from warehouse.reader.queries import list_reports
from warehouse.tables.migrate import migrate

A_RUN = 400
ROUNDS = 3
SCAN = "FROM main.article_versions SELECT count(*), count(published_at), count(DISTINCT source)"
"""What the reports are compared with: two columns of every version, read once."""
ONE_DAY = {
    "one day of articles_per_day": "articles_per_day",
    "one day of attention": "attention",
    "one day of completeness_per_day": "completeness_per_day",
    "one day of stories_of_the_day": "stories_of_the_day",
    "one day of publication_delays": "publication_delays",
}
LINE = "{:<34}{:>12}{:>12}{:>12}{:>12}"


def made(folder: Path, articles: int) -> Path:
    """The reader file of a new warehouse below the folder, of so many articles up to this hour."""
    settings = Settings(home=folder)
    settings.reader_path.parent.mkdir(parents=True, exist_ok=True)
    (folder / "warehouse").mkdir()
    begin = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=articles // A_RUN)
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, begin)
        fill(warehouse, articles, begin)
        publish_reader(warehouse, settings.reader_path)
    return settings.reader_path


def measured(reader: Path, day: str, rounds: int = ROUNDS) -> dict[str, float]:
    """CPU seconds of the scan, of the first 1,000 rows of each report, and of `day` in those that have days; the
    least of the rounds, which take turns."""
    queries = {"scan": SCAN}
    queries |= {name: f"FROM reports.{name} LIMIT 1000" for name, _ in list_reports(reader).rows}
    queries |= {name: f"FROM reports.{view} WHERE day = DATE '{day}'" for name, view in ONE_DAY.items()}
    least: dict[str, float] = {}
    with Reader(reader, "2GB") as session:
        for _ in range(rounds):
            for name, query in queries.items():
                took = _cpu_s(partial(session.ask, query))
                least[name] = min(took, least.get(name, took))
    return least


def _cpu_s(work: Callable[[], object]) -> float:
    """CPU seconds of all threads of this process: what else the machine does counts for nothing."""
    before = time.process_time()
    work()
    return time.process_time() - before


def show(small: Mapping[str, float], large: Mapping[str, float]) -> None:
    """Print both sizes, the ratio to the scan in the same run, and the growth."""
    print(LINE.format("", "small CPU s", "large CPU s", "of the scan", "growth"))
    for name, took in large.items():
        ratio, growth = took / large["scan"], took / small[name]
        print(LINE.format(name, f"{small[name]:.3f}", f"{took:.3f}", f"{ratio:.1f}", f"{growth:.1f}"))


def main() -> None:
    """Fill two warehouses and print what each report costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    articles = parser.parse_args().articles
    day = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    with tempfile.TemporaryDirectory() as small, tempfile.TemporaryDirectory() as large:
        show(measured(made(Path(small), articles // 10), day), measured(made(Path(large), articles), day))


if __name__ == "__main__":
    main()
