"""Makes messages of the incidents, sends those that are due, and records what became of them."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta

from schemas.errors import NewsdeskError, SettingsError
from schemas.items.finding import Severity
from schemas.runs.alert import Alert, Alertable, AlertCounts, AlertKind, AlertPhase, AlertState, Delivery
from schemas.settings import Settings
from tasks.alerts.alerts_file import AlertsSetup
from tasks.alerts.deliver import Order, deliver
from tasks.alerts.watched_searches import search_incidents
from tasks.pure.alerts.messages import message_of
from tasks.pure.alerts.plan import planned_alerts
from tasks.pure.alerts.routes import scheme_of
from tasks.pure.alerts.run_incidents import run_incidents
from tasks.pure.alerts.times import next_try, quiet_end
from tasks.upkeep.open_warehouse import open_migrated
from tasks.upkeep.runs_under_way import runs_under_way
from warehouse.database.address import Address
from warehouse.hot.alerts import AlertQueue
from warehouse.hot.state import open_hot
from warehouse.load.alerts import load_alerts
from warehouse.reader.alerts import AlertFacts, alert_facts

KEPT = timedelta(days=90)
"""For so long a message is remembered; an incident that is open longer is told again."""
SINGLE_AT_MOST = 5
"""More messages that are due at once for a route become one: nobody reads two hundred mails of one lost network."""
PAUSE_S = 5.0
Clock = Callable[[], datetime]


def send_alerts(settings: Settings, setup: AlertsSetup, clock: Clock, patience_s: float = 0.0) -> AlertCounts:
    """Make a message of each incident that opened or is over, and send those that are due, each once, whichever
    process comes first. What a server does not take is tried again: here while `patience_s` lasts, later by the next
    call. Raises `NewsdeskError` where the hot state cannot be written."""
    began = time.monotonic()
    with closing(open_hot(settings)) as hot:
        opened, over = _make(settings, setup, hot.alerts, clock())
        total = AlertCounts(opened=opened, over=over)
        while True:
            ended, failed = _send_due(settings, setup, hot.alerts, clock())
            total = _added(total, ended, failed)
            again = [alert for alert in hot.alerts.all() if alert.state is AlertState.WAITING and alert.attempts]
            left_s = patience_s - (time.monotonic() - began)
            if not any((alert.due_at - clock()).total_seconds() < left_s for alert in again):
                break
            time.sleep(PAUSE_S)
        _record(settings, hot.alerts, clock())
        waiting = sum(alert.state is AlertState.WAITING for alert in hot.alerts.all())
    return total.model_copy(update={"waiting": waiting})


def _make(settings: Settings, setup: AlertsSetup, queue: AlertQueue, now: datetime) -> tuple[int, int]:
    """Make the messages that are missing; returns how many tell that an incident opened, and that one is over."""
    kept = queue.all()
    facts = _facts(settings, now)
    recorded = facts.told if isinstance(facts, AlertFacts) else ()
    told = {(one.route, one.incident_id): one for one in (*recorded, *kept) if one.phase is AlertPhase.OPENED}
    over_told = {(one.route, one.incident_id) for one in (*recorded, *kept) if one.phase is AlertPhase.OVER}
    if isinstance(facts, AlertFacts):
        incidents = [*facts.incidents, *_of_runs(settings, setup, facts, now), *search_incidents(settings, now)]
    else:
        incidents = [*(_as_open(one) for one in told.values()), _unreadable(facts, now)]
    plan = planned_alerts(setup.file, incidents, told, frozenset(over_told), setup.zone, now)
    queue.end(plan.passed)
    made = {phase: queue.make(one for one in plan.new if one.phase is phase) for phase in AlertPhase}
    return made[AlertPhase.OPENED], made[AlertPhase.OVER]


def _facts(settings: Settings, now: datetime) -> AlertFacts | NewsdeskError:
    if not settings.reader_path.is_file():
        return AlertFacts((), (), ())
    try:
        return alert_facts(settings.reader_path, now - KEPT)
    except NewsdeskError as error:
        return error


def _of_runs(settings: Settings, setup: AlertsSetup, facts: AlertFacts, now: datetime) -> list[Alertable]:
    lives = runs_under_way(settings)
    return run_incidents(facts.flows, lives, setup.file.missing, setup.written_at, now)


def _as_open(alert: Alert) -> Alertable:
    """The incident of a message, which counts as open while nothing can be read of it."""
    values = {name: getattr(alert, name) for name in Alertable.model_fields}
    return Alertable.model_validate(values | {"closed_at": None, "why": None})


def _unreadable(error: NewsdeskError, now: datetime) -> Alertable:
    return Alertable(
        incident_id=f"reader file {now:%Y-%m-%d}",
        kind=AlertKind.MISSING,
        severity=Severity.WARNING,
        code="reader_file",
        message=f"nothing can be read of the home: {error}",
        opened_at=now,
    )


def _send_due(settings: Settings, setup: AlertsSetup, queue: AlertQueue, now: datetime) -> tuple[list[Alert], int]:
    """The messages that were taken up and have a new state, and how many deliveries failed."""
    due: dict[str, list[Alert]] = {}
    settled: list[Alert] = []
    for name, route in setup.file.routes.items():
        until = quiet_end(route, setup.zone, now)
        for one in queue.claim(name, now):
            if until > now and one.kind not in route.urgent:
                settled.append(one.model_copy(update={"state": AlertState.WAITING, "due_at": until}))
            else:
                due.setdefault(name, []).append(one)
    for name, answers in _delivered(settings, setup, due).items():
        settled += [_settled(one, answer, now) for one, answer in zip(due[name], answers, strict=True)]
    queue.settle(settled)
    failed = sum(one.state is AlertState.WAITING and one.due_at > now and one.error is not None for one in settled)
    return settled, failed


def _delivered(
    settings: Settings, setup: AlertsSetup, due: Mapping[str, Sequence[Alert]]
) -> dict[str, Sequence[Delivery]]:
    """By route, what its server said to each alert; those that went in one message have one answer."""
    orders: dict[str, Order] = {}
    answers: dict[str, Sequence[Delivery]] = {}
    for name, alerts in due.items():
        try:
            address = setup.address(name, os.environ)
        except SettingsError as error:
            answers[name] = [Delivery(is_sent=False, error=str(error))] * len(alerts)
            continue
        is_one = setup.file.routes[name].digest is not None or len(alerts) > SINGLE_AT_MOST
        bundles = [alerts] if is_one else [[alert] for alert in alerts]
        scheme = scheme_of(address.url)
        written = [(message_of(each, setup.file.templates, setup.zone, scheme), _type(each)) for each in bundles]
        orders[name] = Order(address, written)
    for name, said in (deliver(orders, settings) if orders else {}).items():
        answers[name] = said if len(said) == len(due[name]) else said * len(due[name])
    return answers


def _type(alerts: Sequence[Alert]) -> str:
    opened = [alert for alert in alerts if alert.phase is AlertPhase.OPENED and alert.closed_at is None]
    if not opened:
        return "over"
    return "warning" if any(alert.severity is Severity.WARNING for alert in opened) else "notice"


def _settled(alert: Alert, answer: Delivery, now: datetime) -> Alert:
    attempts = alert.attempts + 1
    if answer.is_sent:
        changes = {"state": AlertState.SENT, "attempts": attempts, "error": None, "ended_at": now}
        return alert.model_copy(update=changes)
    again = next_try(attempts, now)
    if again is None:
        changes = {"state": AlertState.GIVEN_UP, "attempts": attempts, "error": answer.error, "ended_at": now}
        return alert.model_copy(update=changes)
    changes = {"state": AlertState.WAITING, "attempts": attempts, "error": answer.error, "due_at": again}
    return alert.model_copy(update=changes)


def _record(settings: Settings, queue: AlertQueue, now: datetime) -> None:
    """Bring what ended into ops.alerts. A warehouse that cannot be written now has it from the next call."""
    ended = queue.unrecorded()
    if not ended or not Address.parse(settings.warehouse_url).is_there():
        return
    try:
        with open_migrated(settings, now) as warehouse:
            load_alerts(warehouse, ended)
    except NewsdeskError:
        return
    queue.mark_recorded(ended, now - KEPT)


def _added(total: AlertCounts, ended: Sequence[Alert], failed: int) -> AlertCounts:
    return total.model_copy(
        update={
            "sent": total.sent + sum(alert.state is AlertState.SENT for alert in ended),
            "given_up": total.given_up + sum(alert.state is AlertState.GIVEN_UP for alert in ended),
            "failed": total.failed + failed,
        }
    )
