"""Which messages are to be made, from the incidents that are open and from what was told before."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from schemas.runs.alert import Alert, Alertable, AlertKind, AlertPhase, AlertState
from tasks.pure.alerts.routes import AlertsFile
from tasks.pure.alerts.times import due_at

Told = Mapping[tuple[str, str], Alert]
"""The messages that an incident opened with, by route and incident."""


class AlertPlan(NamedTuple):
    """New messages, and those that wait and whose incident is over meanwhile: they then say both."""

    new: list[Alert]
    passed: list[Alert]


def planned_alerts(
    file: AlertsFile,
    incidents: Iterable[Alertable],
    told: Told,
    over_told: frozenset[tuple[str, str]],
    zone: ZoneInfo,
    now: datetime,
) -> AlertPlan:
    """One message for each route and open incident that has none, and one for each that was told and is over. An
    incident that was over before anything was told of it gives none. `over_told`: route and incident of those whose
    end was told."""
    known = {one.incident_id: one for one in incidents}
    plan = AlertPlan([], [])
    gathering = _gathering(told)
    for route_name, route in file.routes.items():
        for one in known.values():
            if one.closed_at is not None or not route.takes(one) or (route_name, one.incident_id) in told:
                continue
            at = due_at(route, one.kind, zone, now, gathering.get(route_name))
            plan.new.append(_alert(one, route_name, AlertPhase.OPENED, now, at))
            if route.digest and one.kind not in route.urgent:
                gathering.setdefault(route_name, at)
    for (route_name, incident_id), alert in told.items():
        ended = _ended(alert, known.get(incident_id), now)
        over = file.routes.get(route_name)
        if alert.kind is AlertKind.SEARCH or ended is None or over is None or (route_name, incident_id) in over_told:
            continue
        if alert.state is AlertState.WAITING and alert.closed_at is None:
            plan.passed.append(ended)
        elif alert.state is AlertState.SENT and over.over and alert.closed_at is None:
            at = due_at(over, alert.kind, zone, now, gathering.get(route_name))
            plan.new.append(_alert(ended, route_name, AlertPhase.OVER, now, at))
    return plan


def _gathering(told: Told) -> dict[str, datetime]:
    """By route, when the digest that is being gathered is due."""
    found: dict[str, datetime] = {}
    for (route, _), alert in told.items():
        if alert.state is AlertState.WAITING and not alert.attempts:
            found[route] = min(found.get(route, alert.due_at), alert.due_at)
    return found


def _ended(alert: Alert, now_known: Alertable | None, now: datetime) -> Alert | None:
    """The alert with the end of its incident; None: it is open."""
    if now_known is None:
        return alert.model_copy(update={"closed_at": max(now, alert.opened_at)})
    if now_known.closed_at is None:
        return None
    return alert.model_copy(update={"closed_at": now_known.closed_at, "why": now_known.why})


def _alert(one: Alertable, route: str, phase: AlertPhase, now: datetime, at: datetime) -> Alert:
    shared = {name: getattr(one, name) for name in Alertable.model_fields}
    return Alert(**shared, route=route, phase=phase, state=AlertState.WAITING, attempts=0, made_at=now, due_at=at)
