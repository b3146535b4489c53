"""One poll of many feeds, measured, in a process of its own: `python -m bench.polls WAY HOME PORT FEEDS …`."""

import io
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from bench.inputs.feed_site import article_urls, host_of
from bench.processes import EVERY_S, tree_mib
from schemas.items.link import UrlKind
from schemas.items.outcome import Outcome, Reason, Stage
from schemas.runs.ledger import FeedState
from schemas.settings import Settings

BEGUN_AT = datetime(2026, 11, 23, 13, tzinfo=UTC)
LATER = timedelta(hours=2)
"""By when every feed is due again."""


class Cost(NamedTuple):
    """What one process cost with its children, start-up and imports included. `peak_mb` is the most that
    they took together at one moment, pages that they share counted once (PSS)."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    threads: int
    note: str


def measure(way: str, home: Path, port: int, feeds: int, dead: Sequence[int] = ()) -> Cost:
    """Run a way (`plain`, `prepare`, `first`, `again`, `dead`) in a fresh process."""
    command = [sys.executable, "-m", "bench.polls", way, str(home), str(port), str(feeds), *map(str, dead)]
    begun = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    cost = Cost(**json.loads(done.stdout.splitlines()[-1]))
    return cost._replace(wall_s=time.monotonic() - begun)


def settings_for(home: Path, port: int, feeds: int, dead: Sequence[int]) -> Settings:
    """Settings under which every virtual host leads to the site, or to one of the dead ports in turn:
    with dead ports, every second host is dead. Pace 0: each feed has a domain of its own."""
    ports = [dead[n // 2 % len(dead)] if dead and n % 2 else port for n in range(feeds)]
    timeouts = {"connect_timeout_s": 1.0, "read_timeout_s": 1.0, "feed_deadline_s": 3.0} if dead else {}
    return Settings.model_validate(
        {
            "home": home,
            "sources": home / "sources",
            "hosts": tuple(f"{host_of(n)}=127.0.0.1:{ports[n]}" for n in range(feeds)),
            "allow_addresses": tuple(f"127.0.0.1:{each}" for each in {port, *dead}),
            "pace_floor_s": 0.0,
            "disk_floor_mb": 0,
        }
        | timeouts
    )


def poll_plainly(port: int, feeds: int) -> str:
    """The loop that everybody writes first."""
    import feedparser
    import requests

    entries = 0
    for number in range(feeds):
        answer = requests.get(f"http://127.0.0.1:{port}/feed", headers={"Host": host_of(number)}, timeout=30)
        entries += len(feedparser.parse(io.BytesIO(answer.content)).entries)
    return f"{entries} entries"


def prepare(settings: Settings, feeds: int) -> str:
    """Write the source files, and let the warehouse know every article, so that no page is fetched."""
    from schemas.items.article import Article
    from schemas.runs.batch import Batch, BatchLedger
    from tasks.pure.history import rules
    from warehouse.database.connection import Warehouse
    from warehouse.load.load import load_batch
    from warehouse.tables.migrate import migrate

    settings.sources.mkdir(parents=True)
    for number in range(feeds):
        (settings.sources / f"feed-{number:05}.toml").write_text(_source_file(number))
    with Warehouse(settings.warehouse_url, settings.duckdb_memory) as warehouse:
        migrate(warehouse, BEGUN_AT - LATER)
        outcomes = tuple(outcome for number in range(feeds) for outcome in _outcomes(number))
        ledger = BatchLedger(feed_states=tuple(_state(number) for number in range(feeds)))
        batch = Batch[Article](batch_id=uuid4(), run_id="before", dropped=outcomes, ledger=ledger)
        load_batch(warehouse, batch, rules, BEGUN_AT - LATER)
    return f"{len(outcomes)} articles known"


def _source_file(number: int) -> str:
    home = f"http://{host_of(number)}/"
    return f'name = "Feed {number}"\nhomepage = "{home}"\nfeeds = ["{home}feed"]\nlanguage = "en"\ncountry = "gb"\n'


def _state(number: int) -> FeedState:
    """Of another feed of the source, which it no longer names: that is how its articles came to be known."""
    return FeedState(
        run_id="before",
        source=f"feed-{number:05}",
        url=f"http://{host_of(number)}/earlier-feed",
        kind=UrlKind.FEED,
        at=BEGUN_AT - LATER,
        reason=Reason.OK,
    )


def _outcomes(number: int) -> list[Outcome]:
    slug = f"feed-{number:05}"
    return [
        Outcome(
            run_id="before",
            source=slug,
            url=url,
            kind=UrlKind.ARTICLE,
            stage=Stage.EXTRACT,
            reason=Reason.SOFT_404,
            at=BEGUN_AT - LATER,
        )
        for url in article_urls(number)
    ]


def poll(settings: Settings, now: datetime) -> str:
    """A whole ingest run, from the source files to the reader file and the report."""
    from flows.ingest import stages
    from flows.running.run import run_flow

    report = run_flow("ingest", stages, (), settings, now=now)
    return f"{report.run.state}, {report.run.urls} outcomes, {len(report.run.sources_failed)} sources failed"


def _watch(until: threading.Event, seen: list[tuple[int, float]]) -> None:
    """Every half second, the threads that are alive and the MiB of the process and its children."""
    while not until.wait(EVERY_S):
        seen.append((threading.active_count(), tree_mib(os.getpid())))


def _cost_of(work: Callable[[], str]) -> Cost:
    over, seen = threading.Event(), [(1, 0.0)]
    watcher = threading.Thread(target=_watch, args=(over, seen), daemon=True)
    watcher.start()
    note = work()
    over.set()
    watcher.join()
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    threads, peak_mb = (max(column) for column in zip(*seen, strict=True))
    return Cost(0.0, cpu_s, peak_mb, int(threads) - 1, note)


def main(words: Sequence[str]) -> None:
    """Do what the words say and print its cost as one line of JSON."""
    way, home, (port, feeds, *dead) = words[0], Path(words[1]), map(int, words[2:])
    settings = settings_for(home, port, feeds, dead)
    ways: dict[str, Callable[[], str]] = {
        "plain": lambda: poll_plainly(port, feeds),
        "prepare": lambda: prepare(settings, feeds),
        "first": lambda: poll(settings, BEGUN_AT),
        "again": lambda: poll(settings, BEGUN_AT + LATER),
    }
    print(json.dumps(_cost_of(ways[way])._asdict()))


if __name__ == "__main__":
    main(sys.argv[1:])
