"""The deadline of one request: it bounds every wait on the socket, and keeps the reason of a failure."""

import io
import socket
import time
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from schemas.items.outcome import Reason, Refusal

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Closable(Protocol):
    """A resource that the deadline closes when the request ends."""

    def close(self) -> None:
        """Release the socket; may be called twice."""


class FetchFailedError(OSError):
    """A fetch cannot go on; an `OSError`, so that http.client and urllib3 clean up and pass it on. It never leaves
    `tasks/web/`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail or refusal.reason)
        self.refusal = refusal


class Deadline:
    """One request, from name resolution to the last byte. A socket timeout bounds one wait only, so each wait gets
    the rest of `budget_s`, and a server that sends byte by byte is cut off at the deadline. `is_lost`: the server
    closed the connection before the first byte of a response."""

    def __init__(self, connect_s: float, read_s: float, budget_s: float) -> None:
        self.connect_s = connect_s
        self.read_s = read_s
        self.is_lost = False
        self._budget_s = budget_s
        self._deadline = time.monotonic() + budget_s
        self._fault: Refusal | None = None
        self._closables: list[Closable] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for closable in reversed(self._closables):
            with suppress(OSError):
                closable.close()

    @property
    def fault(self) -> Refusal | None:
        """Why the request failed; None: it did not. A passed deadline outranks every other reason: at the deadline a
        request looks like silence or a lost connection."""
        if self.left_s() <= 0:
            return Refusal(reason=Reason.TIMEOUT_TOTAL, detail=f"not done after {self._budget_s:.1f} s")
        return self._fault

    def left_s(self) -> float:
        """Seconds until the deadline; negative behind it."""
        return self._deadline - time.monotonic()

    def close_at_end(self, closable: Closable) -> None:
        """Close it when the request ends."""
        self._closables.append(closable)

    def bound(self, connected: socket.socket) -> None:
        """Bounds the socket's next wait; raises `FetchFailedError` behind the deadline."""
        self.check()
        connected.settimeout(max(min(self.read_s, self.left_s()), 0.001))

    def reader(self, connected: socket.socket) -> io.BufferedReader:
        """A reader of the socket; the deadline bounds every wait."""
        return io.BufferedReader(_Incoming(self, connected))

    def check(self) -> None:
        """Raises `FetchFailedError` behind the deadline."""
        if self.left_s() <= 0:
            raise self.failure(Reason.TIMEOUT_TOTAL, "deadline")

    def failure(self, reason: Reason, detail: str) -> FetchFailedError:
        """The error to raise; the first reason of a request stays."""
        self._fault = self._fault or Refusal(reason=reason, detail=detail)
        return FetchFailedError(self._fault)

    def refusal(self, refusal: Refusal) -> FetchFailedError:
        """The error to raise for a refusal of another part of the client."""
        return self.failure(refusal.reason, refusal.detail or refusal.reason)


class _Incoming(io.RawIOBase):
    """The socket's bytes. It holds the socket as `makefile` would, so that http.client may close its own
    end first."""

    def __init__(self, deadline: Deadline, connected: socket.socket) -> None:
        self._deadline = deadline
        self._connected = connected
        self._held = connected.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Waits at most until the deadline."""
        self._deadline.bound(self._connected)
        return self._connected.recv_into(buffer)

    def close(self) -> None:
        """Lets the socket go."""
        self._held.close()
        super().close()
