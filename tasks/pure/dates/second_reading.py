"""Checks a date that the grammar read: a library that shares no code with it must not read another."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_tz

import dateparser
from dateutil import parser as dateutil_parser

from tasks.pure.dates.grammar import WrittenDate
from tasks.pure.dates.zones import RFC_822

Opinion = tuple[datetime, int | None]
"""Local time, naive, and minutes east of UTC (None: the library saw no zone, or none that it knows)."""

_ELSEWHERE = datetime(2000, 1, 1)  # noqa: DTZ001  # what a library would fill gaps from, never today
_EMAIL_ZONE = re.compile(rf"(?:[+-]\d{{4}}|{'|'.join(RFC_822)})(?: ?\([^()]*\))?$", re.IGNORECASE)
"""Zones that email.utils reads; it gives 0 for any other, and for none."""
_LANGUAGES_ASKED = 3


def agrees(text: str, own: WrittenDate) -> bool:
    """Whether no library reads another day, time or zone in `text` than the grammar, or one reads the same.

    A library that cannot read the text has no say. Epoch seconds are not checked."""
    if own.form == "epoch":
        return True
    is_read = False
    for opinion in opinions(text, own):
        if _is_same(opinion, own):
            return True
        is_read = True
    return not is_read


def opinions(text: str, own: WrittenDate) -> Iterator[Opinion]:
    """The readings of each library that knows the form. Of dates in words and numbers they get the day alone: their
    ways with clocks and names of zones are wrong too often (docs/explanation/measured-facts.md)."""
    if own.form == "iso":
        yield from _by_fromisoformat(own.day)
        yield from _by_dateutil(own.day, own)
    elif own.form == "rfc822":
        yield from _by_email(text) if own.has_time else ()
        yield from _on_the_day(_by_dateutil(own.day, own), own)
    elif own.form == "words":
        yield from _on_the_day(_by_dateparser(own.day, own), own)
    elif own.form == "numbers":
        yield from _on_the_day(_by_dateutil(own.day, own), own)


def _is_same(opinion: Opinion, own: WrittenDate) -> bool:
    local, offset_min = opinion
    is_zone_same = offset_min == own.offset_min or offset_min is None or own.offset_min is None
    return local.replace(microsecond=0) == own.local and is_zone_same


def _on_the_day(found: Iterator[Opinion], own: WrittenDate) -> Iterator[Opinion]:
    """Readings of a day, at the time that the grammar read; 24:00 is of the day before."""
    for local, _ in found:
        day = local.replace(hour=own.local.hour, minute=own.local.minute, second=own.local.second)
        yield (day + timedelta(days=1) if own.is_next_day else day), own.offset_min


def _by_email(text: str) -> Iterator[Opinion]:
    """The standard library's RFC 2822 parser. It reads `+05:30` as UTC, and no zone and unknown names too."""
    found = parsedate_tz(text)
    if found is None or not text.isascii():
        return
    offset = found[9] // 60 if found[9] is not None and _EMAIL_ZONE.search(text) else None
    try:
        yield datetime(*found[:6]), offset  # noqa: DTZ001  # offset beside it
    except ValueError:
        return


def _by_fromisoformat(text: str) -> Iterator[Opinion]:
    try:
        yield _split(datetime.fromisoformat(text.upper().replace(" +", "+").replace(" -", "-")))
    except ValueError:
        return


def _by_dateutil(text: str, own: WrittenDate) -> Iterator[Opinion]:
    try:
        found = dateutil_parser.parse(
            text, dayfirst=own.is_day_first, yearfirst=True, default=_ELSEWHERE, tzinfos=_zone_seconds
        )
        yield _split(found)
    except (ValueError, OverflowError):
        return


def _zone_seconds(name: str | None, seconds: int | None) -> int | None:
    """For dateutil: seconds east of UTC; None: a name that it shall not read."""
    minutes = RFC_822.get(name.lower()) if name and seconds is None else None
    return seconds if minutes is None else minutes * 60


def _by_dateparser(text: str, own: WrittenDate) -> Iterator[Opinion]:
    languages = list(own.languages[:_LANGUAGES_ASKED])
    settings = {"STRICT_PARSING": True, "RELATIVE_BASE": _ELSEWHERE, "DATE_ORDER": "DMY"}
    found = dateparser.parse(text, languages=languages, settings=settings)
    if found is not None:
        yield _split(found)


def _split(moment: datetime) -> Opinion:
    offset = moment.utcoffset()
    return moment.replace(tzinfo=None), None if offset is None else offset // timedelta(minutes=1)
