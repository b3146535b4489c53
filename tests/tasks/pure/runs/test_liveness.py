"""Lives: when a run that has not ended is dead."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.runs.lease import Running
from schemas.runs.run import RunState
from tasks.pure.runs.liveness import closing_note, crashed_row, is_dead

SEEN = datetime(2026, 11, 25, 12, 0, 5, tzinfo=UTC)
RUN = Running(
    run_id="r",
    flow="ingest",
    runner="direct",
    host="desk",
    machine="here",
    process="4711@99",
    started_at=SEEN - timedelta(minutes=1),
    seen_at=SEEN,
)


@pytest.mark.parametrize(
    ("machine", "lives", "later_s", "dead"),
    [
        ("here", True, 5, False),
        ("here", True, 86_400, False),
        ("here", False, 5, True),
        ("elsewhere", False, 179, False),
        ("elsewhere", True, 181, True),
    ],
    ids=["well", "stopped or asleep", "killed", "another machine's", "another machine that is silent"],
)
def test_a_run_is_dead_or_not(machine: str, lives: bool, later_s: int, dead: bool) -> None:
    assert is_dead(RUN, machine, lives, SEEN + timedelta(seconds=later_s)) is dead


def test_the_row_of_a_dead_run_says_what_is_known() -> None:
    row = crashed_row(RUN)
    assert (row.state, row.finished_at) == (RunState.CRASHED, SEEN)
    assert row.error == closing_note(RUN)
    assert row.error == ("process 4711 on desk ended without a word; last sign of life 2026-11-25 12:00:05 UTC")
