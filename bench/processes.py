"""What a process takes together with those that it started, as Linux tells it."""

import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EVERY_S = 0.5
"""Between two looks at the memory of a tree: one at 1 GB takes some milliseconds."""
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def children_s() -> float:
    """CPU seconds of the children of this process that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tree(pid: int) -> Iterator[int]:
    """The process and its children, theirs too; those that end meanwhile are left out."""
    yield pid
    with suppress(OSError):
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                for child in path.read_text().split():
                    yield from tree(int(child))


def tree_s(pid: int) -> float:
    """CPU seconds of the process and its descendants, those that have ended too."""
    return sum(map(_cpu_s, tree(pid)))


def tree_mib(pid: int) -> float:
    """Memory of the process and its descendants, pages that they share counted once (PSS)."""
    return sum(map(_mebibytes, tree(pid)))


@contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """Within, a number is added every half second: the MiB of the process with its descendants."""
    seen, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(EVERY_S):
            seen.append(tree_mib(pid))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _cpu_s(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) * TICK_S
    return 0.0


def _mebibytes(pid: int) -> float:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next((line for line in lines if line.startswith("Pss:")), "Pss: 0 kB").split()[1]) / 1024
    return 0.0
