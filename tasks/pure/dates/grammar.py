"""Reads a written date by a closed set of forms and words; a text of any other form is not read.

A text is a day, and beside it at most one clock with at most one zone. Every word of it must be known: a month, a
weekday, or a word that stands between (`words.is_between`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.pure.dates.calendars import in_gregorian
from tasks.pure.dates.customs import UNKNOWN, Customs
from tasks.pure.dates.days import WrittenDay, read_day
from tasks.pure.dates.forms import (
    CLOCKS,
    COMMENT,
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    ISO,
    RFC_822_DATE,
    ZONE,
    Form,
)
from tasks.pure.dates.words import HALVES, plain
from tasks.pure.dates.zones import offset_of

Parts = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date and time of day as written: `local` is naive. `has_time` False: only the day was written.
    `offset_min`: minutes east of UTC; None: no zone. `languages`: those of the month's name. `day`: the day as
    written, without weekday and clock. `weekday_fits`: no weekday was written, or it is the date's. `is_next_day`:
    the clock shows 24:00, so that `local` is of the day after."""

    form: Form
    local: datetime
    has_time: bool
    offset_min: int | None = None
    languages: tuple[str, ...] = ()
    is_day_first: bool = False
    day: str = ""
    weekday_fits: bool = True
    is_next_day: bool = False


@dataclass(frozen=True, slots=True)
class _Clock:
    """Hours, minutes and seconds, the zone as written, and the text without them."""

    hour: int
    minute: int
    second: int
    has_half: bool
    zone: str | None
    before: str
    after: str


_NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # naive on purpose: the offset stands beside it
_T = re.compile(r"(?<=\d)t$")
_EPOCH = re.compile(r"[0-9]{9,10}|[0-9]{12,13}")


def read_own(text: str, customs: Customs = UNKNOWN) -> WrittenDate | None:
    """The date that `text` states; None: no such form, an impossible date, or ambiguous where `customs` hold."""
    bare = plain(text)
    found = RFC_822_DATE.fullmatch(bare)
    return (_mailed(found, customs) if found else None) or _in_any_words(in_gregorian(bare, customs), customs)


def _mailed(found: re.Match[str], customs: Customs) -> WrittenDate | None:
    """The date of most feeds, read without the words of any other language, which take 0.4 s to load."""
    number, name, year = int(found["day"]), found["month"], int(found["year"])
    try:
        day = datetime(year, ENGLISH_MONTHS.index(name) + 1, number)  # noqa: DTZ001  # offset beside it
    except ValueError:
        return None
    weekday = found["weekday"]
    fits = weekday is None or ENGLISH_WEEKDAYS[day.weekday()] == weekday
    local = _at(day, int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    offset_min = offset_of(found["zone"], local, customs) if local else None
    if local is None or offset_min is None:
        return None
    written = WrittenDay("rfc822", day, f"{number} {name} {year}", ("en",), True, fits)
    return _dated(written, local, offset_min)


def _in_any_words(bare: str, customs: Customs) -> WrittenDate | None:
    for pattern in ISO:
        found = pattern.fullmatch(COMMENT.sub("", bare))
        date = _iso(found.groupdict(), bare, customs) if found else None
        if date:
            return date
    for clock in _clocks(bare):
        found_date = _with_clock(clock, customs)
        if found_date:
            return found_date
    day = read_day(COMMENT.sub("", bare), customs)
    return _dated(day, None, None) if day else _epoch(bare)


def _iso(parts: Parts, text: str, customs: Customs) -> WrittenDate | None:
    try:
        day = datetime(int(parts["year"] or 0), int(parts["month"] or 0), int(parts["day"] or 0))  # noqa: DTZ001
    except ValueError:
        return None
    local = _at(day, int(parts["hour"] or 0), int(parts["minute"] or 0), int(parts["second"] or 0))
    zone = parts["zone"]
    offset_min = offset_of(zone, local, customs) if zone and local else None
    if local is None or (zone and offset_min is None):
        return None
    return WrittenDate("iso", local, parts["hour"] is not None, offset_min, day=text)


def _clocks(text: str) -> Iterator[_Clock]:
    """Each reading of a part of the text as a time of day."""
    for pattern in CLOCKS:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            hour = _hour(int(found["hour"]), parts.get("before") or parts.get("half"))
            clock = (hour, int(parts.get("minute") or 0), int(parts.get("second") or 0))
            has_half = bool(parts.get("before") or parts.get("half"))
            before, after = _T.sub("", text[: found.start()]), text[found.end() :]
            zone = ZONE.match(after)
            if zone:
                yield _Clock(*clock, has_half, zone["zone"], before, after[zone.end() :])
            if not zone or not re.match(r"[+-]|gmt|utc|z$", zone["zone"]):
                yield _Clock(*clock, has_half, None, before, after)


def _hour(hour: int, half: str | None) -> int:
    """The hour of the day; 99, so that the date is refused, where an hour above 12 is marked a.m. or p.m."""
    if not half:
        return hour
    which = HALVES[re.sub(r"[. ]", "", half)]
    return hour % 12 + (12 if which == "p" else 0) if hour <= 12 else 99


def _with_clock(clock: _Clock, customs: Customs) -> WrittenDate | None:
    day = read_day(COMMENT.sub("", f"{clock.before} {clock.after}".strip()), customs)
    if day is None:
        return None
    local = _at(day.date, clock.hour, clock.minute, clock.second)
    if local is None:
        return None
    offset_min = offset_of(clock.zone, local, customs, clock.has_half) if clock.zone else None
    if clock.zone and offset_min is None:
        return None
    return _dated(day, local, offset_min)


def _dated(day: WrittenDay, local: datetime | None, offset_min: int | None) -> WrittenDate:
    return WrittenDate(
        day.form,
        local or day.date,
        local is not None,
        offset_min,
        day.languages,
        day.is_day_first,
        day.text,
        day.weekday_fits,
        local is not None and local.date() != day.date.date(),
    )


def _at(day: datetime, hour: int, minute: int, second: int) -> datetime | None:
    """The time of a day; 24:00 is the next day's 0:00 (ISO 8601)."""
    if (hour, minute, second) == (24, 0, 0):
        return day + timedelta(days=1)
    try:
        return day.replace(hour=hour, minute=minute, second=second)
    except ValueError:
        return None


def _epoch(text: str) -> WrittenDate | None:
    """Seconds (9 or 10 digits) or milliseconds (12 or 13) since 1970; None where YYYYMMDDHH fits too."""
    if not _EPOCH.fullmatch(text) or _is_calendar(text):
        return None
    seconds = int(text) if len(text) < 12 else int(text) // 1000
    return WrittenDate("epoch", _NAIVE_EPOCH + timedelta(seconds=seconds), True, 0)


def _is_calendar(digits: str) -> bool:
    year, month, day, hour = int(digits[:4]), int(digits[4:6]), int(digits[6:8]), int(digits[8:10])
    return len(digits) == 10 and 1990 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24
