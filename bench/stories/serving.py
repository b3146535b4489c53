"""How long readers of `newsdesk serve` wait while a run loads and publishes: see bench/README.md."""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import httpx

from bench.inputs.report_home import fill
from bench.processes import watched
from bench.stories.reports import A_RUN, made
from schemas.settings import Settings
from tasks.search.side_index import feed_index
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader

READERS = 20
SECONDS = 60.0
PAUSE_S = 1.0
"""What a reader looks at a page before the next."""
LINE = "{:<28}{:>9}{:>11}{:>11}{:>11}"


def address_of(server: "subprocess.Popen[str]") -> str:
    """What the server says when it listens."""
    assert server.stderr is not None
    for line in server.stderr:
        found = next((word for word in line.split() if word.startswith("http://")), None)
        if found:
            return found.rstrip("/")
    raise SystemExit("the server ended")


def paths_of(site: str) -> dict[str, str]:
    """What readers ask for, by what it is."""
    article = httpx.get(f"{site}/api/v1/articles?limit=1", timeout=60).json()["items"][0]
    story = httpx.get(f"{site}/api/v1/stories", timeout=60).json()[0]["story_id"]
    return {
        "front page": "/",
        "one source": f"/?source={article['source']}",
        "article": f"/articles/{article['article_id']}",
        "story": f"/stories/{story}",
        "search": "/search?q=report",
        "API, 50 articles": "/api/v1/articles",
        "feed": "/feeds/articles.xml",
    }


def read(site: str, paths: dict[str, str], number: int, until: float, took: dict[str, list[float]]) -> None:
    """One reader: each path in turn, from another one on than the next reader."""
    names = [*paths]
    with httpx.Client(base_url=site, timeout=60) as client:
        while time.monotonic() < until:
            name = names[number % len(names)]
            number += 1
            begun = time.monotonic()
            client.get(paths[name]).raise_for_status()
            took[name].append(1000 * (time.monotonic() - begun))
            time.sleep(PAUSE_S)


def load(home: Path, until: float) -> int:
    """Load a run of articles and publish it, again and again. Returns how often."""
    settings, rounds = Settings(home=home), 0
    begin = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    with Warehouse(settings.warehouse_url) as warehouse:
        while time.monotonic() < until:
            fill(warehouse, A_RUN, begin)
            publish_reader(warehouse, settings.reader_path)
            rounds += 1
    return rounds


def measured(home: Path, seconds: float, is_loading: bool) -> tuple[dict[str, list[float]], float]:
    """Milliseconds of each answer by what was asked, and the most MiB that the server had."""
    command = [str(Path(sys.executable).parent / "newsdesk"), "serve", "--port", "0"]
    environment = os.environ | {"NEWSDESK_HOME": str(home), "NEWSDESK_SETTINGS": ""}
    took: dict[str, list[float]] = defaultdict(list)
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            site = address_of(server)
            paths, until = paths_of(site), time.monotonic() + seconds
            readers = [
                threading.Thread(target=read, args=(site, paths, number, until, took)) for number in range(READERS)
            ]
            with watched(server.pid) as mebibytes:
                for each in readers:
                    each.start()
                if is_loading:
                    again = [sys.executable, "-m", "bench.stories.serving"]
                    subprocess.run([*again, "--load", str(home), "--seconds", str(seconds)], check=True)
                for each in readers:
                    each.join()
            return took, max(mebibytes)
        finally:
            server.terminate()


def show(took: dict[str, list[float]], mebibytes: float) -> None:
    """Print a line for each kind of page."""
    print(LINE.format("", "answers", "median ms", "95th ms", "worst ms"))
    for name, each in [*took.items(), ("all", [one for these in took.values() for one in these])]:
        print(LINE.format(name, len(each), *(f"{one:.0f}" for one in _spread(each))))
    print(f"memory of the server: {mebibytes:.0f} MiB at most")


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    cuts = quantiles(values, n=20)
    return cuts[9], cuts[18], max(values)


def main() -> None:
    """Twenty readers of a quiet server, then of one beside a run that loads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.load:
        print(f"{load(asked.load, time.monotonic() + asked.seconds)} loads of {A_RUN} articles")
        return
    with tempfile.TemporaryDirectory() as folder:
        made(Path(folder), asked.articles)
        feed_index(Settings(home=Path(folder)))
        for is_loading in (False, True):
            print("beside a run that loads" if is_loading else "nothing beside it")
            show(*measured(Path(folder), asked.seconds, is_loading))


if __name__ == "__main__":
    main()
