"""WebSub: what a subscriber says to a hub, and what it believes of what the hub says (W3C, 2018)."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from urllib.parse import parse_qs

Mode = Literal["subscribe", "unsubscribe"]
LEASE = timedelta(days=10)
"""What is asked for; the hub decides (5.1)."""
LEASE_AT_MOST = timedelta(days=365)
RENEWED_AFTER = 0.8
"""Share of a lease after which to ask again: a hub that is down for a while then costs nothing."""
METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
"""Of signatures (8)."""


class Subscription(NamedTuple):
    """One feed (`topic`) at its hub. `callback` and `secret` belong to this subscription alone."""

    topic: str
    callback: str
    secret: str


class Confirmed(NamedTuple):
    """The hub asks whether we meant it: answer with `challenge`. `ends_at` is when the lease ends (UTC);
    None after an unsubscription."""

    challenge: str
    ends_at: datetime | None


class Denied(NamedTuple):
    """The hub will not serve the subscription, or asks for something that we did not."""

    reason: str


def subscription_of(topic: str, base: str, master: str) -> Subscription:
    """The subscription of a topic: a callback below `base` that nobody can guess, and a secret, both made
    from `master`, so that nothing has to be stored to recognise what comes in."""
    name = _derived(master, f"callback {topic}")[:40]
    return Subscription(topic, f"{base.rstrip('/')}/{name}", _derived(master, f"secret {topic}"))


def request_form(subscription: Subscription, mode: Mode = "subscribe") -> dict[str, str]:
    """The fields to POST to the hub (5.1)."""
    form = {"hub.callback": subscription.callback, "hub.mode": mode, "hub.topic": subscription.topic}
    if mode == "unsubscribe":
        return form
    return form | {"hub.lease_seconds": f"{LEASE.total_seconds():.0f}", "hub.secret": subscription.secret}


def confirmation(query: str, subscription: Subscription, mode: Mode, now: datetime) -> Confirmed | Denied:
    """What to make of the hub's GET on the callback (5.3): only what was asked for is confirmed; all else
    is answered with 404."""
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
    """When to ask for the next lease."""
    return granted_at + (ends_at - granted_at) * RENEWED_AFTER


def is_authentic(headers: Mapping[str, str], body: bytes, subscription: Subscription) -> bool:
    """Whether a push is the hub's: its `X-Hub-Signature` fits body and secret. Unsigned ones and unknown
    methods are not. Compared in constant time. A push that is not is acknowledged and thrown away (8)."""
    said = next((value for name, value in headers.items() if name.lower() == "x-hub-signature"), "")
    method, _, digest = said.strip().partition("=")
    if method.lower() not in METHODS:
        return False
    own = hmac.new(subscription.secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(own.encode(), digest.strip().lower().encode())


def _derived(master: str, purpose: str) -> str:
    return hmac.new(master.encode(), purpose.encode(), "sha256").hexdigest()
