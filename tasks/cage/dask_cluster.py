"""Parses pages on a Dask cluster, in cages on its workers. The one file that imports distributed.

A task takes the bytes of pages, their captures and sources to a worker, and returns articles. Sockets, turns, the
warehouse and the archive stay on the machine of the run.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from typing import Any, Self

from schemas.errors import RefusedError, TemporaryError
from tasks.cage.pool import Cage

PAGES = 20
"""Of one Dask task: 0.4 s of work at 20 ms a page, so that a task's own cost of some ms does not count."""
TASKS_A_THREAD = 3
"""Sent ahead for each thread of the cluster; the memory for their pages is ours."""
CONNECT_S = 10


class Cluster:
    """The cluster of the scheduler at `address` (tcp://host:port). Raises `RefusedError` where it does not answer
    or has no worker, or where the extra `dask` is not installed."""

    def __init__(self, address: str, memory_mb: int, wall_s: float, preload: Sequence[str]) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ModuleNotFoundError as error:
            raise RefusedError("NEWSDESK_RUNNER=dask needs the extra: pip install 'newsdesk[dask]'") from error
        try:
            self._client = distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise RefusedError(f"no Dask scheduler answers at {address!r}; set NEWSDESK_DASK_SCHEDULER") from error
        self._limits = (memory_mb, wall_s, tuple(preload))
        self.threads = sum(self._client.nthreads().values())
        if not self.threads:
            self._client.close()
            raise RefusedError(f"the Dask cluster at {address!r} has no worker")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def map(self, function: str, calls: Iterable[tuple[object, ...]]) -> Iterator[Any]:
        """The results of the function ('module:name') for the calls, in their order. Another worker repeats the task
        of a killed one. Raises `TemporaryError` where the cluster is lost."""
        waiting: list[Any] = []
        for chunk in _chunks(iter(calls)):
            waiting.append(self._client.submit(read_in_cage, function, chunk, *self._limits, pure=False))
            if len(waiting) >= TASKS_A_THREAD * self.threads:
                yield from _result(waiting.pop(0))
        while waiting:
            yield from _result(waiting.pop(0))


def read_in_cage(
    function: str, calls: Sequence[tuple[object, ...]], memory_mb: int, wall_s: float, preload: tuple[str, ...]
) -> list[Any]:
    """Runs on a worker, whose process keeps its cage."""
    cage = _cage(memory_mb, wall_s, preload)
    return [cage.call(function, *arguments) for arguments in calls]


@functools.cache
def _cage(memory_mb: int, wall_s: float, preload: tuple[str, ...]) -> Cage:
    from distributed import get_worker

    return Cage(get_worker().state.nthreads, memory_mb, wall_s, preload)


def _chunks(calls: Iterator[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    while chunk := list(islice(calls, PAGES)):
        yield chunk


def _result(future: Any) -> list[Any]:
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    try:
        results: list[Any] = future.result()
    except (KilledWorker, FutureCancelledError) as error:
        raise TemporaryError(f"the Dask cluster lost a batch of pages: {error}") from error
    return results
