"""The words of a message. Values are foreign text: each stands on one line, without control characters, and cannot
make a link, a mention or markup in the channel that shows it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from schemas.runs.alert import Alert, AlertCounts, AlertPhase
from tasks.pure.alerts.routes import Templates
from tasks.pure.text.durations import told_duration
from tasks.pure.text.escaping import markdown, safe_line

TITLE_CHARS = 150
VALUE_CHARS = 600
BODY_CHARS = 3500
LISTED_AT_MOST = 20
MARKED = frozenset(
    {
        "discord",
        "guilded",
        "mmost",
        "mmosts",
        "msteams",
        "rocket",
        "rockets",
        "ryver",
        "webex",
        "workflow",
        "workflows",
    }
    | {"wxteams", "zulip"}
)
"""Schemes of channels that read Markdown in any text."""
_MENTION = re.compile(r"(?<!\w)@(?=\w)|(?<=<)(?=[!@#])")


class Message(NamedTuple):
    """Title and body, safe for their channel."""

    title: str
    body: str


def message_of(alerts: Sequence[Alert], templates: Templates, zone: ZoneInfo, scheme: str) -> Message:
    """One message for one alert or for several; `scheme` of the route's URL says which channel will show it. Times
    are of the zone."""
    if len(alerts) == 1:
        values = _values(alerts[0], zone, scheme)
        return _message(templates.title.format_map(values), _text(alerts[0], templates, values))
    shown = alerts[:LISTED_AT_MOST]
    parts = []
    for alert in shown:
        values = _values(alert, zone, scheme)
        parts.append(f"{templates.title.format_map(values)}\n{_text(alert, templates, values)}")
    if len(alerts) > len(shown):
        parts.append(f"and {len(alerts) - len(shown)} more: newsdesk alerts log")
    opened = sum(alert.phase is AlertPhase.OPENED and alert.closed_at is None for alert in alerts)
    return _message(f"newsdesk: {opened} open, {len(alerts) - opened} over", "\n\n".join(parts))


def trial_message(route: str) -> Message:
    """The message of `newsdesk alerts test`."""
    return Message(
        "newsdesk: a test", f"The route {safe_line(route)} works. Nothing is wrong, and nothing is to be done."
    )


def counts_sentence(counts: AlertCounts) -> str:
    """What a call of `newsdesk alerts send` did, in one line."""
    return (
        f"incidents: {counts.opened} opened, {counts.over} over; messages: {counts.sent} sent, "
        f"{counts.failed} failed, {counts.given_up} given up, {counts.waiting} waiting"
    )


def _text(alert: Alert, templates: Templates, values: dict[str, str]) -> str:
    if alert.phase is AlertPhase.OVER:
        return templates.over.format_map(values)
    return (templates.passed if alert.closed_at else templates.opened).format_map(values)


def _values(alert: Alert, zone: ZoneInfo, scheme: str) -> dict[str, str]:
    end = alert.closed_at
    plain = {
        "kind": alert.kind.value,
        "severity": alert.severity.value,
        "source": alert.source or "",
        "code": alert.code,
        "message": alert.message,
        "opened": _told(alert.opened_at, zone),
        "over": _told(end, zone) if end else "",
        "lasted": told_duration(end - alert.opened_at) if end else "",
        "why": f"({alert.why})" if alert.why else "",
        "route": alert.route,
    }
    return {name: channel_text(text, scheme) for name, text in plain.items()}


def _told(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M} {at.astimezone(zone).tzname()}"


def channel_text(text: str, scheme: str) -> str:
    """Foreign text for a channel: on one line, bounded, without control characters; a mention (`@everyone`) is
    broken by a space of no width, and what Markdown would read is escaped where the channel reads it."""
    line = safe_line(text)
    line = line if len(line) <= VALUE_CHARS else f"{line[: VALUE_CHARS - 1]}…"
    if scheme in MARKED:
        line = markdown(line)
    return _MENTION.sub(lambda found: f"{found[0]}\u200b", line)


def _message(title: str, body: str) -> Message:
    lines = [" ".join(line.split()) for line in body.splitlines()]
    text = "\n".join(lines).strip()
    return Message(safe_line(title)[:TITLE_CHARS], text if len(text) <= BODY_CHARS else f"{text[: BODY_CHARS - 1]}…")
