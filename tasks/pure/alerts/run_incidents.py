"""Incidents of runs: a flow whose last runs failed or crashed, and one of which no run went well for too long."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from schemas.items.finding import Severity
from schemas.runs.alert import Alertable, AlertKind
from schemas.runs.flow_ends import FlowEnds
from schemas.runs.lease import Life
from schemas.runs.run import RunState
from tasks.pure.text.durations import told_duration


def run_incidents(
    ends: Sequence[FlowEnds],
    lives: Iterable[Life],
    missing: Mapping[str, timedelta],
    watched_since: datetime,
    now: datetime,
) -> list[Alertable]:
    """The open incidents of runs. `lives`: runs that hold a lease, dead ones among them, which have no row yet.
    `missing`: by flow, how long ago its last good run may have ended, counted from `watched_since` (when the routes
    were written) at the earliest. A clock that was set back makes nothing late."""
    found = [_bad(one) for one in ends if one.bad_run_id is not None]
    known = {one.code for one in found}
    found += [_dead(life) for life in lives if life.state == "crashed" and life.flow not in known]
    by_flow = {one.flow: one for one in ends}
    for flow, age in missing.items():
        last = by_flow[flow].ended_well_at if flow in by_flow else None
        if now - max(last or watched_since, watched_since) > age:
            found.append(_missing(flow, last, watched_since, age, now))
    return found


def _bad(one: FlowEnds) -> Alertable:
    state = one.bad_state or RunState.FAILED
    times = f", and {one.bad_runs - 1} more since" if one.bad_runs > 1 else ""
    return Alertable(
        incident_id=f"run {one.flow} {one.bad_run_id}",
        kind=AlertKind.CRASHED if state is RunState.CRASHED else AlertKind.FAILED,
        severity=Severity.WARNING,
        code=one.flow,
        message=f"the {one.flow} {one.bad_run_id} {state}{times}: {one.error or 'see newsdesk status'}",
        opened_at=one.bad_at or datetime.fromtimestamp(0, UTC),
    )


def _dead(life: Life) -> Alertable:
    return Alertable(
        incident_id=f"run {life.flow} {life.run_id}",
        kind=AlertKind.CRASHED,
        severity=Severity.WARNING,
        code=life.flow,
        message=f"the {life.flow} {life.run_id} crashed: {life.error or 'see newsdesk status'}",
        opened_at=life.seen_at,
    )


def _missing(flow: str, last: datetime | None, watched_since: datetime, age: timedelta, now: datetime) -> Alertable:
    told = f"the last ended {last.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if last else "none ever did"
    since = max(last or watched_since, watched_since)
    return Alertable(
        incident_id=f"missing {flow} {since.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        kind=AlertKind.MISSING,
        severity=Severity.WARNING,
        code=flow,
        message=(
            f"no {flow} went well for {told_duration(now - since)}, {told_duration(age)} are allowed: {told}; "
            "is the schedule running?"
        ),
        opened_at=since + age,
    )
