"""The clock that runs on several machines share: the clock of the server that holds the hot state."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from schemas.errors import TemporaryError

SAMPLES = 5
FRESH_S = 60.0
"""Lifetime of a measured difference: a bad quartz drifts 0.006 s in a minute (100 ppm)."""
STEP_S = 0.1
"""A larger jump of our clock against monotonic time means that it was set, or that the machine slept."""


class SharedClock:
    """Called, it gives epoch seconds. `ask` gives the server's clock, or None where callers share one machine and
    our `own` clock is all there is. Our clock's difference to the server's is measured as NTP does: from the
    quickest of five answers, so it is off by less than half of that answer's time. `steady` never jumps."""

    def __init__(
        self,
        ask: Callable[[], float | None],
        own: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask = ask
        self._own = own
        self._steady = steady
        self._lock = threading.Lock()
        self._measured_at = steady()
        self._gap_s = own() - self._measured_at
        self._ahead_s = self._measured()

    def __call__(self) -> float:
        """Epoch seconds now."""
        if self._ahead_s is None:
            return self._own()
        with self._lock:
            if self._is_stale():
                self._measure()
            return self._own() + self._ahead_s

    def _is_stale(self) -> bool:
        has_stepped = abs(self._own() - self._steady() - self._gap_s) > STEP_S
        return has_stepped or self._steady() - self._measured_at > FRESH_S

    def _measure(self) -> None:
        """If the server does not answer, the last measurement stays until the next."""
        with suppress(TemporaryError):
            self._ahead_s = self._measured()
        self._measured_at = self._steady()
        self._gap_s = self._own() - self._measured_at

    def _measured(self) -> float | None:
        """Seconds by which the server is ahead; None: there is no server."""
        samples = []
        for _ in range(SAMPLES):
            asked_at, begun = self._own(), self._steady()
            said = self._ask()
            if said is None:
                return None
            took_s = self._steady() - begun
            samples.append((took_s, said - asked_at - took_s / 2))
        return min(samples)[1]
