"""Keeps a run's lease alive, and marks runs whose lease expired as crashed."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from schemas.errors import NewsdeskError
from schemas.runs.lease import BEAT_S, Running, StepCount
from schemas.runs.run import Run
from tasks.machine.processes import is_running, machine, process
from tasks.pure.runs.liveness import crashed_row, is_dead
from tasks.run.kit_parts import HotKit, RunKit, StopEventKit, WarehouseKit
from warehouse.load.load import load_crashed_run


class LeaseKit(HotKit, RunKit, StopEventKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


def nothing_counted() -> tuple[StepCount, ...]:
    """The counts of a run that counts nothing."""
    return ()


@contextmanager
def leased(
    kit: LeaseKit,
    flow: str,
    runner: str,
    orchestrated_as: str | None = None,
    beat_s: float = BEAT_S,
    counts: Callable[[], tuple[StepCount, ...]] = nothing_counted,
) -> Iterator[None]:
    """Hold a lease of the run, renewed every `beat_s` seconds with the `counts` of its steps. If another process
    closed the run in the meantime (the machine slept), `kit.stop` is set. A process that is killed inside leaves its
    lease, which `close_expired` finds."""
    now = kit.at()
    run = Running(
        run_id=kit.run_id,
        flow=flow,
        runner=runner,
        host=socket.gethostname(),
        machine=machine(),
        process=process(),
        started_at=kit.now,
        seen_at=now,
        orchestrated_as=orchestrated_as,
    )
    kit.hot.begin_run(run)
    over = threading.Event()
    thread = threading.Thread(target=_renew, args=(kit, over, beat_s, counts), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    kit.hot.end_run(kit.run_id)


def _renew(kit: LeaseKit, over: threading.Event, beat_s: float, counts: Callable[[], tuple[StepCount, ...]]) -> None:
    while not over.wait(beat_s):
        with suppress(NewsdeskError):  # The next renewal comes before the lease expires.
            if not kit.hot.renew_run(kit.run_id, kit.at(), counts()):
                kit.stop.set()
                return


def close_expired(kit: LeaseKit, tell: Callable[[Running, Run], None]) -> list[Run]:
    """Write the row of every run whose process died, free what it held, and `tell` the orchestrator; returns the
    rows."""
    here, now = machine(), kit.at()
    closed = []
    for run in kit.hot.runs():
        if is_dead(run, here, is_running(run.process), now):
            row = load_crashed_run(kit.warehouse, crashed_row(run))
            if kit.hot.end_run(run.run_id):
                tell(run, row)
                closed.append(row)
    return closed
