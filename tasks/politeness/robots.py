"""What a response to a request for robots.txt allows, and for how long (RFC 9309)."""

from schemas.items.outcome import Reason, Refusal
from tasks.pure.http.robots import READ_BYTES, Rules, is_page, read_robots
from tasks.web.client import Exchange
from warehouse.hot.state import RobotsEntry

FRESH_S = 24 * 3600.0
"""RFC 9309, 2.4."""
FAILED_S = 600.0
"""Lifetime of a failure: a dead host costs one request, not one for each URL."""
BLOCKED = frozenset({Reason.BLOCKED_ADDRESS, Reason.BLOCKED_PORT, Reason.BLOCKED_SCHEME})
UNREACHED = frozenset({Reason.TIMEOUT_CONNECT, Reason.DNS_ERROR})
HOST_REASONS = BLOCKED | UNREACHED | {Reason.TLS_ERROR}
"""Failures of a host as a whole: its other URLs would fail for the same reason, so the reason is kept."""
RUN_REASONS = frozenset({Reason.RATE_LIMITED, Reason.INTERRUPTED})
"""Without a sent request these reasons are our own, not the host's."""
NONE_THERE = frozenset({Reason.EMPTY_BODY, Reason.REDIRECT_LIMIT, Reason.REDIRECT_LOOP})
"""No rules: after too many redirects the file counts as unavailable (RFC 9309, 2.3.1.2)."""


def entry_of(exchange: Exchange, now: float) -> RobotsEntry:
    """The entry to store after a request at `now` (epoch seconds). Rules and their absence (4xx) hold for a day; a
    server error disallows everything for ten minutes, or until the time in Retry-After."""
    if exchange.reason is Reason.OK and is_page(exchange.body):
        return RobotsEntry(now, now + FRESH_S, "allow", detail="a page of markup, no rules")
    if exchange.reason is Reason.OK:
        return RobotsEntry(now, now + FRESH_S, "rules", exchange.body[: READ_BYTES + 1])
    is_absent = exchange.reason in (Reason.HTTP_ERROR, Reason.CHALLENGE_PAGE) and 400 <= (exchange.status or 0) < 500
    if is_absent or exchange.reason in NONE_THERE:
        return RobotsEntry(now, now + FRESH_S, "allow", detail=f"{exchange.reason} {exchange.status}")
    until = exchange.not_before.timestamp() if exchange.not_before else now + FAILED_S
    keeps_name = exchange.reason in HOST_REASONS or (exchange.reason in RUN_REASONS and not exchange.request_headers)
    reason = exchange.reason if keeps_name else Reason.ROBOTS_UNREACHABLE
    return RobotsEntry(now, until, "deny", reason=reason, detail=f"robots.txt: {exchange.reason}: {exchange.detail}")


def policy_entry(exchange: Exchange, now: float) -> RobotsEntry:
    """The entry of another file of a host that says what its publisher reserves: whatever came of the request at
    `now` holds for a day."""
    body = exchange.body[:READ_BYTES] if exchange.reason is Reason.OK else b""
    return RobotsEntry(now, now + FRESH_S, "rules" if body else "allow", body, detail=exchange.reason)


def is_worth_keeping(exchange: Exchange) -> bool:
    """Whether a request was sent: our own refusals say nothing about the host."""
    return bool(exchange.request_headers or exchange.hops)


def rules_of(entry: RobotsEntry) -> Rules:
    """The rules that an entry holds; none where all is allowed."""
    return read_robots(entry.body)


def refusal_of(entry: RobotsEntry, rules: Rules, url: str, agent: str) -> Refusal | None:
    """Why `agent` may not request the URL; None: it may."""
    if entry.kind == "deny":
        return Refusal(reason=entry.reason or Reason.ROBOTS_UNREACHABLE, detail=entry.detail)
    return None if rules.allows(url, agent) else Refusal(reason=Reason.ROBOTS_DENIED)
