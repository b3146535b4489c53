"""Reads the year, month or day in a URL (`sitemap-2026-11.xml`, `/2026/11/20/`)."""

import re
from datetime import UTC, datetime, timedelta

_YEAR, _MONTH, _DAY = r"(20\d\d|199\d)", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_DATED = re.compile(rf"(?<!\d){_YEAR}(?:[-_/.]?{_MONTH}(?:[-_/.]?{_DAY})?)?(?!\d)")


def period_of(url: str) -> tuple[datetime, datetime] | None:
    """First instant of the year, month or day of the last date in the URL, and the first instant after it (UTC);
    None: there is no date in it."""
    dates = _DATED.findall(url.partition("://")[2])
    if not dates:
        return None
    year, month, day = dates[-1]
    try:
        start = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
    except ValueError:
        return None
    return start, _behind(start, bool(month), bool(day))


def overlaps(period: tuple[datetime, datetime] | None, since: datetime | None, until: datetime | None) -> bool:
    """Whether some of the period lies in [since, until); True for an unknown period."""
    return period is None or ((until is None or period[0] < until) and (since is None or period[1] > since))


def _behind(start: datetime, has_month: bool, has_day: bool) -> datetime:
    if has_day:
        return start + timedelta(days=1)
    if has_month:
        return (start + timedelta(days=32)).replace(day=1)
    return start.replace(year=start.year + 1)
