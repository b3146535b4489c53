"""Findings of a source, as its judges write them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from schemas.items.finding import Finding, Severity

NO_ANSWER_FOR = timedelta(hours=24)
"""A feed that answers is polled at least once a day."""


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


def unread_feeds(
    slug: str,
    failing: int,
    feeds: int,
    told: str,
    answers: Iterable[datetime | None],
    run_id: str,
    now: datetime,
) -> Finding | None:
    """What so many `failing` ones of its feeds, which `told` names, mean for a source; None: nothing, as none fails.

    While one answers, a notice. Where all fail, it never answered, or is silent since the last of `answers` (when
    each answered last; None: never) once that is a day ago. Answers of a time to come, which a clock that was ahead
    left behind, count for neither: beside others they hide no silence, alone they make none.
    """
    if not failing:
        return None
    answered = [at for at in answers if at is not None]
    if failing == feeds and not answered:
        return finding(slug, "source_never_answered", f"none of its feeds could ever be read: {told}", run_id, now)
    since = max((at for at in answered if at <= now), default=now)
    if failing == feeds and now - since > NO_ANSWER_FOR:
        return finding(slug, "source_silent", f"no feed could be read since {instant(since)}: {told}", run_id, now)
    told = f"{failing} of {feeds} feeds fail: {told}"
    return finding(slug, "feeds_failing", told, run_id, now, Severity.NOTICE)
