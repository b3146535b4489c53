"""Gives messages to the server of a route, within a bounded time, and checks the URLs of routes."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from schemas.runs.alert import Delivery
from schemas.settings import Settings
from tasks.pure.alerts.messages import Message
from tasks.pure.alerts.secrets import Expanded

DELIVERY_S = 60.0
"""Within which servers must have taken what is due, however slowly they answer."""
CHILD = (sys.executable, "-P", "-m", "tasks.alerts.apprise_process")
ERROR_CHARS = 300


class Order(NamedTuple):
    """What to give to the server of a route: messages, each with its type (`notice`, `warning` or `over`)."""

    address: Expanded
    messages: Sequence[tuple[Message, str]] = ()


def deliver(orders: Mapping[str, Order], settings: Settings) -> dict[str, list[Delivery]]:
    """Give the messages of each route to its server, side by side; by route, one answer for each message. A server
    that has not answered within a minute has not taken them."""
    answers, silence = _asked(orders, settings)
    return {name: _deliveries(order, answers.get(name), silence) for name, order in orders.items()}


def _deliveries(order: Order, answer: dict[str, Any] | None, silence: str) -> list[Delivery]:
    if answer is None:
        return [Delivery(is_sent=False, error=order.address.blotted(silence)[:ERROR_CHARS])] * len(order.messages)
    errors: list[str | None] = [answer["fault"]] * len(order.messages) if answer["fault"] else answer["errors"]
    told = [error and order.address.blotted(error)[:ERROR_CHARS] for error in errors]
    return [Delivery(is_sent=error is None, error=error) for error in told]


def url_faults(addresses: Mapping[str, Expanded], settings: Settings) -> dict[str, str]:
    """By route, what is wrong with its URL; routes whose URL a service takes are left out. Nothing is sent."""
    answers, _ = _asked({name: Order(address) for name, address in addresses.items()}, settings)
    return {name: answer["fault"] for name, answer in answers.items() if answer["fault"]}


def _asked(orders: Mapping[str, Order], settings: Settings) -> tuple[dict[str, dict[str, Any]], str]:
    """The answers of the process, by route, and why there is no other: its time was over, or it broke down."""
    silence = f"no answer within {DELIVERY_S:.0f} s"
    given = {
        name: {
            "url": order.address.url,
            "messages": [{"title": each.title, "body": each.body, "type": kind} for each, kind in order.messages],
        }
        for name, order in orders.items()
    }
    try:
        done = subprocess.run(
            CHILD,
            input=json.dumps(given).encode(),
            env=child_environment(os.environ, settings),
            cwd="/",  # A Prefect worker deletes the folder of a run that ended, and a process in it cannot go on.
            capture_output=True,
            timeout=DELIVERY_S,
        )
        said = done.stdout
        last = (done.stderr.decode("utf-8", "replace").strip().splitlines() or [""])[-1]
        silence = f"the process that sends ended with {done.returncode}: {last}"
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
    answers = [json.loads(line) for line in said.splitlines(keepends=True) if line.endswith(b"\n")]
    return {answer["route"]: answer for answer in answers}, silence


def child_environment(environment: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """The environment of what sends: proxy and CAs are those of the settings, whatever the environment says, as for
    requests to publishers."""
    kept = {name: value for name, value in environment.items() if not name.lower().endswith("_proxy")}
    if settings.proxy:
        kept |= {"HTTP_PROXY": settings.proxy, "HTTPS_PROXY": settings.proxy}
    else:
        kept["NO_PROXY"] = "*"
    if settings.ca_file:
        ca_file = str(Path(settings.ca_file).absolute())
        kept |= {"REQUESTS_CA_BUNDLE": ca_file, "SSL_CERT_FILE": ca_file}
    return kept
