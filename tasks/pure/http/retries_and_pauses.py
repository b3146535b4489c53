"""Retries, pauses and jitter: how long to wait before the next request to a domain."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from schemas.items.outcome import Reason

LONGEST_PAUSE = timedelta(hours=24)
"""Retry-After is clamped to it; 88 h were seen in the wild (docs/explanation/measured-facts.md)."""
OWN_PAUSE = timedelta(seconds=60)
"""The pause after a 429 without Retry-After."""
CRAWL_DELAY_AT_MOST_S = 60.0
JITTER = 0.25
ATTEMPTS_AT_MOST = 3
"""Requests for one URL in one run: the first and its retries."""
BACK_OFF_S = 1.0
"""The longest wait before the first retry; it doubles with each further one."""
RANGE_TRIES = 3
"""For one range of an archive file; each try makes up to `ATTEMPTS_AT_MOST` requests."""
RANGE_BACK_OFF_S = 5.0
RANGE_PAUSE_AT_MOST_S = 300.0
RETRIED_STATUSES = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
_SECONDS = re.compile(r"[0-9]+")


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """The instant that a Retry-After names, seconds or HTTP-date, clamped to 0…24 h from `now`; None
    where it names none (RFC 9110, 10.2.3)."""
    text = (value or "").strip()
    if _SECONDS.fullmatch(text):
        hours_24 = int(LONGEST_PAUSE.total_seconds())
        return now + timedelta(seconds=min(int(text[:12]), hours_24) if len(text) <= 12 else hours_24)
    try:
        named = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    named = named.replace(tzinfo=UTC) if named.tzinfo is None else named.astimezone(UTC)
    return min(max(named, now), now + LONGEST_PAUSE)


def pause_until(status: int, value: str | None, now: datetime) -> datetime | None:
    """Until when a domain is paused after an answer with that status and Retry-After; None: no pause. A 429 (or 999)
    without a readable time pauses it for a minute."""
    if status in (429, 999):
        return retry_after(value, now) or now + OWN_PAUSE
    return retry_after(value, now) if status == 503 else None


def owed_pace_s(source_pace_s: float, floor_s: float, crawl_delay_s: float | None) -> float:
    """Least seconds between the starts of two requests to a domain; crawl-delay counts up to 60 s."""
    return max(source_pace_s, floor_s, min(crawl_delay_s or 0.0, CRAWL_DELAY_AT_MOST_S))


def jittered_s(pace_s: float, share: float) -> float:
    """The pace with jitter, never below it; `share` is a random number from 0 to 1."""
    return pace_s * (1 + JITTER * share)


def is_worth_retrying(reason: Reason, status: int | None, is_lost: bool, attempt: int) -> bool:
    """Whether the same run may retry after `attempt` requests: the connection was lost before an answer (`is_lost`),
    the read timed out, or the status is temporary, and `ATTEMPTS_AT_MOST` is not reached. A host that cannot be
    connected to is not retried: it is paused (docs/explanation/hostile-web.md A09)."""
    if attempt >= ATTEMPTS_AT_MOST:
        return False
    if reason in (Reason.HTTP_ERROR, Reason.RATE_LIMITED):
        return status in RETRIED_STATUSES
    return reason is Reason.TIMEOUT_READ or (reason is Reason.BAD_HTTP and is_lost)


def back_off_s(attempt: int, share: float) -> float:
    """Seconds before the next attempt, full jitter: up to `BACK_OFF_S` after the first, twice as long after
    each further one; `share` is a random number from 0 to 1."""
    return float(BACK_OFF_S * 2 ** (attempt - 1) * share)


def range_pause_s(reason: Reason, status: int | None, asked_s: float, tried: int) -> float | None:
    """Seconds before the next try for the same range of an archive file: `RANGE_BACK_OFF_S`, then four
    times as long, or as long as its host asks; None: do not retry. Common Crawl
    answers 503 to clients that are too fast."""
    is_passing = status in RETRIED_STATUSES or reason in (
        Reason.RATE_LIMITED,
        Reason.TIMEOUT_READ,
        Reason.TIMEOUT_TOTAL,
    )
    pause_s = max(RANGE_BACK_OFF_S * 4**tried, asked_s)
    is_worth_it = is_passing and tried < RANGE_TRIES - 1 and pause_s <= RANGE_PAUSE_AT_MOST_S
    return pause_s if is_worth_it else None
