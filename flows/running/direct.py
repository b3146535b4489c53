"""The runner of the command line: threads in this process, no orchestrator."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import TypeVar, TypeVarTuple

from flows.running.protocol import Promise
from flows.running.spans import step_span
from schemas.errors import NewsdeskError
from schemas.runs.lease import Running
from schemas.runs.maintenance import Maintained
from schemas.runs.report import RunReport
from schemas.runs.run import Run

T = TypeVar("T")
In = TypeVar("In")
Out = TypeVar("Out")
Given = TypeVarTuple("Given")


class DirectRunner:
    """Threads. They take steps in the order of submission, and a step that follows another when that one is done: no
    thread waits for a step. So the first group that is fetched is loaded first, while the others are being fetched,
    and the steps cannot deadlock, however few threads there are."""

    name = "direct"
    orchestrated_as: str | None = None
    groups_at_most = 8
    """A commit takes half a second of CPU, however little it writes: 32 of them were two thirds of what polling
    many unchanged feeds cost (bench/README.md)."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="step")
        self._lock = threading.Lock()
        self._is_closed = False

    def submit(self, step: Callable[[*Given], Out], *given: *Given, label: str) -> Future[Out]:
        """See `Runner`."""

        def work() -> Out:
            with step_span(step.__name__, label, given):
                return step(*given)

        return self._threads.submit(copy_context().run, work)

    def submit_after(
        self, before: Promise[In], step: Callable[[*Given, In], Out], *given: *Given, label: str
    ) -> Future[Out]:
        """See `Runner`."""

        def work() -> Out:
            result = before.result()
            with step_span(step.__name__, label, given):
                return step(*given, result)

        begin = partial(copy_context().run, work)
        if not isinstance(before, Future):
            return self._threads.submit(begin)
        promised: Future[Out] = Future()
        before.add_done_callback(lambda _: self._begin(begin, promised))
        return promised

    def report(self, report: RunReport | Maintained) -> None:
        """Shows nothing: the command line prints the report itself."""

    def close_run(self, running: Running, row: Run) -> None:
        """Nothing to mark: there is no orchestrator."""

    def close(self) -> None:
        """See `Runner`."""
        with self._lock:
            self._is_closed = True
        self._threads.shutdown(cancel_futures=True)

    def _begin(self, work: Callable[[], Out], promised: Future[Out]) -> None:
        """Give the work to a thread, and its result to the promise. A closed runner drops it."""
        with self._lock:
            future = None if self._is_closed else self._threads.submit(work)
        if future is None:
            promised.cancel()  # Not under the lock: it begins what follows, which takes the lock too.
        else:
            future.add_done_callback(partial(_settle, promised))


def _settle(promised: Future[Out], done: Future[Out]) -> None:
    if done.cancelled():
        promised.cancel()
    elif error := done.exception():
        promised.set_exception(error)
    else:
        promised.set_result(done.result())


def a_few_at_once(
    steps: Iterable[Callable[[], Promise[T]]], at_most: int, over: Callable[[], object]
) -> list[Promise[T]]:
    """Begin the steps in their order, at most `at_most` at the same time, until `over()` is true. Returns the
    promises of the steps that began, all of them done; the error of a failed step is raised by its promise."""
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
    """Block until the step is done. Does not raise its error."""
    with suppress(NewsdeskError):  # It is raised again where the run's promises are gathered.
        promise.result()
