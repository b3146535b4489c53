"""When a message is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schemas.runs.alert import AlertKind
from tasks.pure.alerts.routes import Route
from tasks.pure.alerts.times import LADDER, due_at, next_try, quiet_end

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def route(**changes: object) -> Route:
    return Route.model_validate({"url": "ntfy://h/t"} | changes)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-11-30T20:59", "2026-11-30T20:59"),
        ("2026-11-30T21:00", "2026-12-01T06:00"),
        ("2026-12-01T03:00", "2026-12-01T06:00"),
        ("2026-12-01T06:00", "2026-12-01T06:00"),
        ("2026-07-01T20:00", "2026-07-02T05:00"),
        ("2026-10-24T22:00", "2026-10-25T06:00"),
    ],
    ids=["before", "begins", "after midnight", "is over", "in summer", "the night when clocks go back"],
)
def test_quiet_hours_are_those_of_the_zone_and_pass_midnight(now: str, end: str) -> None:
    assert quiet_end(route(quiet="22:00-07:00"), BERLIN, at(now)) == at(end)


def test_what_is_urgent_waits_for_nothing() -> None:
    one = route(quiet="22:00-07:00", digest="08:00", urgent=["missing"])
    now = at("2026-11-30T23:00")
    assert due_at(one, AlertKind.MISSING, BERLIN, now, None) == now
    assert due_at(one, AlertKind.FINDING, BERLIN, now, None) == at("2026-12-01T07:00")


def test_a_digest_by_length_gathers_from_its_first_message() -> None:
    now = at("2026-11-30T10:00")
    first = due_at(route(digest="1h"), AlertKind.FINDING, BERLIN, now, None)
    assert first == now + timedelta(hours=1)
    assert due_at(route(digest="1h"), AlertKind.FINDING, BERLIN, now + timedelta(minutes=50), first) == first


def test_tries_become_rarer_and_end() -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    pauses = [again - now for n in range(1, len(LADDER) + 1) if (again := next_try(n, now))]
    assert pauses == sorted(pauses)
    assert next_try(len(LADDER) + 1, now) is None
