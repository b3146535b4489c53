"""Whether a run ended well lately."""

from datetime import UTC, datetime, timedelta

from tasks.pure.runs.alive import alive_line

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)


def test_a_run_just_within_the_age_is_a_sign_of_life() -> None:
    told = alive_line("ingest", NOW - TWO_HOURS, TWO_HOURS, NOW)
    assert told == (True, "alive: the last ingest that went well ended 2 h ago, at 2026-11-30 10:00:00 UTC")


def test_an_older_run_is_none_and_the_line_says_what_is_allowed() -> None:
    told = alive_line("ingest", NOW - TWO_HOURS - timedelta(seconds=1), TWO_HOURS, NOW)
    assert not told.is_alive
    assert told.line.endswith("; 2 h are allowed")


def test_without_any_run_there_is_no_sign_of_life() -> None:
    assert alive_line("ingest", None, TWO_HOURS, NOW) == (False, "not alive: no ingest has ended well yet")


def test_after_the_clock_was_set_back_a_run_of_the_future_is_a_sign_of_life() -> None:
    assert alive_line("ingest", NOW + timedelta(days=3), TWO_HOURS, NOW).is_alive
