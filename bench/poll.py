"""Newsdesk beside a plain loop of feedparser and requests, on the same feeds: see bench/README.md."""

import argparse
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.inputs.feed_site import FeedSite
from bench.polls import Cost, measure

ROW = "{:<34}{:>8}{:>8}{:>10}{:>9}{:>9}   {}"


def compare(feeds: int) -> None:
    """Print what each way cost, the ratios, and what the server saw."""
    rows: dict[str, tuple[Cost, Mapping[str, int]]] = {}
    with tempfile.TemporaryDirectory() as folder, FeedSite(feeds) as site:
        home = Path(folder)
        measure("prepare", home, site.port, feeds)
        for name, way in (
            ("plain loop, cold", "plain"),
            ("plain loop, unchanged", "plain"),
            ("newsdesk, cold", "first"),
            ("newsdesk, unchanged", "again"),
        ):
            cost = measure(way, home, site.port, feeds)
            rows[name] = cost, site.tally()
    show(rows)
    for word in ("cold", "unchanged"):
        ours, theirs = rows[f"newsdesk, {word}"], rows[f"plain loop, {word}"]
        print(f"newsdesk / plain loop, {word}: {_ratios(ours, theirs)}")


def survive(sources: int) -> None:
    """Print what a run costs in which every second source is dead, beside one in which none is."""
    rows: dict[str, tuple[Cost, Mapping[str, int]]] = {}
    for name, is_dead in (("all alive", False), ("half time out", True)):
        with tempfile.TemporaryDirectory() as folder, FeedSite(sources) as site, dead_ports() as ports:
            home = Path(folder)
            measure("prepare", home, site.port, sources)
            cost = measure("first", home, site.port, sources, ports if is_dead else ())
            rows[f"{sources} sources, {name}"] = cost, site.tally()
    show(rows)


@contextmanager
def dead_ports() -> Iterator[Sequence[int]]:
    """Two ports on loopback that never answer: one whose queue is full, so that connecting times out,
    and one that takes connections and says nothing."""
    with ExitStack() as open_sockets:
        full = open_sockets.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = open_sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        silent = open_sockets.enter_context(socket.create_server(("127.0.0.1", 0), backlog=4096))
        yield full.getsockname()[1], silent.getsockname()[1]


def show(rows: Mapping[str, tuple[Cost, Mapping[str, int]]]) -> None:
    """The table."""
    print(ROW.format("", "wall s", "CPU s", "peak MiB", "threads", "requests", "answers"))
    for name, (cost, tally) in rows.items():
        answers = ", ".join(f"{what}: {count}" for what, count in sorted(tally.items()))
        figures = (
            f"{cost.wall_s:.1f}",
            f"{cost.cpu_s:.1f}",
            f"{cost.peak_mb:.0f}",
            cost.threads,
            sum(tally.values()),
        )
        print(ROW.format(name, *figures, f"{answers}; {cost.note}"))


def _ratios(ours: tuple[Cost, Mapping[str, int]], theirs: tuple[Cost, Mapping[str, int]]) -> str:
    pairs = {
        "wall": (ours[0].wall_s, theirs[0].wall_s),
        "CPU": (ours[0].cpu_s, theirs[0].cpu_s),
        "peak memory": (ours[0].peak_mb, theirs[0].peak_mb),
        "requests": (sum(ours[1].values()), sum(theirs[1].values())),
    }
    return ", ".join(f"{name} {one / other:.2f}" for name, (one, other) in pairs.items())


def main() -> None:
    """Read the words and run."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--feeds", type=int, default=1_000)
    words.add_argument("--dead", action="store_true", help="half of the sources time out (then 5,000 by default)")
    given = words.parse_args()
    if given.dead:
        survive(given.feeds if "--feeds" in sys.argv else 5_000)
    else:
        compare(given.feeds)


if __name__ == "__main__":
    main()
