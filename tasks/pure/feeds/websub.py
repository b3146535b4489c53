"""WebSub (W3C, 2018): requests to a hub, and checks of the requests that the hub sends back.

Newsdesk only sends requests. `confirmation`, `renew_at` and `is_authentic` are for a callback endpoint of your own
(docs/how-to/subscribe-by-websub.md).
"""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from urllib.parse import parse_qs

Mode = Literal["subscribe", "unsubscribe"]
LEASE = timedelta(days=10)
"""The lease to ask for; the hub may grant another (section 5.1)."""
LEASE_AT_MOST = timedelta(days=365)
RENEWED_AFTER = 0.8
"""Share of a lease after which to renew it: enough time stays to try again if the hub is down."""
METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
"""Hash functions that a signature may use (section 8)."""


class Subscription(NamedTuple):
    """A subscription to one feed (`topic`). No other subscription has its `callback` URL or its `secret`."""

    topic: str
    callback: str
    secret: str


class Confirmed(NamedTuple):
    """The hub repeats our request: answer with `challenge` to confirm it. `ends_at` is the end of the lease,
    in the time zone of `now`; None for an unsubscription."""

    challenge: str
    ends_at: datetime | None


class Denied(NamedTuple):
    """The hub refuses the subscription, or names a request that we did not make."""

    reason: str


def subscription_of(topic: str, base: str, master: str) -> Subscription:
    """The subscription of a topic: a callback URL below `base` that nobody can guess, and a secret. Both are
    derived from the secret `master` (HMAC-SHA256), so nothing has to be stored to recognise a push."""
    name = _derived(master, f"callback {topic}")[:40]
    return Subscription(topic, f"{base.rstrip('/')}/{name}", _derived(master, f"secret {topic}"))


def request_form(subscription: Subscription, mode: Mode = "subscribe") -> dict[str, str]:
    """The form fields to POST to the hub (section 5.1)."""
    form = {"hub.callback": subscription.callback, "hub.mode": mode, "hub.topic": subscription.topic}
    if mode == "unsubscribe":
        return form
    return form | {"hub.lease_seconds": f"{LEASE.total_seconds():.0f}", "hub.secret": subscription.secret}


def confirmation(query: str, subscription: Subscription, mode: Mode, now: datetime) -> Confirmed | Denied:
    """Checks the hub's GET on the callback (section 5.3), for a callback endpoint of your own; `query` is its
    query string, `mode` the request that we made, `now` the current time. Answer Confirmed with status 200 and the
    challenge as body, Denied with 404. A lease longer than 365 days is cut to that."""
    said = {name: values[0] for name, values in parse_qs(query, max_num_fields=20).items()}
    if said.get("hub.topic") != subscription.topic:
        return Denied("another topic")
    if said.get("hub.mode") == "denied":
        return Denied(f"the hub denies it: {said.get('hub.reason', 'no reason')[:200]}")
    if said.get("hub.mode") != mode or not said.get("hub.challenge"):
        return Denied("not what was asked for")
    if mode == "unsubscribe":
        return Confirmed(said["hub.challenge"], None)
    seconds = said.get("hub.lease_seconds", "")
    if not (seconds.isascii() and seconds.isdigit() and 0 < len(seconds) <= 10):
        return Denied("no lease")
    return Confirmed(said["hub.challenge"], now + min(timedelta(seconds=int(seconds)), LEASE_AT_MOST))


def renew_at(granted_at: datetime, ends_at: datetime) -> datetime:
    """When to ask for the next lease, for a callback endpoint of your own: after 80 % of this one."""
    return granted_at + (ends_at - granted_at) * RENEWED_AFTER


def is_authentic(headers: Mapping[str, str], body: bytes, subscription: Subscription) -> bool:
    """Whether the hub signed this push, for a callback endpoint of your own: its `X-Hub-Signature` is the HMAC
    of the body with our secret. False without a signature or with an unknown hash function. Compares in constant
    time. Answer a push that is not authentic with 2xx and ignore it (section 8)."""
    said = next((value for name, value in headers.items() if name.lower() == "x-hub-signature"), "")
    method, _, digest = said.strip().partition("=")
    if method.lower() not in METHODS:
        return False
    own = hmac.new(subscription.secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(own.encode(), digest.strip().lower().encode())


def _derived(master: str, purpose: str) -> str:
    return hmac.new(master.encode(), purpose.encode(), "sha256").hexdigest()
