"""Decides which of the waiting callers gets the next idle child of the cage."""

import heapq
import itertools
import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class TurnQueue(Generic[T]):
    """Lends each thing to one caller at a time, the one returned last first. Among waiting callers the lowest rank is
    served first; within a rank, the one that has waited longest."""

    def __init__(self, things: list[T]) -> None:
        self._things = things
        self._waiting: list[tuple[int, int]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()

    def take(self, rank: int = 0) -> T:
        """Wait for a thing, and take it."""
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
        """Return a thing."""
        with self._changed:
            self._things.append(thing)
            self._changed.notify_all()
