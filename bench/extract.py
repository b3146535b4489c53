"""What extraction costs and gives beside trafilatura: `python -m bench.extract`, see bench/README.md."""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import trafilatura

from bench.extract_adapter import History, extract, extract_learn, forget
from bench.inputs.extract_pages import MadePage, Site
from tasks.pure.site.wrappers import agreement

Way = Callable[[bytes, str], object]
_LEARNED_FROM = 40
_MEASURED = 15
_BATCH = 5
_ROUNDS = 3


def by_trafilatura(html: bytes, url: str) -> object:
    """trafilatura as it comes, with metadata."""
    return trafilatura.bare_extraction(html, url=url, with_metadata=True)


def by_fast_trafilatura(html: bytes, url: str) -> object:
    """trafilatura without its fallbacks, with metadata."""
    return trafilatura.bare_extraction(html, url=url, with_metadata=True, fast=True)


WAYS: dict[str, Way] = {
    "trafilatura": by_trafilatura,
    "trafilatura fast": by_fast_trafilatura,
    "newsdesk": extract,
    "newsdesk, learned": extract,
}


def main() -> None:
    """Print a row a way: milliseconds of CPU a page, peak memory, and both over trafilatura's."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--pages", type=Path, action="append", help="Folder of other pages: pages.jsonl and html.")
    parser.add_argument("--every", type=int, default=1, help="Take every so many of its pages.")
    parser.add_argument("--sites", type=int, default=4, help="How many invented sites.")
    parser.add_argument("--way", choices=WAYS, help="Run this way alone and print its peak memory.")
    given = parser.parse_args()
    learned, measured = _pages(given.pages, given.every, given.sites)
    if given.way:
        _prepare(given.way, learned)
        for html, url in measured:
            WAYS[given.way](html, url)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    _print_costs(_cpu_ms(learned, measured), [_peak_mib(way) for way in WAYS], measured)
    if not given.pages:
        _print_learning(given.sites)


Pages = list[tuple[bytes, str]]


def _pages(folders: Sequence[Path] | None, every: int, count: int) -> tuple[Pages, Pages]:
    """What a site is learned from, and what is measured: later pages of it, or, of a folder, the same."""
    if not folders:
        sites = [Site(number) for number in range(count)]
        return _made(sites, 0, _LEARNED_FROM), _made(sites, _LEARNED_FROM, _LEARNED_FROM + _MEASURED)
    rows = [
        (folder, json.loads(line)) for folder in folders for line in (folder / "pages.jsonl").read_text().splitlines()
    ]
    found = [
        (gzip.decompress((folder / row["html"]).read_bytes()), row.get("url") or f"https://none.example/{place}")
        for place, (folder, row) in enumerate(rows)
    ]
    return found, found[::every]


def _made(sites: Sequence[Site], start: int, end: int) -> Pages:
    pages = [site.page(number) for site in sites for number in range(start, end)]
    return [(page.html, page.url) for page in pages]


def _prepare(way: str, learned: Pages) -> None:
    if way.endswith("learned"):
        extract_learn(learned)
    else:
        forget()


def _cpu_ms(learned: Pages, measured: Pages) -> list[float]:
    """Milliseconds of CPU a page, the least of three rounds for each; the ways take turns in them, so that
    what else runs hits all alike, and little of it stays."""
    for way in WAYS:
        WAYS[way](*measured[0])
    least = {way: [float("inf")] * len(measured) for way in WAYS}
    for _ in range(_ROUNDS):
        for way, run in WAYS.items():
            _prepare(way, learned)
            least[way] = list(map(min, least[way], _seconds(run, measured)))
    return [sum(seconds) * 1000 / len(measured) for seconds in least.values()]


def _seconds(run: Way, pages: Pages) -> Iterator[float]:
    for html, url in pages:
        started = time.process_time()
        run(html, url)
        yield time.process_time() - started


def _peak_mib(way: str) -> float:
    command = [sys.executable, "-m", "bench.extract", *sys.argv[1:], "--way", way]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def _print_costs(cpu_ms: Sequence[float], peak_mib: Sequence[float], measured: Pages) -> None:
    kib = sum(len(html) for html, _ in measured) / len(measured) / 1024
    print(f"{len(measured)} pages of {kib:.0f} KiB on average")
    print(f"{'':20}{'ms CPU':>10}{'ratio':>8}{'peak MiB':>10}{'ratio':>8}")
    for way, ms, mib in zip(WAYS, cpu_ms, peak_mib, strict=True):
        print(f"{way:20}{ms:10.1f}{ms / cpu_ms[0]:8.2f}{mib:10.0f}{mib / peak_mib[0]:8.2f}")


def _print_learning(count: int) -> None:
    """Whether a site's pages get cheaper and better as more of them are known."""
    print("\npages of a site seen before; cost over trafilatura; words in common with the article; exact texts")
    sites = [(Site(number), History(f"site-{number}")) for number in range(count)]
    for start in range(0, _LEARNED_FROM, _BATCH):
        batches = [([site.page(start + place) for place in range(_BATCH)], history) for site, history in sites]
        ours = [_timed(history, pages) for pages, history in batches]
        peer = sum(_peer_seconds(pages) for pages, _ in batches)
        shares = [share for one in ours for share in one.shares]
        exact = sum(share == 1 for share in shares) / len(shares)
        cost = sum(one.seconds for one in ours) / peer
        print(f"{start:6}{cost:10.2f}{sum(shares) / len(shares):10.4f}{exact:10.2f}")


class _Batch(NamedTuple):
    """CPU seconds of a batch, its look-up included, and how good each of its texts is, 0 to 1."""

    seconds: float
    shares: list[float]


def _timed(history: History, pages: list[MadePage]) -> _Batch:
    started = time.process_time()
    articles = history.extract([(page.html, page.url) for page in pages])
    seconds = time.process_time() - started
    texts = [article.body if article else "" for article in articles]
    return _Batch(seconds, [agreement([text], page.paragraphs) for text, page in zip(texts, pages, strict=True)])


def _peer_seconds(pages: list[MadePage]) -> float:
    started = time.process_time()
    for page in pages:
        by_trafilatura(page.html, page.url)
    return time.process_time() - started


if __name__ == "__main__":
    main()
