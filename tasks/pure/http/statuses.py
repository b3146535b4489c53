"""Decides how a fetch ends by the status of its answer."""

from schemas.items.outcome import Reason, Refusal

REDIRECTS = frozenset({301, 302, 303, 307, 308})
SLOW_DOWN = frozenset({429, 999})
"""LinkedIn and Yahoo answer 999 in place of 429."""


def judged(status: int, has_validators: bool, has_pause: bool, is_range: bool = False) -> Refusal | None:
    """The refusal that the status means; None: the body decides. `has_validators`: the request was conditional.
    `has_pause`: the answer has a Retry-After. `is_range`: the request asked for a byte range."""
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
