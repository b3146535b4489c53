"""A WARC backfill from file to committed rows, beside the bare extractor loop: see bench/README.md.

.venv/bin/python -m bench.backfill [--pages 5000]
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bench.crawl_file import write_crawl_file
from schemas.capture import Capture, WarcPointer
from schemas.link import Link
from tasks.pure.stand_ins import slug_of, stand_in

ROW = "{:<32}{:>10}{:>12}{:>14}{:>12}"
MIB = 1024 * 1024


def main() -> None:
    """Make the file, run each way in a process of its own, and print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pages", type=int, default=5_000)
    words.add_argument("--way", nargs=4, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.way:
        way, file, children, folder = asked.way
        print(json.dumps({"loop": bare_loop, "newsdesk": pipeline}[way](Path(file), int(children), Path(folder))))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "crawl.warc.gz"
        size = write_crawl_file(file, asked.pages)
        print(f"{asked.pages} pages, {size / MIB:.0f} MiB compressed")
        print(ROW.format("way", "articles", "articles/s", "CPU ms/article", "peak MiB"))
        speeds: dict[tuple[str, int], float] = {}
        for children in (1, 2):
            for way in ("loop", "newsdesk"):
                speeds[way, children] = measure(way, file, children, Path(folder) / f"{way}{children}")
            print(f"newsdesk / loop, {children}: {speeds['newsdesk', children] / speeds['loop', children]:.2f}")


def measure(way: str, file: Path, children: int, folder: Path) -> float:
    """Articles a second of one way; its row is printed."""
    folder.mkdir()
    command = [sys.executable, "-m", "bench.backfill", "--way", way, str(file), str(children), str(folder)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    articles, seconds = int(told["articles"]), told["seconds"]
    peak = f"{told['peak_mib']:.0f}"
    print(
        ROW.format(
            f"{way}, {children} child(ren)",
            articles,
            f"{articles / seconds:.1f}",
            f"{cpu_s * 1000 / articles:.1f}",
            peak,
        ),
        flush=True,
    )
    return articles / seconds


def bare_loop(file: Path, children: int, _: Path) -> dict[str, float]:
    """Read records and extract, nothing else: no archive, validation or table."""
    with ProcessPoolExecutor(children) as pool:
        list(pool.map(_extracted, [None] * children))
        began = time.perf_counter()
        articles = sum(pool.map(_extracted, _pages(file), chunksize=16))
        return _told(articles, began)


def pipeline(file: Path, children: int, folder: Path) -> dict[str, float]:
    """The backfill as the command runs it, from planning to the reader file."""
    from flows.backfill import Job, run_job
    from schemas.outcome import Reason
    from schemas.plan import Ground, Wanted
    from schemas.settings import Settings

    (folder / "sources").mkdir()
    settings = Settings(
        home=folder, sources=folder / "sources", cage_children=children, run_budget_s=0, chunk_bytes=8 * MIB
    )
    began = time.perf_counter()
    report = run_job(Job(Wanted(ground=Ground.WARC, inputs=(str(file),), takes_strangers=True)), settings)
    return _told(report.count(Reason.LOADED), began)


def _told(articles: int, began: float) -> dict[str, float]:
    seconds = time.perf_counter() - began
    whole = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"articles": articles, "seconds": seconds, "peak_mib": sum(whole) / 1024}


def _pages(file: Path) -> Iterator[Any]:
    from tasks.warc_foreign import ForeignPage, read_pages

    for each in read_pages(file.as_uri(), 0, os.path.getsize(file)):
        if isinstance(each, ForeignPage):
            yield each


def _extracted(page: Any) -> bool:
    from schemas.article import Article
    from tasks.pure.articles import read_article

    if page is None:
        return False
    link = Link(url=page.url, source=slug_of(page.url), found_in="crawl", found_at=page.at)
    capture = Capture(
        capture_id=page.capture_id,
        run_id="bench",
        link=link,
        final_url=page.url,
        status=200,
        media_type="text/html",
        charset="utf-8",
        fetched_at=page.at,
        elapsed_s=0.0,
        body_bytes=len(page.body),
        warc=WarcPointer(file="crawl", offset=page.offset, length=page.length, digest="none"),
    )
    return isinstance(read_article(page.body, capture, stand_in(link.source, page.url)), Article)


if __name__ == "__main__":
    main()
