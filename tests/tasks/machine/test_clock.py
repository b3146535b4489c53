"""The shared clock: the server's, whatever our own says, and measured by the quickest answer."""

from collections.abc import Callable

import pytest

from schemas.errors import TemporaryError
from tasks.machine.clock import FRESH_S, SharedClock


class Worlds:
    """A server whose clock is right, and our own that is `wrong_s` ahead of it; answers take `delays` in turn."""

    def __init__(self, wrong_s: float, *delays: float) -> None:
        self.now = 1_800_000_000.0
        self.wrong_s = wrong_s
        self.delays = delays or (0.0,)
        self.asked = 0
        self.slept_s = 0.0
        self.is_down = False

    def server(self) -> float:
        """The server's answer, half-way through the time that it takes."""
        if self.is_down:
            raise TemporaryError("no network")
        delay_s = self.delays[self.asked % len(self.delays)]
        self.asked += 1
        self.now += delay_s / 2
        said = self.now
        self.now += delay_s / 2
        return said

    def own(self) -> float:
        """Our wall clock."""
        return self.now + self.wrong_s

    def steady(self) -> float:
        """Time that passed while we were awake."""
        return self.now - self.slept_s

    def clock(self, ask: Callable[[], float | None] | None = None) -> SharedClock:
        """The clock under test."""
        return SharedClock(ask or self.server, self.own, self.steady)


@pytest.mark.parametrize("wrong_s", [-3600.0, 0.0, 17.5])
def test_the_time_is_the_servers_however_wrong_our_clock_is(wrong_s: float) -> None:
    worlds = Worlds(wrong_s)
    assert worlds.clock()() == pytest.approx(worlds.now, abs=1e-6)


def test_the_quickest_answer_counts() -> None:
    worlds = Worlds(5.0, 0.8, 0.002, 0.4, 0.3, 0.9)
    assert worlds.clock()() == pytest.approx(worlds.now, abs=0.001)


def test_without_a_server_our_clock_is_the_clock() -> None:
    worlds = Worlds(5.0)
    assert worlds.clock(lambda: None)() == worlds.own()


def test_the_server_is_not_asked_at_every_look() -> None:
    worlds = Worlds(0.0)
    clock = worlds.clock()
    asked = worlds.asked
    for _ in range(50):
        worlds.now += 1
        clock()
    assert worlds.asked == asked


def test_a_clock_that_drifts_is_measured_again_after_a_minute() -> None:
    worlds = Worlds(0.0)
    clock = worlds.clock()
    worlds.now += FRESH_S + 1
    worlds.wrong_s += 0.05
    assert clock() == pytest.approx(worlds.now, abs=1e-6)


def test_a_clock_that_was_set_is_measured_again_at_once() -> None:
    worlds = Worlds(0.0)
    clock = worlds.clock()
    worlds.wrong_s = 7200.0
    assert clock() == pytest.approx(worlds.now, abs=1e-6)


def test_a_machine_that_slept_measures_again() -> None:
    worlds = Worlds(2.0)
    clock = worlds.clock()
    asked = worlds.asked
    worlds.now, worlds.slept_s = worlds.now + 600, 600.0
    assert clock() == pytest.approx(worlds.now, abs=1e-6)
    assert worlds.asked > asked


def test_while_the_server_is_away_the_last_measure_stands() -> None:
    worlds = Worlds(3.0)
    clock = worlds.clock()
    worlds.is_down, worlds.now = True, worlds.now + FRESH_S + 1
    assert clock() == pytest.approx(worlds.now, abs=1e-6)
