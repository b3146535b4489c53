"""Reads a written date: the right instant, or unknown with the raw text kept; never a guess."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.items.link import Dated, Precision
from tasks.pure.dates.grammar import WrittenDate, read_own
from tasks.pure.dates.second_reading import agrees, opinions

_RAW_CHARS = 200
_YEARS = range(1990, 2101)
"""From before the first news site until after any date that news states."""


_DAY_FIRST = frozenset(
    (
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "cs",
        "sk",
        "uk",
        "ru",
        "be",
        "bg",
        "ro",
        "tr",
        "fi",
        "sv",
        "da",
        "nb",
        "nn",
        "no",
        "et",
        "lv",
        "sl",
        "sq",
        "el",
        "is",
        "ar",
        "id",
        "vi",
    )
)
"""Languages whose dates in numbers always begin with the day (CLDR)."""


def read_date(raw: str, time_zone: str | None = None, language: str | None = None) -> Dated:
    """The instant that `raw` means, or `at` None where that cannot be trusted; never raises.

    The grammar and a second library must agree. A text without a zone is in `time_zone` (an IANA name);
    without one, and in the hour that a clock change skips or repeats, only a day can be known. A day
    alone is its midnight UTC with precision DAY. Fractions of a second are cut off. Zone names count
    only if RFC 822 defines them. `03/04/2026` is unknown, unless the `language` (BCP 47) of the text around
    it settles it; `03.04.2026` is read in zones of Europe too.
    """
    kept = raw[:_RAW_CHARS]
    text = " ".join(kept.split())
    if len(raw) > _RAW_CHARS or not text:
        return Dated(raw=kept)
    at, precision = _read(text, time_zone, _puts_day_first(language))
    return Dated(raw=kept, at=at, precision=precision)


def why_unknown(raw: str, time_zone: str | None = None, language: str | None = None) -> str | None:
    """Why `read_date` gives no instant for the same arguments, in words for people; None: it gives one."""
    if read_date(raw, time_zone, language).at:
        return None
    text = " ".join(raw.split())
    own = read_own(text, _is_european(time_zone), _puts_day_first(language)) if len(raw) <= _RAW_CHARS else None
    if own is None:
        return "not understood: no form of the grammar fits, or it is ambiguous"
    if not agrees(text, own):
        others = sorted({_spoken(local, offset_min) for local, offset_min in opinions(text, own)})
        second = f"the second reading says {' or '.join(others)}" if others else "no second library reads it"
        return f"read as {_spoken(own.local, own.offset_min)}, but {second}"
    return (
        f"read as {_spoken(own.local, own.offset_min)}, but that is no instant: no time zone, or outside 1990 to 2100"
    )


def _spoken(local: datetime, offset_min: int | None) -> str:
    if offset_min is None:
        return f"{local:%Y-%m-%d %H:%M:%S}"
    hours, minutes = divmod(abs(offset_min), 60)
    return f"{local:%Y-%m-%d %H:%M:%S}{'-' if offset_min < 0 else '+'}{hours:02}:{minutes:02}"


def _is_european(time_zone: str | None) -> bool:
    return (time_zone or "").startswith("Europe/")


def _puts_day_first(language: str | None) -> bool:
    return re.split("[-_]", (language or "").lower())[0] in _DAY_FIRST


@lru_cache(maxsize=4096)
def _read(text: str, time_zone: str | None, is_day_first: bool) -> tuple[datetime | None, Precision | None]:
    own = read_own(text, _is_european(time_zone), is_day_first)
    if own is None or not agrees(text, own):
        return None, None
    if not own.has_time:
        return _bounded(own.local.replace(tzinfo=UTC), Precision.DAY)
    instant = _instant(own, time_zone)
    return _bounded(instant, Precision.SECOND) if instant else (None, None)


def _bounded(at: datetime, precision: Precision) -> tuple[datetime | None, Precision | None]:
    return (at, precision) if at.year in _YEARS else (None, None)


def _instant(own: WrittenDate, time_zone: str | None) -> datetime | None:
    if own.local.year not in _YEARS:
        return None
    if own.offset_min is not None:
        return (own.local - timedelta(minutes=own.offset_min)).replace(tzinfo=UTC)
    zone = _zone(time_zone)
    return _in_zone(own.local, zone) if zone else None


def _in_zone(local: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant at which clocks in `zone` show `local`; None where a clock change skips or repeats it."""
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first if first == second else None


@lru_cache(maxsize=512)
def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
