"""Search over made articles, in both engines: see bench/README.md.

    .venv/bin/python -m bench.search [--articles 100000]

Each engine runs in a process of its own. Times are CPU, as the wall of a shared machine says little; only what a
reader waits while another process writes is wall."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

import numpy as np

from schemas.history.search import Query
from tasks.pure.search import terms
from tasks.pure.search.query import parse_query
from warehouse.search.ask import Filters, asked
from warehouse.search.index import ADDED_AT_ONCE, IndexedText, SearchIndex, version_of
from warehouse.search.side_file import SideFile

ENGINES = ("fts5", "tantivy")
WORDS, WORDS_OF_ARTICLE = 60_000, 430
SCRIPTS = {"zh": (0x4E00, 3000), "ja": (0x3041, 83), "ko": (0xAC00, 2000), "th": (0x0E01, 46), "ar": (0x0628, 30)}
SHARE_OF_SCRIPTS = 0.15
CHARS_OF_ARTICLE = 900
TWO_OF = ("zh", "ja", "ko", "th")
CHECKED_WORDS = 60
FIRST_S = 1_780_000_000.0


class Made:
    """Articles from a seed: words by Zipf's law, in 15 % of them characters of five scripts by it."""

    def __init__(self, seed: int = 18) -> None:
        self._rng = np.random.default_rng(seed)
        letters = np.array(list("etaoinshrdlucmfwypvbgk"))
        lengths = self._rng.integers(3, 11, WORDS)
        self.words = np.array(["".join(self._rng.choice(letters, length)) for length in lengths])
        self._odds = {size: _zipf(size) for size in (WORDS, *(size for _, size in SCRIPTS.values()))}
        self.unspaced: dict[str, list[tuple[int, str]]] = {script: [] for script in SCRIPTS}

    def articles(self, first: int, count: int) -> Iterator[IndexedText]:
        """So many articles, numbered from `first` on."""
        for number in range(first, first + count):
            is_script = self._rng.random() < SHARE_OF_SCRIPTS
            script = str(self._rng.choice(list(SCRIPTS))) if is_script else "en"
            body = self._run(script, CHARS_OF_ARTICLE) if is_script else self._spaced(WORDS_OF_ARTICLE)
            title = self._run(script, 20) if is_script else self._spaced(9)
            if is_script:
                self.unspaced[script].append((number, f"{title}\n{body}"))
            url, at = f"https://outlet-{number % 50}.example/{number}", FIRST_S + 60 * number
            article_id = f"{number:08x}-0000-5000-8000-000000000000"
            yield IndexedText(
                article_id, 1, f"outlet-{number % 50}", url, title, None, body, at, "second", at, script, "world"
            )

    def _spaced(self, count: int) -> str:
        return " ".join(self.words[self._drawn(WORDS, count)])

    def _run(self, script: str, count: int) -> str:
        first, size = SCRIPTS[script]
        codes = first + self._drawn(size, count)
        text = "".join(map(chr, codes))
        return " ".join(text[at : at + 11] for at in range(0, count, 11))

    def _drawn(self, size: int, count: int) -> Any:
        return np.searchsorted(self._odds[size], self._rng.random(count))

    def queries(self) -> list[str]:
        """Sixty: one to three words from the 300th to the 20,000th, phrases, either, beginnings, two characters."""
        ranks = np.geomspace(300, 20_000, 20).astype(int)
        one = [str(self.words[rank]) for rank in ranks]
        both = [f"{one[at]} {one[-1 - at]}" for at in range(10)] + [f"{one[at]} {one[at + 1]}" for at in range(10)]
        either = [f"{one[at]} OR {one[at + 5]}" for at in range(5)]
        phrases = [f'"{self.words[at]} {self.words[at + 7]}"' for at in range(20, 25)]
        begun = [f"{word[:5]}*" for word in one[10:15]]
        runs = [self.unspaced[script][0][1][3:5] for script in TWO_OF] + [f"{one[0]} NOT {one[3]}"]
        return [*one, *both, *either, *phrases, *begun, *runs]


def _zipf(size: int) -> Any:
    """The odds of the first so many ranks, added up."""
    odds = np.cumsum(1.0 / np.arange(1, size + 1))
    return odds / odds[-1]


