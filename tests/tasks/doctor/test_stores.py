"""The clock and the runs, as the doctor judges them."""

from datetime import UTC, datetime, timedelta

from schemas.runs.doctor import PartState
from tasks.doctor.stores import examine_clock, examine_runs
from warehouse.reader.status import RunTimes

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_clock_like_the_servers_and_later_than_all_runs_is_right() -> None:
    times = RunTimes(NOW - HOUR, NOW - HOUR)
    assert examine_clock(NOW, NOW.timestamp() + 1.0, times).state is PartState.OK
    assert examine_clock(NOW, None, None).message == "2026-11-30 12:00:00 UTC"


def test_a_run_of_the_future_means_that_the_clock_was_set_back() -> None:
    part = examine_clock(NOW, None, RunTimes(NOW + 3 * HOUR, NOW - HOUR))
    assert (part.state, part.fix) == (PartState.ERROR, "set the clock: `timedatectl set-ntp true`")
    assert "3 h in the future" in part.message


def test_a_clock_apart_from_the_servers_is_a_warning() -> None:
    part = examine_clock(NOW, NOW.timestamp() - 90.0, None)
    assert part.state is PartState.WARNING
    assert "are 90 s apart" in part.message


def test_before_the_first_run_there_is_nothing_to_say_of_runs() -> None:
    assert examine_runs(None, (), None, NOW).state is PartState.NOT_CHECKED
