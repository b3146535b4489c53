"""When a message is due: quiet hours, digests and tries after a failure. All instants are aware."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schemas.runs.alert import AlertKind
from tasks.pure.alerts.routes import Route, clock_of, quiet_span
from tasks.pure.text.durations import duration

LADDER = tuple(timedelta(minutes=m) for m in (0.5, 3, 10, 30, 60, 120, 240, 480))
"""Pauses between the tries of a message: after about 15 hours it is given up."""


def due_at(route: Route, kind: AlertKind, zone: ZoneInfo, now: datetime, waits_until: datetime | None) -> datetime:
    """When a new message is to be sent: at once, at the end of the quiet hours, or with the digest. `waits_until`:
    when the digest that is being gathered is due; None: there is none."""
    if kind in route.urgent:
        return now
    if route.digest:
        clock = clock_of(route.digest)
        at = _next(clock, zone, now) if clock else waits_until or now + duration(route.digest)
    else:
        at = now
    return quiet_end(route, zone, at)


def quiet_end(route: Route, zone: ZoneInfo, at: datetime) -> datetime:
    """The instant itself, or the end of the quiet hours in which it lies."""
    span = quiet_span(route)
    if span is None or span[0] == span[1]:
        return at
    local = at.astimezone(zone).time()
    begin, end = span
    is_quiet = begin <= local < end if begin < end else local >= begin or local < end
    return _next(end, zone, at) if is_quiet else at


def _next(clock: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The next instant after `now` at which clocks of the zone show the time. One that a change of the clock leaves
    out is taken an hour later (PEP 495)."""
    day = now.astimezone(zone).date()
    instants = (datetime.combine(day + timedelta(days=n), clock, zone).astimezone(UTC) for n in (0, 1))
    return next(at for at in instants if at > now)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many tries that failed; None: give up."""
    return now + LADDER[attempts - 1] if attempts <= len(LADDER) else None