def main() -> None:
    """Print a line a figure, the engines side by side."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--engine", choices=ENGINES)
    options.add_argument("--add-to", type=Path)
    asked_for = options.parse_args()
    if asked_for.add_to:
        _add_more(asked_for.add_to, asked_for.articles)
    elif asked_for.engine:
        print(json.dumps(measured(asked_for.engine, asked_for.articles)))
    else:
        _print_both(asked_for.articles)


def _print_both(articles: int) -> None:
    figures: list[dict[str, float]] = []
    for engine in ENGINES:
        command = [sys.executable, "-m", "bench.search", "--engine", engine, "--articles", str(articles)]
        figures.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
    print(f"{articles:,} articles".ljust(44) + "".join(engine.rjust(12) for engine in ENGINES) + "ratio".rjust(9))
    for name in figures[0]:
        fts5, tantivy = figures[0][name], figures[1][name]
        ratio = f"{fts5 / tantivy:9.2f}" if tantivy else " " * 9
        print(f"{name:44}{fts5:12,.2f}{tantivy:12,.2f}{ratio}")


def measured(engine: str, articles: int) -> dict[str, float]:
    """The figures of one engine, by name."""
    with tempfile.TemporaryDirectory() as name:
        folder, made = Path(name), Made()
        began = time.process_time()
        making = _fill(folder, engine, made, articles)
        found = {"build, CPU s": time.process_time() - began - making}
        found["index, MB"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        queries = made.queries()
        found |= _timed(folder, "query", queries, Filters())
        found |= _timed(folder, "query of a week", queries, Filters(since=FIRST_S + 60 * (articles - 10_080)))
        found["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        found["1,000 added, CPU s"] = _added(folder, made, articles)
        found |= _missed(folder, made)
        found |= _waited(folder, queries, articles)
    return found


def _fill(folder: Path, engine: str, made: Made, articles: int) -> float:
    """Make the index; the seconds of CPU that making the articles took."""
    file = SideFile(folder)
    file.make(version_of(terms), engine)
    file.close()
    index, making = SearchIndex(folder, terms), 0.0
    for first in range(0, articles, ADDED_AT_ONCE):
        began = time.process_time()
        batch = list(made.articles(first, min(ADDED_AT_ONCE, articles - first)))
        making += time.process_time() - began
        _add(index, batch)
    index.close()
    return making


def _add(index: SearchIndex, batch: Sequence[IndexedText]) -> None:
    with index.file.transaction():
        index.add(batch)
        index.engine.commit()


def _timed(folder: Path, what: str, queries: Sequence[str], filters: Filters) -> dict[str, float]:
    """Milliseconds of CPU a query, from the parsed query to ten texts; the first round warms."""
    index = SearchIndex(folder, terms, is_read_only=True)
    spent = [_spent(index, parse_query(query), filters) for _ in range(3) for query in queries][len(queries) :]
    index.close()
    cuts = quantiles(spent, n=20)
    return {f"{what}, p50 ms CPU": cuts[9], f"{what}, p95 ms CPU": cuts[18]}


def _spent(index: SearchIndex, query: Query, filters: Filters) -> float:
    began = time.process_time()
    asked(index, query, filters, 10)
    return 1000 * (time.process_time() - began)


def _added(folder: Path, made: Made, articles: int) -> float:
    batch = list(made.articles(articles, 1000))
    index = SearchIndex(folder, terms)
    began = time.process_time()
    _add(index, batch)
    spent = time.process_time() - began
    index.close()
    return spent


def _add_more(folder: Path, first: int) -> None:
    """Add 3,000 articles from `first` on, as another process does while somebody reads."""
    index, made = SearchIndex(folder, terms), Made(19)
    for at in range(first, first + 3000, 1000):
        _add(index, list(made.articles(at, 1000)))
    index.close()


def _waited(folder: Path, queries: Sequence[str], articles: int) -> dict[str, float]:
    """The longest that a reader waited for an answer, wall, while nobody wrote and while another process did."""
    index = SearchIndex(folder, terms, is_read_only=True)
    rare = [parse_query(query) for query in queries[8:20]]
    alone = max(_wall(index, query) for _ in range(20) for query in rare)
    command = [sys.executable, "-m", "bench.search", "--add-to", str(folder), "--articles", str(articles + 10_000)]
    with subprocess.Popen(command) as writer:
        beside = alone
        while writer.poll() is None:
            beside = max([beside, *(_wall(index, query) for query in rare)])
    index.close()
    return {"longest wait, nobody writes, ms wall": alone, "longest wait, 3,000 are added, ms wall": beside}


def _wall(index: SearchIndex, query: Query) -> float:
    began = time.perf_counter()
    asked(index, query, Filters(), 10)
    return 1000 * (time.perf_counter() - began)


def _missed(folder: Path, made: Made) -> dict[str, float]:
    """Words of two characters whose hits are not those of a scan of all texts of their script."""
    index = SearchIndex(folder, terms, is_read_only=True)
    checked = wrong = 0
    for script in TWO_OF:
        texts = made.unspaced[script]
        for _, text in texts[:: max(1, len(texts) // CHECKED_WORDS)]:
            word = text[-5:-3] if " " not in text[-5:-3] else text[-2:]
            scanned = {number + 1 for number, each in texts if word in each}
            checked += 1
            wrong += set(index.engine.matches(parse_query(word))) != scanned
    index.close()
    return {"words of two characters looked for": float(checked), "of them with other hits than a scan": float(wrong)}


if __name__ == "__main__":
    main()
