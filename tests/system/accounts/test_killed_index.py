"""A feed of the search index that is killed anywhere leaves an index that the next feed makes as if nothing had been.

`make chaos` kills 100 times (TEST_KILLS), at steps that TEST_SEED decides; the suite a few times.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tasks.pure.search import terms
from tasks.pure.search.query import parse_query
from tests.support.repository import ROOT
from tests.support.warehouse.batch_samples import NOON, batch_of, hours, urls
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.search.index import SearchIndex
from warehouse.search.verify import verify
from warehouse.tables.migrate import migrate

KILLS = int(os.environ.get("TEST_KILLS", "3"))
SEED = int(os.environ.get("TEST_SEED", "18"))
Attempt = Callable[[str, Path, int], str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with six loads of ten articles, some of them in two versions."""
    home = tmp_path_factory.mktemp("fed")
    with Warehouse(f"ducklake:sqlite:{home}/catalog.sqlite?data={home}/data/") as warehouse:
        migrate(warehouse, NOON)
        for number in range(6):
            text = f"The ferry number {number} sails again to Nordhaven."
            loaded = batch_of(urls(10, 5 * number), f"batch-{number}", f"run-{number}", NOON + hours(number), text)
            load_batch(warehouse, loaded, NOON + hours(number))
        publish_reader(warehouse, home / "newsdesk.duckdb")
    return home


@pytest.fixture(scope="module")
def attempt(folder: Path) -> Iterator[Attempt]:
    """Feeds an index with an engine, in a process that dies before a step (0: it does not), and says how it ended."""
    program = [sys.executable, "-m", "tests.support.warehouse.killed_feed"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as host:
        assert host.stdin is not None
        assert host.stdout is not None
        stdin, stdout = host.stdin, host.stdout

        def feed(engine: str, index: Path, kill_at: int) -> str:
            order = {"engine": engine, "folder": str(index), "kill_at": kill_at, "steps": str(folder / "steps")}
            stdin.write(json.dumps(order | {"reader": str(folder / "newsdesk.duckdb")}) + "\n")
            stdin.flush()
            return stdout.readline().strip()

        yield feed
        stdin.close()


@pytest.mark.parametrize("engine", ["fts5", "tantivy"])
def test_an_index_whose_feeds_were_killed_is_that_of_one_that_was_not(
    folder: Path, attempt: Attempt, tmp_path: Path, engine: str
) -> None:
    dice, died, at = random.Random(SEED), 0, 0
    assert attempt(engine, tmp_path / "calm", 0) == "ended 0"
    steps = int((folder / "steps").read_text())
    while died < KILLS:
        at += 1
        index = tmp_path / str(at)
        while died < KILLS and attempt(engine, index, dice.randrange(1, steps)) == "killed":
            died += 1
        assert attempt(engine, index, 0) == "ended 0"
        assert content(index) == content(tmp_path / "calm")
        assert verify(index, folder / "newsdesk.duckdb", terms, parse_query).is_good


def content(folder: Path) -> list[tuple[object, ...]]:
    """Every version of the index, and which words find it."""
    index = SearchIndex(folder, terms, is_read_only=True)
    docs = {
        doc_id: (article, version, newest, slug)
        for article, version, doc_id, newest, slug in index.file.rows("select_doc_keys")
    }
    words = ("ferry", "number", *map(str, range(6)), '"sails again"', "nord*")
    found = {word: {docs[doc][:2] for doc in index.engine.matches(parse_query(word))} for word in words}
    index.close()
    return [*sorted(docs.values()), *((word, tuple(sorted(hits))) for word, hits in found.items())]
