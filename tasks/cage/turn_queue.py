"""Turns: which of the callers that wait for a child of the cage gets the next idle one."""

import heapq
import itertools
import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class TurnQueue(Generic[T]):
    """Things that are lent to one caller at a time, the one given back last first. Of the callers that wait the one
    of the lowest rank gets the next; of one rank, who came first."""

    def __init__(self, things: list[T]) -> None:
        self._things = things
        self._waiting: list[tuple[int, int]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()

    def take(self, rank: int = 0) -> T:
        """Waits for one."""
        with self._changed:
            ticket = rank, next(self._numbers)
            heapq.heappush(self._waiting, ticket)
            try:
                self._changed.wait_for(lambda: self._things and self._waiting[0] == ticket)
                return self._things.pop()
            finally:
                self._waiting.remove(ticket)
                heapq.heapify(self._waiting)
                self._changed.notify_all()

    def put(self, thing: T) -> None:
        """Give one back."""
        with self._changed:
            self._things.append(thing)
            self._changed.notify_all()
