"""WebSub: requests to a hub, and checks of the hub's answers and pushes."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from tasks.pure.feeds.websub import (
    LEASE_AT_MOST,
    Confirmed,
    Denied,
    confirmation,
    is_authentic,
    renew_at,
    request_form,
    subscription_of,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOPIC = "https://paper.example/feed?a=1&b=2"
OURS = subscription_of(TOPIC, "https://desk.example/push/", "a master secret")
ASKED = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "c9", "hub.lease_seconds": "864000"}
BODY = b"<rss/>"


def signature(method: str, body: bytes = BODY, secret: str = OURS.secret) -> dict[str, str]:
    return {"X-Hub-Signature": f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"}


def test_a_subscription_says_topic_callback_secret_and_lease() -> None:
    assert request_form(OURS) == {
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.callback": OURS.callback,
        "hub.secret": OURS.secret,
        "hub.lease_seconds": "864000",
    }


def test_an_unsubscription_carries_no_secret() -> None:
    assert set(request_form(OURS, "unsubscribe")) == {"hub.mode", "hub.topic", "hub.callback"}


def test_callback_and_secret_are_made_again_from_the_master_and_differ_by_topic() -> None:
    other = subscription_of(f"{TOPIC}&c=3", "https://desk.example/push", "a master secret")

    assert subscription_of(TOPIC, "https://desk.example/push", "a master secret") == OURS
    assert OURS.callback.startswith("https://desk.example/push/")
    assert len({OURS.secret, other.secret, OURS.callback, other.callback}) == 4
    assert len(OURS.secret.encode()) < 200


def test_our_request_is_confirmed_until_the_lease_ends() -> None:
    assert confirmation(urlencode(ASKED), OURS, "subscribe", NOW) == Confirmed("c9", NOW + timedelta(days=10))


def test_a_lease_is_not_believed_for_ever() -> None:
    query = urlencode(ASKED | {"hub.lease_seconds": "9999999999"})

    assert confirmation(query, OURS, "subscribe", NOW) == Confirmed("c9", NOW + LEASE_AT_MOST)


def test_an_unsubscription_is_confirmed_without_a_lease() -> None:
    query = urlencode({"hub.mode": "unsubscribe", "hub.topic": TOPIC, "hub.challenge": "c9"})

    assert confirmation(query, OURS, "unsubscribe", NOW) == Confirmed("c9", None)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"hub.topic": "https://paper.example/other"}, "another topic"),
        ({"hub.mode": "unsubscribe"}, "not what was asked for"),
        ({"hub.mode": "denied", "hub.reason": "no"}, "the hub denies it: no"),
        ({"hub.challenge": ""}, "not what was asked for"),
        ({"hub.lease_seconds": ""}, "no lease"),
        ({"hub.lease_seconds": "-5"}, "no lease"),
        ({"hub.lease_seconds": "٥"}, "no lease"),
    ],
)
def test_a_request_that_we_did_not_make_is_denied(changes: dict[str, str], reason: str) -> None:
    assert confirmation(urlencode(ASKED | changes), OURS, "subscribe", NOW) == Denied(reason)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_push_that_the_hub_signed_is_authentic(method: str) -> None:
    assert is_authentic(signature(method), BODY, OURS)
    assert is_authentic({"x-hub-signature": signature(method)["X-Hub-Signature"].upper()}, BODY, OURS)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature": ""},
        {"X-Hub-Signature": "sha256="},
        {"X-Hub-Signature": f"md5={hashlib.md5(BODY).hexdigest()}"},
        {"X-Hub-Signature": f"sha256={hashlib.sha256(BODY).hexdigest()}"},
        {"X-Hub-Signature": "sha256=é"},
        signature("sha256", body=b"<rss>forged</rss>"),
        signature("sha256", secret="guessed"),
    ],
)
def test_any_other_push_is_not(headers: dict[str, str]) -> None:
    assert not is_authentic(headers, BODY, OURS)


def test_a_lease_is_renewed_before_it_ends() -> None:
    assert renew_at(NOW, NOW + timedelta(days=10)) == NOW + timedelta(days=8)
