"""Gives messages to a service, in a process of its own: the one file that imports apprise.

It reads one order as JSON from standard input and answers on standard output. URLs hold secrets: they are in no
argument, which every user of a machine can read, and in no answer.
"""

import json
import logging
import sys
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor, as_completed
from difflib import get_close_matches
from typing import Any

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat, NotifyType, PersistentStoreMode
from apprise.manager_plugins import NotificationManager

TYPES = {"notice": NotifyType.INFO, "warning": NotifyType.WARNING, "over": NotifyType.SUCCESS}


class _Told(logging.Handler):
    """Keeps, by thread, what the library says of a failure; its own answer is only yes or no."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lines: dict[int | None, list[str]] = defaultdict(list)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self._lines[record.thread].append(record.getMessage())

    def taken(self) -> list[str]:
        """What this thread was told since the last call."""
        return self._lines.pop(threading.get_ident(), [])


def main() -> None:
    """The order is `{"NAME": {"url", "messages": [{"title", "body", "type"}]}}`. As soon as a route is done, one line
    `{"route", "fault", "errors"}` says what is wrong with its URL, and why each message was not taken (null: it was).
    Without messages the URL is only checked. Routes are served side by side: a dead server delays no other."""
    orders: dict[str, dict[str, Any]] = json.load(sys.stdin)
    told = _Told()
    library = logging.getLogger("apprise")
    library.addHandler(told)
    library.propagate = False
    NotificationManager().load_modules()  # type: ignore[no-untyped-call]  # the library types only a part of itself
    with ThreadPoolExecutor(max(1, len(orders))) as threads:
        for done in as_completed([threads.submit(_answered, name, order, told) for name, order in orders.items()]):
            print(json.dumps(done.result()), flush=True)


def _answered(name: str, order: dict[str, Any], told: _Told) -> dict[str, Any]:
    service = _service(order["url"])
    if isinstance(service, str):
        return {"route": name, "fault": service, "errors": []}
    return {"route": name, "fault": None, "errors": _given(service, order["messages"], told)}


def _service(url: str) -> NotifyBase | str:
    """The service of the URL, or what is wrong with it, without a part of it but the scheme."""
    asset = AppriseAsset(
        app_id="Newsdesk",
        app_desc="Newsdesk",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        storage_mode=PersistentStoreMode.MEMORY,
    )
    service = Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    if service is None:
        return _fault(url.partition("://")[0].lower())
    if service.notify_format == NotifyFormat.MARKDOWN or url.startswith(("mailto:", "mailtos:")):
        service.notify_format = NotifyFormat.TEXT
    return service


def _fault(scheme: str) -> str:
    known = NotificationManager()  # type: ignore[no-untyped-call]  # the library types only a part of itself
    schemes = sorted(known.schemas())  # type: ignore[no-untyped-call]  # as above
    if scheme not in schemes:
        close = get_close_matches(scheme, schemes, n=1, cutoff=0.6)
        hint = (
            f"did you mean {close[0]}://?" if close else "mailto, ntfy, slack, matrix and json are among those known"
        )
        return f"no service has the scheme {scheme!r}; {hint}"
    plugin = known[scheme]
    form = next(iter(plugin.templates), "").replace("{schema}", scheme)
    return f"it is no address of {plugin.service_name}: write it as {form}"


def _given(service: NotifyBase, messages: list[dict[str, str]], told: _Told) -> list[str | None]:
    """Why each was not taken. After the first that was not, the others are not tried: the server is down."""
    errors: list[str | None] = []
    for message in messages:
        if errors and errors[-1] is not None:
            errors.append(errors[-1])
            continue
        told.taken()
        bundle = Apprise(asset=service.asset)
        bundle.add(service)
        is_taken = bundle.notify(
            body=message["body"],
            title=message["title"],
            notify_type=TYPES[message["type"]],
            body_format=NotifyFormat.TEXT,
        )
        errors.append(None if is_taken else "; ".join(told.taken()[-2:]) or "the service did not take it")
    return errors


if __name__ == "__main__":
    main()
