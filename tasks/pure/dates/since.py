"""The days and instants that a person gives a command: `2026-11-03`, `2026-11`, `yesterday`, `7d`, `7 days ago`.

A grammar of our own, since dateparser takes 2026-13-01 for 13 January and `5` for May: here a slip is an error.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dateutil.relativedelta import relativedelta

from schemas.errors import UsageError

FORMS = "2026-11-03, 2026-11, 2026-11-03T06:00, yesterday, 7d or '7 days ago'"
_DAYS = {"today": 0, "yesterday": 1, "tomorrow": -1}
_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")
_AGO = re.compile(
    r"(?P<count>\d{1,4}|an?) ?(?:(?P<minutes>min|minutes?)|(?P<hours>h|hours?)|(?P<days>d|days?)|(?P<weeks>w|weeks?)"
    r"|(?P<months>mo|months?)|(?P<years>y|years?))(?: ago)?"
)


def instant_of(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The instant that the words mean, in the zone; words with an offset of their own keep it.

    A day, a month and a year mean their first midnight. So do days, weeks, months and years before `now`, which are
    counted in the calendar of the zone: the same words mean the same until midnight, and a backfill that is given
    again resumes. Minutes and hours are counted from `now` itself. Raises `UsageError` for anything else.
    """
    words = " ".join(text.lower().split())
    today = now.astimezone(zone).date()
    try:
        if words == "now":
            return now.astimezone(zone)
        if words in _DAYS:
            return _midnight(today - timedelta(days=_DAYS[words]), zone)
        if month := _MONTH.fullmatch(words):
            return _midnight(date(int(month[1]), int(month[2] or 1), 1), zone)
        if ago := _AGO.fullmatch(words):
            return _before(ago, now.astimezone(zone), zone)
        at = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError) as error:
        raise UsageError(f"not a day or instant: {text!r}; write {FORMS}") from error
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _before(ago: re.Match[str], now: datetime, zone: tzinfo) -> datetime:
    count = 1 if ago["count"].startswith("a") else int(ago["count"])
    unit = next(name for name in ("minutes", "hours", "days", "weeks", "months", "years") if ago[name])
    if unit in ("minutes", "hours"):
        return (now.astimezone(UTC) - timedelta(**{unit: count})).astimezone(zone)
    return _midnight(now.date() - relativedelta(**{unit: count}), zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone)
