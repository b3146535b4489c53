"""The messages of alerts that wait, are being sent, or were sent: each is made once and sent by one process at a
time."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from schemas.runs.alert import Alert, AlertState
from warehouse.hot.sqlite import HotStore

FORGOTTEN = "(forgotten)"
"""What stands in place of a message."""
CLAIM_S = 180.0
"""A process that takes longer to send what it took has died: its messages are taken by another one."""
LOCKED = "alerts"


class AlertQueue:
    """Any thread of any process may use it. Raises as `HotState`."""

    def __init__(self, store: HotStore) -> None:
        self._store = store

    def make(self, alerts: Iterable[Alert]) -> int:
        """Add the messages that no process has added; returns how many."""
        with self._store.transaction("making alerts", LOCKED) as rows:
            return sum(bool(rows("insert_alert", **_values(alert))) for alert in alerts)

    def end(self, alerts: Iterable[Alert]) -> None:
        """Add to messages that wait that their incident is over."""
        with self._store.transaction("ending alerts", LOCKED) as rows:
            for alert in alerts:
                kept = _values(alert)
                names = ("route", "incident_id", "phase", "closed_at", "why")
                rows("end_waiting_alert", **{name: kept[name] for name in names})

    def claim(self, route: str, now: datetime) -> list[Alert]:
        """Take the messages of the route that are due, oldest first: no other process gets them, until `settle` or
        for three minutes."""
        at = now.timestamp()
        with self._store.transaction("taking alerts", LOCKED) as rows:
            found = [_alert(row) for row in rows("claim_alerts", route=route, now=at, until=at + CLAIM_S)]
        return sorted(found, key=lambda alert: (alert.made_at, alert.opened_at, alert.incident_id))

    def settle(self, alerts: Iterable[Alert]) -> None:
        """Write what became of messages that were taken: state, attempts, error, and when they are due again."""
        with self._store.transaction("settling alerts", LOCKED) as rows:
            for alert in alerts:
                kept = _values(alert)
                names = ("route", "incident_id", "phase", "state", "attempts", "error", "due_at", "ended_at")
                rows("settle_alert", **{name: kept[name] for name in names})

    def all(self) -> list[Alert]:
        """Every message that is kept, in the order in which they were made."""
        with self._store.reading() as rows:
            return [_alert(row) for row in rows("select_alerts", only_unrecorded=0)]

    def forget(self, words: Collection[str], sources: Collection[str]) -> int:
        """Empty the messages that have one of the words, or are of one of the sources; returns how many. No file
        then has what they told."""
        told = [alert for alert in self.all() if alert.message != FORGOTTEN and _tells(alert, words, sources)]
        if told:
            with self._store.transaction("emptying alerts", LOCKED) as rows:
                for alert in told:
                    rows("forget_alert", message=FORGOTTEN, **_key(alert))
            self._store.scrub()
        return len(told)

    def unrecorded(self) -> list[Alert]:
        """The messages that ended and that the warehouse does not have."""
        with self._store.reading() as rows:
            return [_alert(row) for row in rows("select_alerts", only_unrecorded=1)]

    def mark_recorded(self, alerts: Iterable[Alert], delete_before: datetime) -> None:
        """Note that the warehouse has these, and delete those that it has and that ended before."""
        with self._store.transaction("recording alerts", LOCKED) as rows:
            for alert in alerts:
                rows("mark_alert_recorded", **_key(alert))
            rows("delete_old_alerts", before=_text(delete_before))


def _tells(alert: Alert, words: Collection[str], sources: Collection[str]) -> bool:
    text = f"{alert.message}\n{alert.why or ''}\n{alert.error or ''}"
    return alert.source in sources or any(word in text for word in words)


def _key(alert: Alert) -> dict[str, str]:
    return {"route": alert.route, "incident_id": alert.incident_id, "phase": alert.phase.value}


def _values(alert: Alert) -> dict[str, Any]:
    values = {name: _text(value) for name, value in alert.model_dump().items()}
    return values | {"due_at": alert.due_at.timestamp()}


def _text(value: object) -> Any:
    """As the table has it: instants in one form, so that they sort as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, str) else value


COLUMNS = (
    *("route", "incident_id", "phase", "kind", "severity", "source", "code", "message", "opened_at", "closed_at"),
    *("why", "state", "attempts", "error", "made_at", "due_at", "ended_at"),
)


def _alert(row: Sequence[Any]) -> Alert:
    values = {name: value for name, value in zip(COLUMNS, row, strict=True) if value is not None}
    return Alert.model_validate(values | {"due_at": datetime.fromtimestamp(values["due_at"], UTC)})


def waiting(alerts: Iterable[Alert]) -> list[Alert]:
    """Those that are not sent and not given up."""
    return [alert for alert in alerts if alert.state in (AlertState.WAITING, AlertState.SENDING)]
