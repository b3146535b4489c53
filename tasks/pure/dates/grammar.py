"""Reads a written date by a closed set of forms; a text of any other form is not read."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.pure.dates.forms import FORMS, Form
from tasks.pure.dates.words import HALVES, MONTHS, WEEKDAYS, ZONES

Parts = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date and time of day as written: `local` is naive. `has_time` False: only the day was written.
    `offset_min`: minutes east of UTC; None: no zone. `languages`: those of the month's name."""

    form: Form
    local: datetime
    has_time: bool
    offset_min: int | None = None
    languages: tuple[str, ...] = ()
    is_day_first: bool = False


_NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # naive on purpose: the offset stands beside it
_EPOCH = re.compile(r"[0-9]{9,10}|[0-9]{12,13}")
_COMMENT = re.compile(r" ?\([^()]*\)$")
_UNKNOWN_ZONE = 100_000


def read_own(text: str, is_european: bool = False, is_day_first: bool = False) -> WrittenDate | None:
    """The date that `text` (single spaces) states; None: no such form, an impossible date, or ambiguous.

    `is_european` settles `03.04.2026` as day first, `is_day_first` any mark.
    """
    bare = _COMMENT.sub("", text)
    for form, pattern in FORMS:
        found = pattern.fullmatch(bare)
        reading = _reading(form, found.groupdict(), (is_european, is_day_first)) if found else None
        if reading:
            return reading
    return _epoch(bare)


def _reading(form: Form, parts: Parts, customs: tuple[bool, bool]) -> WrittenDate | None:
    day, month, languages = _day_and_month(parts, *customs)
    offset_min = _offset(parts.get("zone"))
    local = _local(parts, month, day)
    if local is None or offset_min == _UNKNOWN_ZONE or not _weekday_fits(parts.get("weekday"), local):
        return None
    is_day_first = int(parts.get("one") or 0) == day
    return WrittenDate(form, local, parts["hour"] is not None, offset_min, languages, is_day_first)


def _day_and_month(parts: Parts, is_european: bool, is_day_first: bool) -> tuple[int, int, tuple[str, ...]]:
    """Day, month, and the languages of the month's name; zeros where they cannot be told."""
    if parts.get("month_word") is not None:
        month, languages = MONTHS.get(str(parts["month_word"]).lower(), (0, ()))
        return int(parts["day"] or 0), month, languages
    if parts.get("one") is None:
        return int(parts["day"] or 0), int(parts["month"] or 0), ()
    one, other = int(parts["one"] or 0), int(parts["other"] or 0)
    is_settled = is_day_first or (is_european and parts["mark"] == ".")
    if one > 12 or one == other or is_settled:
        return one, other, ()
    return (other, one, ()) if other > 12 else (0, 0, ())


def _offset(zone: str | None) -> int | None:
    """Minutes east of UTC; None: no zone is written; `_UNKNOWN_ZONE`: a zone with several meanings, or impossible."""
    if zone is None:
        return None
    if zone[0] not in "+-":
        return ZONES.get(zone.upper(), _UNKNOWN_ZONE)
    digits = zone[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes > 14 * 60 or int(digits[2:]) > 59:
        return _UNKNOWN_ZONE
    return -minutes if zone[0] == "-" else minutes


def _local(parts: Parts, month: int, day: int) -> datetime | None:
    hour = _hour(int(parts["hour"] or 0), parts)
    clock = (hour, int(parts["minute"] or 0), int(parts["second"] or 0))
    try:
        return datetime(_year(str(parts["year"])), month, day, *clock)  # noqa: DTZ001  # the offset stands beside it
    except ValueError:
        return None


def _hour(hour: int, parts: Parts) -> int:
    """The hour of the day; 99, so that the date is refused, where an hour above 12 is marked a.m. or p.m."""
    half = HALVES.get(parts.get("cjk_half") or "") or (parts.get("half") or "").lower()
    if not half:
        return hour
    return hour % 12 + (12 if half == "p" else 0) if hour <= 12 else 99


def _year(digits: str) -> int:
    """RFC 2822 section 4.3: two digits 00 to 49 are of this century."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _weekday_fits(word: str | None, local: datetime) -> bool:
    """An English weekday must be the date's; weekdays of other languages are not checked."""
    short = (word or "")[:3].lower()
    return short not in WEEKDAYS or WEEKDAYS[local.weekday()] == short


def _epoch(text: str) -> WrittenDate | None:
    """Seconds (9 or 10 digits) or milliseconds (12 or 13) since 1970; None where YYYYMMDDHH fits too."""
    if not _EPOCH.fullmatch(text) or _is_calendar(text):
        return None
    seconds = int(text) if len(text) < 12 else int(text) // 1000
    return WrittenDate("epoch", _NAIVE_EPOCH + timedelta(seconds=seconds), True, 0)


def _is_calendar(digits: str) -> bool:
    year, month, day, hour = int(digits[:4]), int(digits[4:6]), int(digits[6:8]), int(digits[8:10])
    return len(digits) == 10 and 1990 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24
