"""Findings of a source, as its judges write them."""

from datetime import UTC, datetime

from schemas.items.finding import Finding, Severity


def finding(
    slug: str,
    code: str,
    message: str,
    run_id: str,
    now: datetime,
    severity: Severity = Severity.WARNING,
    *,
    observed: float | None = None,
    low: float | None = None,
    high: float | None = None,
    about: str | None = None,
) -> Finding:
    """The finding, noticed at `now` (UTC). `about`: the feed that it is about; None: the whole source."""
    return Finding(
        run_id=run_id,
        source=slug,
        code=code,
        severity=severity,
        message=message,
        observed=observed,
        low=low,
        high=high,
        at=now,
        about=about,
    )


def instant(at: datetime) -> str:
    """In UTC, to the second, as messages that are stored have it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def unread_feeds(failing: int, feeds: int, told: str) -> str:
    """How many feeds fail, and which (`told`)."""
    return f"{failing} of {feeds} feeds fail: {told}"
