"""Statuses: what the status line of an answer means for the fetch that asked."""

from schemas.items.outcome import Reason, Refusal

REDIRECTS = frozenset({301, 302, 303, 307, 308})
SLOW_DOWN = frozenset({429, 999})
"""999 is LinkedIn's and Yahoo's way to say 429."""


def judged(status: int, has_validators: bool, has_pause: bool, is_range: bool = False) -> Refusal | None:
    """How a fetch ends that got a final answer; None: its body decides. `has_validators`: the request
    was conditional; `has_pause`: the answer names a time to come back (Retry-After);
    `is_range`: the request asked for a part of the file."""
    if status in SLOW_DOWN or (status == 503 and has_pause):
        return _refusal(Reason.RATE_LIMITED, status)
    if 400 <= status < 600:
        return _refusal(Reason.HTTP_ERROR, status)
    if status in (204, 205):
        return _refusal(Reason.EMPTY_BODY, status)
    if status == 206 and not is_range:
        return Refusal(reason=Reason.INCOMPLETE_BODY, detail="206, though no range was asked for")
    if 200 <= status < 300:
        return None
    if status == 304 and has_validators:
        return Refusal(reason=Reason.NOT_MODIFIED)
    return Refusal(reason=Reason.BAD_HTTP, detail=f"unexpected status {status}")


def _refusal(reason: Reason, status: int) -> Refusal:
    return Refusal(reason=reason, detail=str(status))
