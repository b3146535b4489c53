"""The cage: child processes with CPU, memory and wall-clock limits, reused across documents."""

import itertools
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from tasks.cage.child_process import Child, ForkServer
from tasks.cage.turn_queue import TurnQueue

AHEAD = 3
"""Messages that are made ahead for each child."""
CALLS_A_MESSAGE = 4
BYTES_A_MESSAGE = 1024 * 1024
"""A message sends the site memory once for all its pages. Four pages are some 60 ms of work."""

Calls = list[tuple[object, ...]]


class Cage:
    """A few children that run pure functions on untrusted documents. Any thread may call.

    A document that hangs, eats memory or crashes its child costs one `Refusal`; the next one gets a
    fresh child. `preload` names modules that are imported once for all children. Nothing is started before
    the first call, unless `begin` asks for it: a run in which nothing changed has nothing to parse.
    """

    def __init__(self, children: int, memory_mb: int, wall_s: float, preload: Sequence[str] = ()) -> None:
        self._wall_s = wall_s
        self._fork_server = ForkServer([sys.executable, "-m", "tasks.cage.fork_server", str(memory_mb), *preload])
        self._idle = TurnQueue[Child | None]([None] * children)
        self._maps = itertools.count(1)
        self.children = children

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def begin(self, *preload: str) -> None:
        """Start the fork server before the first call. `preload` names modules to import, and functions
        ('module:name') that do a module's lazy imports."""
        self._fork_server.open(*preload)

    def call(self, function: str, *arguments: object) -> Any:
        """What `function` ('module:name') returns for the arguments, or a `Refusal` with reason
        parse_timeout, parse_memory or parse_error where its child did not live to return it.

        Raises `NewsdeskError` where no child can be had."""
        return self._answers(function, [arguments], 0)[0]

    def map(self, function: str, calls: Iterable[tuple[object, ...]]) -> Iterator[Any]:
        """The result of `call` for each of the calls, in their order; all children share the work. Only a few
        messages for each child are taken from `calls` in advance, since pages are large. An earlier map has priority
        over a later one, so that its batch is loaded while the next is extracted; single calls have priority over all
        maps."""
        waiting: deque[Future[list[Any]]] = deque()
        rank = next(self._maps)
        with ThreadPoolExecutor(self.children + 1) as threads:  # One more, so that one waits when a child is idle.
            for message in _messages(calls):
                waiting.append(threads.submit(self._all_answers, function, message, rank))
                if len(waiting) >= AHEAD * self.children:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()

    def _all_answers(self, function: str, calls: Calls, rank: int) -> list[Any]:
        """One answer for each call: calls that a dead child left go to another."""
        answers: list[Any] = []
        while len(answers) < len(calls):
            answers += self._answers(function, calls[len(answers) :], rank)
        return answers

    def _answers(self, function: str, calls: Calls, rank: int) -> list[Any]:
        """The answers of one child; at least one."""
        child = self._idle.take(rank)
        try:
            child = child or Child(self._fork_server)
            answers = child.ask(function, calls, self._wall_s)
        except BaseException:
            if child:
                child.end()
            self._idle.put(None)
            raise
        self._idle.put(child if child.is_alive() else None)
        return answers

    def close(self) -> None:
        """End the children; waits for calls in flight."""
        for _ in range(self.children):
            child = self._idle.take()
            if child is not None:
                child.end()
        self._fork_server.close()


def _messages(calls: Iterable[tuple[object, ...]]) -> Iterator[Calls]:
    """The calls, as many together as go to a child at once."""
    message: Calls = []
    size = 0
    for arguments in calls:
        message.append(arguments)
        size += sum(len(each) for each in arguments if isinstance(each, bytes))
        if len(message) == CALLS_A_MESSAGE or size >= BYTES_A_MESSAGE:
            yield message
            message, size = [], 0
    if message:
        yield message
