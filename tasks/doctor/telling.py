"""Examines alerts: whether the routes are right, and whether their servers take the messages."""

from collections.abc import Mapping

from schemas.runs.alert import AlertState
from schemas.runs.doctor import ExaminedPart
from schemas.settings import Settings
from tasks.alerts.alerts_file import read_alerts
from tasks.alerts.deliver import url_faults
from tasks.doctor.parts import fine, warning, wrong
from warehouse.lookups.alerts import kept_alerts

ALERTS = "alerts"


def examine_alerts(settings: Settings, environment: Mapping[str, str]) -> ExaminedPart:
    """The file of routes with its URLs, and the messages that no server took. Nothing is sent. Raises
    `SettingsError` for a wrong file."""
    setup = read_alerts(settings, environment)
    if setup is None or not setup.file.routes:
        return fine(ALERTS, "no route in an alerts.toml: nobody is told of failures")
    names = ", ".join(setup.file.routes)
    addresses = {name: setup.address(name, environment) for name in setup.file.routes}
    if faults := url_faults(addresses, settings):
        told = "; ".join(f"{setup.place(name)}: {fault}" for name, fault in sorted(faults.items()))
        return wrong(ALERTS, told, "correct the url of the route")
    kept = kept_alerts(settings)
    failed = [one for one in kept if one.error and one.state in (AlertState.WAITING, AlertState.GIVEN_UP)]
    if failed:
        last = failed[-1]
        told = f"{len(failed)} messages were not taken, the last by route {last.route!r}: {last.error}"
        return warning(ALERTS, told, "try the route: `newsdesk alerts test`")
    sent = sum(one.state is AlertState.SENT for one in kept)
    return fine(ALERTS, f"routes {names}: {sent} messages sent, {len(kept) - sent} waiting")
