"""`newsdesk alerts`: the routes of alerts.toml, a test of each, what was sent, and sending what is due."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, print_models, tell
from flows.cli.session import settings_here
from flows.cli.tables import IsRecord, IsWide, TableLayout
from schemas.errors import SettingsError
from schemas.runs.alert import Alert, AlertState, Delivery, RouteLine
from tasks.pure.alerts.messages import counts_sentence
from tasks.pure.alerts.routes import Route

app = typer.Typer(help="Tell people of findings, and of runs that failed, crashed or did not come.")
OF_ROUTE = ("route", "service", "what", "severity", "sources", "quiet", "digest", "waiting", "last_sent_at")
OF_ALERT = ("made_at", "route", "phase", "state", "severity", "source", "code", "attempts", "error", "message")


@app.command("test")
def try_routes(
    route: Annotated[list[str] | None, typer.Argument(help="Names of routes; none: all of them.")] = None,
    as_json: AsJson = False,
) -> None:
    """Send a test message over each route, whatever its quiet hours; exit code 3 if one was not taken."""
    from tasks.alerts.alerts_file import need_alerts
    from tasks.alerts.deliver import Order, deliver
    from tasks.pure.alerts.messages import trial_message

    settings = settings_here()
    setup = need_alerts(settings, os.environ)
    for name in route or ():
        setup.check_route(name)
    names = route or list(setup.file.routes)
    orders = {name: Order(setup.address(name, os.environ), [(trial_message(name), "notice")]) for name in names}
    answers = {name: answer[0] for name, answer in deliver(orders, settings).items()}
    if as_json:
        print_json([{"route": name, **answer.model_dump()} for name, answer in answers.items()])
    else:
        print("\n".join(_tested(name, answer) for name, answer in answers.items()))
    if not all(answer.is_sent for answer in answers.values()):
        raise typer.Exit(3)


def _tested(name: str, answer: Delivery) -> str:
    return f"{name}: sent" if answer.is_sent else f"{name}: not sent: {answer.error}"


@app.command("list")
def list_routes(as_json: AsJson = False, is_wide: IsWide = False, is_record: IsRecord = False) -> None:
    """List the routes, and what waits for each; every URL is checked, and none is shown. Nothing is sent."""
    from tasks.alerts.alerts_file import need_alerts
    from tasks.alerts.deliver import url_faults
    from tasks.pure.alerts.routes import scheme_of

    settings = settings_here()
    setup = need_alerts(settings, os.environ)
    addresses = {name: setup.address(name, os.environ) for name in setup.file.routes}
    if faults := url_faults(addresses, settings):
        raise SettingsError(
            "\n".join(f"{setup.place(name)}: routes.{name}.url: {fault}" for name, fault in sorted(faults.items()))
        )
    kept = _kept()
    lines = [
        _route_line(name, setup.file.routes[name], scheme_of(address.url), [one for one in kept if one.route == name])
        for name, address in addresses.items()
    ]
    if as_json:
        print_json([line.model_dump(mode="json") for line in lines])
    else:
        print_models(f"routes of {setup.path}", lines, OF_ROUTE, TableLayout.of(is_wide, is_record))


def _route_line(name: str, route: Route, service: str, own: Sequence[Alert]) -> RouteLine:
    sent = [alert.ended_at for alert in own if alert.state is AlertState.SENT and alert.ended_at]
    failed = [alert.error for alert in own if alert.error]
    return RouteLine(
        route=name,
        service=service,
        what=route.what,
        severity=route.severity,
        sources=route.sources,
        quiet=route.quiet,
        digest=route.digest,
        waiting=sum(alert.state in (AlertState.WAITING, AlertState.SENDING) for alert in own),
        last_sent_at=max(sent) if sent else None,
        last_error=failed[-1] if failed else None,
    )


@app.command("log")
def log(
    limit: Annotated[int, typer.Option("--limit", help="Messages, the latest first.", min=1)] = 30,
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Show the messages that wait, were sent or were given up, the latest first. Those that ended are rows of
    ops.alerts, too."""
    found = sorted(_kept(), key=lambda alert: alert.made_at, reverse=True)[:limit]
    if as_json:
        print_json([alert.model_dump(mode="json") for alert in found])
    else:
        print_models("messages, latest first", found, OF_ALERT, TableLayout.of(is_wide, is_record))


@app.command("send")
def send(as_json: AsJson = False) -> None:
    """Make a message of each incident that opened or is over, and send what is due: what a schedule without Prefect
    calls. Exit code 3 if a server did not take its message, which is tried again later."""
    from tasks.alerts.alerts_file import need_alerts
    from tasks.alerts.send import send_alerts

    settings = settings_here()
    counts = send_alerts(settings, need_alerts(settings, os.environ), lambda: datetime.now(UTC))
    if as_json:
        print_json(counts.model_dump())
    else:
        print(counts_sentence(counts))
    if counts.failed or counts.given_up:
        tell("see why: `newsdesk alerts log`")
        raise typer.Exit(3)


def _kept() -> Sequence[Alert]:
    """Every message that the hot state keeps; none before the first run."""
    from warehouse.lookups.alerts import kept_alerts

    return kept_alerts(settings_here())
