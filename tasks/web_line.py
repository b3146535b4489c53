"""The line: one connection's deadline, its watchdog, and why it broke."""

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

from schemas.outcome import Reason, Refusal


class Closable(Protocol):
    """What a line closes when it ends."""

    def close(self) -> None:
        """Lets go of the socket; may be called twice."""


class BrokenLineError(OSError):
    """A fetch cannot go on; an `OSError`, so that http.client and urllib3 clean up and pass it on. It
    never leaves `tasks/web*.py`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail or refusal.reason)
        self.refusal = refusal


class Line:
    """One request from resolving to the last byte. After `budget_s` a watchdog shuts the socket down,
    whatever is read or written at that moment: a timeout of the socket bounds one read only. `is_lost`:
    the other end hung up before the first byte of an answer."""

    def __init__(self, connect_s: float, read_s: float, budget_s: float) -> None:
        self.connect_s = connect_s
        self.read_s = read_s
        self.is_lost = False
        self._budget_s = budget_s
        self._deadline = time.monotonic() + budget_s
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None
        self._is_shut = False
        self._fault: Refusal | None = None
        self._closables: list[Closable] = []
        self._watchdog = threading.Timer(budget_s, self._shut)
        self._watchdog.daemon = True

    def __enter__(self) -> Self:
        self._watchdog.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._watchdog.cancel()
        self._watchdog.join()
        for closable in reversed(self._closables):
            with suppress(OSError):
                closable.close()
        if self._handle:
            self._handle.close()

    @property
    def fault(self) -> Refusal | None:
        """Why the line broke. The deadline comes before all: a header block that our own shutdown cut
        looks like a whole one to http.client."""
        if self._is_shut or self.left_s() <= 0:
            return Refusal(reason=Reason.TIMEOUT_TOTAL, detail=f"not done after {self._budget_s:.1f} s")
        return self._fault

    def left_s(self) -> float:
        """Seconds until the deadline; negative behind it."""
        return self._deadline - time.monotonic()

    def holds(self, closable: Closable) -> None:
        """Closed when the line ends."""
        self._closables.append(closable)

    def attach(self, connected: socket.socket) -> None:
        """Puts the socket under the watchdog. A second handle is kept, as TLS detaches the first."""
        with self._lock:
            self._handle = connected.dup()
            if self._is_shut:
                self._shut_handle()

    def check(self) -> None:
        """Raises `BrokenLineError` behind the deadline."""
        if self._is_shut or self.left_s() <= 0:
            raise self.broken(Reason.TIMEOUT_TOTAL, "deadline")

    def broken(self, reason: Reason, detail: str) -> BrokenLineError:
        """The error to raise; the first reason is kept."""
        self._fault = self._fault or Refusal(reason=reason, detail=detail)
        return BrokenLineError(self._fault)

    def refused(self, refusal: Refusal) -> BrokenLineError:
        """The error to raise for a refusal that somebody else found."""
        return self.broken(refusal.reason, refusal.detail or refusal.reason)

    def _shut(self) -> None:
        with self._lock:
            self._is_shut = True
            self._shut_handle()

    def _shut_handle(self) -> None:
        if self._handle:
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)
