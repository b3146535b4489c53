"""A WARC backfill from file to committed rows, beside the bare extractor loop and others' readers: bench/README.md.

.venv/bin/python -m bench.backfill [--pages 5000] [--peers PYTHON] [--peer-pages 500]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bench.inputs.crawl_file import write_crawl_file
from bench.processes import children_s, watched
from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import Link
from tasks.pure.sources.placeholder_source import slug_of, stand_in

ROW = "{:<24}{:>8}{:>10}{:>12}{:>14}{:>16}{:>10}"
MIB = 1024 * 1024
DAY = 380_000
"""Articles of a day of CC-NEWS, which an hour on two cores is to do."""


class Measured(NamedTuple):
    """One way: `speed` in pages a second of wall time, whatever became of them, and `cpu_ms` a page of all
    processes, start-up included; `peak_mib` of all together, shared pages counted once."""

    pages: int
    articles: int
    seconds: float
    cpu_ms: float
    peak_mib: float

    @property
    def speed(self) -> float:
        return self.pages / self.seconds


def main() -> None:
    """Make the files, run each way in a process of its own, and print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pages", type=int, default=5_000)
    words.add_argument("--more-pages", type=int, nargs="*", default=[], help="further sizes, for memory and slope")
    words.add_argument("--peers", help="interpreter of an environment that has news-please and fundus")
    words.add_argument("--peer-pages", type=int, default=500, help="pages after which a slow peer stops")
    words.add_argument("--way", nargs=4, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.way:
        way, file, children, folder = asked.way
        ways = {"loop": bare_loop, "trafilatura": trafilatura_loop, "newsdesk": pipeline}
        print(json.dumps(ways[way](Path(file), int(children), Path(folder))))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(ROW.format("way", "pages", "articles", "pages/s", "CPU ms/page", "peak MiB (tree)", "seconds"))
        for pages in (asked.pages, *asked.more_pages):
            compare(Path(folder) / f"{pages}", pages, asked)


def compare(folder: Path, pages: int, asked: argparse.Namespace) -> None:
    """All ways on one file; ratios behind them."""
    folder.mkdir()
    file = folder / "crawl.warc.gz"
    write_crawl_file(file, pages)
    found: dict[str, Measured] = {}
    for children in (1, 2):
        for way in ("loop", "trafilatura", "newsdesk"):
            name = f"{way}, {children} child{'ren'[: 3 * (children - 1)]}"
            found[name] = measure(name, pages, [*_ours(way), str(file), str(children), str(folder / name)])
        loop, other, ours = list(found.values())[-3:]
        of_loop = f"{ours.speed / loop.speed:.2f}, by CPU {loop.cpu_ms / ours.cpu_ms:.2f}"
        print(
            f"  newsdesk's speed over the loop's {of_loop}; over that of trafilatura's {ours.speed / other.speed:.2f}"
        )
    if asked.peers:
        compare_peers(file, pages, asked, found)
    hours = DAY / found["newsdesk, 2 children"].speed / 3600
    print(f"  a day of CC-NEWS ({DAY:,} articles) would take {hours:.1f} hours of this machine")


def compare_peers(file: Path, pages: int, asked: argparse.Namespace, ours: dict[str, Measured]) -> None:
    """Others' readers on the file: news-please on its first pages, fundus on all; each has one process for a file."""
    for peer, script, at_most, *how in (
        ("news-please", "backfill_peers.py", min(pages, asked.peer_pages)),
        ("fundus", "backfill_fundus.py", pages),
        ("fundus and its language", "backfill_fundus.py", pages, "language"),
    ):
        command = [asked.peers, str(Path(__file__).with_name(script)), str(file), str(at_most), *how]
        its = measure(peer, at_most, command)
        one, two = (ours[name].speed / its.speed for name in ("newsdesk, 1 child", "newsdesk, 2 children"))
        cpu = its.cpu_ms / ours["newsdesk, 1 child"].cpu_ms
        print(f"  newsdesk's speed over {peer}'s: {one:.2f} with 1 child, {two:.2f} with 2; {peer}'s CPU {cpu:.2f}")


def measure(name: str, pages: int, command: list[str]) -> Measured:
    """One way in a process of its own; its row is printed."""
    before = children_s()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    with watched(process.pid) as mebibytes:
        lines = process.communicate()[0].splitlines()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    told: dict[str, float] = json.loads(lines[-1])
    pages, articles = int(told.get("pages", pages)), int(told["articles"])
    cpu_ms = (children_s() - before) * 1000 / pages
    its = Measured(pages, articles, told["seconds"], cpu_ms, max(mebibytes))
    cells = (f"{its.speed:.1f}", f"{its.cpu_ms:.1f}", f"{its.peak_mib:.0f}", f"{its.seconds:.0f}")
    print(ROW.format(name, pages, articles, *cells), flush=True)
    return its


def bare_loop(file: Path, children: int, _: Path) -> dict[str, float]:
    """Read records and extract, nothing else: no archive, validation or table. As the pipeline's, its children start
    within its clock."""
    return _loop(_extracted, file, children)


def trafilatura_loop(file: Path, children: int, _: Path) -> dict[str, float]:
    """The same with trafilatura's text and metadata: the loop that one would write without us."""
    return _loop(_by_trafilatura, file, children)


def _loop(function: Callable[[Any], bool], file: Path, children: int) -> dict[str, float]:
    began = time.perf_counter()
    with ProcessPoolExecutor(children) as pool:
        articles = sum(pool.map(function, _pages(file), chunksize=4))
    return {"articles": articles, "seconds": time.perf_counter() - began}


def pipeline(file: Path, children: int, folder: Path) -> dict[str, float]:
    """The backfill as the command runs it, from planning to the reader file, in a home whose tables exist. As the
    loop's, its clock begins when the libraries are there: a worker loads them once."""
    import schemas.quality.expectations  # noqa: F401  else the first chunk would load it
    from flows.backfill import run_job
    from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin
    from schemas.settings import Settings
    from tasks.backfill.job import BackfillJob
    from warehouse.database.connection import Warehouse
    from warehouse.reader.status import status
    from warehouse.tables.migrate import migrate

    (folder / "sources").mkdir(parents=True)
    settings = Settings(home=folder, sources=folder / "sources", cage_children=children, run_budget_s=0)
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, datetime.now(UTC))
    began = time.perf_counter()
    run_job(
        BackfillJob(BackfillOptions(ground=BackfillOrigin.WARC, inputs=(str(file),), takes_strangers=True)), settings
    )
    ended = time.perf_counter()
    return {"articles": status(settings.reader_path).totals.articles, "seconds": ended - began}


def _ours(way: str) -> list[str]:
    return [sys.executable, "-m", "bench.backfill", "--way", way]


def _pages(file: Path) -> Iterator[Any]:
    from tasks.archive.foreign import read_pages
    from tasks.archive.formats.protocol import ForeignPage

    for each in read_pages(file.as_uri(), 0, os.path.getsize(file)):
        if isinstance(each, ForeignPage):
            yield each


def _extracted(page: Any) -> bool:
    from schemas.items.article import Article
    from tasks.pure.article.build import read_article

    link = Link(url=page.url, source=slug_of(page.url), found_in="crawl", found_at=page.at)
    capture = Capture(
        capture_id=page.capture_id,
        run_id="bench",
        link=link,
        final_url=page.url,
        status=200,
        media_type="text/html",
        charset=None,
        fetched_at=page.at,
        elapsed_s=0.0,
        body_bytes=len(page.body),
        warc=WarcPointer(file="crawl", offset=page.offset, length=page.length, digest="none"),
    )
    return isinstance(read_article(page.body, capture, stand_in(link.source, page.url)), Article)


def _by_trafilatura(page: Any) -> bool:
    from bench.extract import by_trafilatura

    return bool(by_trafilatura(page.body, page.url))


if __name__ == "__main__":
    main()
