"""The runner of the command line: threads in this process, no orchestrator."""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any, TypeVar

from flows.running.protocol import Promise
from flows.running.spans import step_span
from schemas.errors import NewsdeskError
from schemas.runs.lease import Running
from schemas.runs.report import RunReport
from schemas.runs.run import Run

T = TypeVar("T")


class DirectRunner:
    """Threads. The queue is first in, first out, and a promise can only be of a step submitted before,
    so a waiting step never holds the thread that the step it waits for would need."""

    name = "direct"
    orchestrated_as: str | None = None
    groups_at_most = 8
    """A commit takes half a second of CPU, however little it writes: 32 of them were two thirds of what polling
    many unchanged feeds cost (bench/README.md)."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="step")

    def submit(self, step: Callable[..., T], *arguments: object, label: str) -> Future[T]:
        """See `Runner`."""

        def work() -> T:
            settled = [_settled(argument) for argument in arguments]
            with step_span(step.__name__, label, settled):
                return step(*settled)

        return self._threads.submit(copy_context().run, work)

    def report(self, report: RunReport) -> None:
        """Shows nothing: the command line prints the report itself."""

    def close_run(self, running: Running, row: Run) -> None:
        """Nothing to close: the run's row says it."""

    def close(self) -> None:
        """Wait for what runs; what has not begun is dropped."""
        self._threads.shutdown(cancel_futures=True)


def a_few_at_once(
    steps: Iterable[Callable[[], Promise[T]]], at_most: int, over: Callable[[], object]
) -> list[Promise[T]]:
    """Begin the steps in their order, so many side by side, until `over` says something true. All that began have
    ended; what one of them raised, its promise raises again."""
    flight: deque[Promise[T]] = deque()
    begun: list[Promise[T]] = []
    for step in steps:
        if over():
            break
        if len(flight) >= at_most:
            wait_for(flight.popleft())
        flight.append(step())
        begun.append(flight[-1])
    for promise in flight:
        wait_for(promise)
    return begun


def wait_for(promise: Promise[object]) -> None:
    """Wait until its step has ended, whatever came of it."""
    with suppress(NewsdeskError):  # It is raised again where the run's promises are gathered.
        promise.result()


def _settled(argument: Any) -> Any:
    return argument.result() if isinstance(argument, Future) else argument
