"""The age of the last backup, as a person reads it."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.runs.backup import LastBackup
from tasks.pure.runs.backup_age import backup_line

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=40, hours=3), "40 days"),
    ],
)
def test_the_age_of_a_backup_is_said_in_its_largest_unit(age: timedelta, said: str) -> None:
    line = backup_line(LastBackup(made_at=NOON, folder="/mnt/b"), NOON + age)
    assert line == f"last backup: 2026-11-30 12:00 UTC, {said} ago, in '/mnt/b'"
