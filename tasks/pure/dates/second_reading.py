"""Checks a date that the grammar read: a library that shares no code with it must read the same."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_tz

import dateparser
from dateutil import parser as dateutil_parser

from tasks.pure.dates.grammar import WrittenDate
from tasks.pure.dates.words import ZONES

Opinion = tuple[datetime, int | None]
"""Local time, naive, and minutes east of UTC (None: the library saw no zone)."""

_ZONE_SECONDS = {name: minutes * 60 for name, minutes in ZONES.items()}
_ELSEWHERE = datetime(2000, 1, 1)  # noqa: DTZ001  # what a library would fill gaps from, never today
_HOUR_LETTER = re.compile(r"(\d) ?h ?(\d\d)")


def agrees(text: str, own: WrittenDate) -> bool:
    """Whether a library reads the same day, time and zone in `text` as the grammar. Epoch seconds are not checked."""
    if own.form == "epoch":
        return True
    expected = (own.local, own.offset_min)
    return any((local.replace(microsecond=0), offset) == expected for local, offset in opinions(text, own))


def opinions(text: str, own: WrittenDate) -> Iterator[Opinion]:
    """The readings of each library that knows the form; a library that cannot read the text gives none."""
    if own.form == "rfc822" and own.has_time:
        yield from _by_email(text)
    if own.form == "iso":
        yield from _by_fromisoformat(text)
    if own.form == "words" or (own.form == "rfc822" and own.languages and "en" not in own.languages):
        yield from _by_dateparser(text, own)
        return
    yield from _by_dateutil(text, own)
    if own.form == "numbers":
        yield from _by_dateparser(text, own)


def _by_email(text: str) -> Iterator[Opinion]:
    """The standard library's RFC 2822 parser. It reads `+05:30` as UTC, which then disagrees."""
    found = parsedate_tz(text)
    if found is None:
        return
    try:
        yield datetime(*found[:6]), None if found[9] is None else found[9] // 60  # noqa: DTZ001  # offset beside it
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
            text, dayfirst=own.is_day_first, yearfirst=True, default=_ELSEWHERE, tzinfos=_ZONE_SECONDS
        )
        yield _split(found)
    except (ValueError, OverflowError):
        return


def _by_dateparser(text: str, own: WrittenDate) -> Iterator[Opinion]:
    languages = list(own.languages) or ["ko", "ja", "zh", "de"]
    order = "DMY" if own.is_day_first or own.languages else "YMD"
    settings = {"STRICT_PARSING": True, "RELATIVE_BASE": _ELSEWHERE, "DATE_ORDER": order}
    found = dateparser.parse(_HOUR_LETTER.sub(r"\1:\2", text), languages=languages, settings=settings)
    if found is not None:
        yield _split(found)


def _split(moment: datetime) -> Opinion:
    offset = moment.utcoffset()
    return moment.replace(tzinfo=None), None if offset is None else offset // timedelta(minutes=1)
