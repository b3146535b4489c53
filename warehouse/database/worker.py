"""Statements run in a thread of their own, so that an exception which reaches the caller meanwhile ends them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")
LOOK_S = 0.1
"""Seconds after which a waiting thread looks for an exception that another thread set for it (Prefect's timeouts)."""
AGAIN_S = 0.02
"""Seconds between two interrupts: one that comes before the statement begins is lost."""


class Worker:
    """Does the work of one session. DuckDB makes a RuntimeError of what a signal handler raises while it runs in the
    main thread, or runs on; in another thread it knows no signals."""

    def __init__(self, interrupt: Callable[[], None]) -> None:
        """`interrupt` ends the statement that runs, from another thread; it does nothing where none runs."""
        self._interrupt = interrupt
        self._pool = ThreadPoolExecutor(1, "statement")

    def do(self, work: Callable[[], T]) -> T:
        """What `work` gives or raises. An exception that reaches this thread while it waits (KeyboardInterrupt, a
        timeout) interrupts the work and is raised when that has ended."""
        answer = self._pool.submit(work)
        try:
            while not answer.done():
                wait([answer], LOOK_S)
        except BaseException:
            while not answer.done():
                self._interrupt()
                wait([answer], AGAIN_S)
            raise
        return answer.result()

    def close(self) -> None:
        """End the thread."""
        self._pool.shutdown(wait=False)
