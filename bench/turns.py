"""What a turn at a host costs, in a file and on a PostgreSQL server of its own on loopback: see bench/README.md.

.venv/bin/python -m bench.turns [--turns 1000]
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from schemas.settings import Settings
from tests.support.warehouse.services import postgres
from warehouse.hot.state import open_hot

ROW = "{:<12}{:>12}{:>12}"


def main() -> None:
    """Take and end turns at as many domains, one after the other, and print what one costs."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--turns", type=int, default=1_000)
    turns = words.parse_args().turns
    print(ROW.format("where", "wall ms", "CPU ms"))
    for where in ("file", "postgres"):
        with places(where) as settings, closing(open_hot(settings)) as hot:
            began, cpu = time.perf_counter(), time.process_time()
            for number in range(turns):
                hot.take_turn(f"{number}.example", 2.0, "bench", number)
                hot.end_turn(f"{number}.example", "bench", number)
            wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
        print(ROW.format(where, f"{1000 * wall_s / turns:.2f}", f"{1000 * cpu_s / turns:.2f}"))


@contextmanager
def places(where: str) -> Iterator[Settings]:
    """Settings of a fresh hot state."""
    with tempfile.TemporaryDirectory() as folder:
        if where == "file":
            yield Settings(home=Path(folder))
            return
        with postgres() as server:
            yield Settings(home=Path(folder), warehouse=f"ducklake:postgres:{server}?data={folder}/data/")


if __name__ == "__main__":
    main()
