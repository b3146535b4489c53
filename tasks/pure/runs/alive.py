"""Decides whether an installation is alive: whether a run ended well lately."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tasks.pure.text.durations import told_duration


class AliveLine(NamedTuple):
    """The verdict, and one line for people."""

    is_alive: bool
    line: str


def alive_line(flow: str, ended_at: datetime | None, max_age: timedelta, now: datetime) -> AliveLine:
    """Alive where a run of the flow ended well at most `max_age` ago. `ended_at`: when the last such run ended; None:
    none did. An instant in the future (the clock was set back) counts as this moment."""
    if ended_at is None:
        return AliveLine(False, f"not alive: no {flow} has ended well yet")
    age = max(timedelta(0), now - ended_at)
    told = f"the last {flow} that went well ended {told_duration(age)} ago, at {ended_at.astimezone(UTC):%F %T} UTC"
    if age > max_age:
        return AliveLine(False, f"not alive: {told}; {told_duration(max_age)} are allowed")
    return AliveLine(True, f"alive: {told}")
