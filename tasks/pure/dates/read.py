"""Reads a written date: the right instant, or unknown with the raw text kept; never a guess."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.items.link import Dated, Precision
from tasks.pure.dates.customs import Customs
from tasks.pure.dates.grammar import WrittenDate, read_own
from tasks.pure.dates.second_reading import agrees, opinions

_RAW_CHARS = 200
_YEARS = range(1990, 2101)
"""From before the first news site until after any date that news states."""


def read_date(
    raw: str,
    time_zone: str | None = None,
    language: str | None = None,
    country: str | None = None,
    home_language: str | None = None,
) -> Dated:
    """The instant that `raw` means, or `at` None where that cannot be trusted; never raises.

    The grammar reads it, and no second library may read another date in it. A text without a zone is in `time_zone`
    (an IANA name, the outlet's); without one, and in the hour that a clock change skips or repeats, only a day can
    be known. A day alone is its midnight UTC with precision DAY. Fractions of a second are cut off. Names of zones
    count where RFC 822 or European practice gives them one meaning, or the outlet's zone or `country` (ISO 3166-1
    alpha-2) does. `03/04/2026` is unknown, unless `language` (BCP 47, of the text around it), else `home_language`
    (the outlet's) and the country settle the order (CLDR), or the weekday beside it; `03.04.2026` is read in zones
    of Europe too. A weekday that is not the date's changes nothing else.
    """
    return read_by(raw, _customs(time_zone, language, country, home_language))


def read_by(raw: str, customs: Customs) -> Dated:
    """`read_date` with what is known of the page and its outlet in one piece."""
    kept = raw[:_RAW_CHARS]
    text = " ".join(kept.split())
    if len(raw) > _RAW_CHARS or not text:
        return Dated(raw=kept)
    at, precision = _read(text, customs)
    return Dated(raw=kept, at=at, precision=precision)


def why_unknown(
    raw: str,
    time_zone: str | None = None,
    language: str | None = None,
    country: str | None = None,
    home_language: str | None = None,
) -> str | None:
    """Why `read_date` gives no instant for the same arguments, in words for people; None: it gives one."""
    if read_date(raw, time_zone, language, country, home_language).at:
        return None
    text = " ".join(raw.split())
    own = read_own(text, _customs(time_zone, language, country, home_language)) if len(raw) <= _RAW_CHARS else None
    if own is None:
        return "not understood: no form of the grammar fits, or it is ambiguous"
    if not agrees(text, own):
        others = sorted({_spoken(local, offset_min) for local, offset_min in opinions(text, own)})
        return f"read as {_spoken(own.local, own.offset_min)}, but the second reading says {' or '.join(others)}"
    return (
        f"read as {_spoken(own.local, own.offset_min)}, but that is no instant: no time zone, or outside 1990 to 2100"
    )


def is_understood(raw: str, language: str | None = None) -> bool:
    """Whether the grammar reads the text; a date that it reads and that is unknown is vetoed, or is no instant."""
    return len(raw) <= _RAW_CHARS and read_own(raw, _customs(None, language, None, None)) is not None


def is_vetoed(raw: str, language: str | None = None) -> bool:
    """Whether the grammar reads the text, and a library reads another date in it."""
    own = read_own(raw, _customs(None, language, None, None)) if len(raw) <= _RAW_CHARS else None
    return own is not None and not agrees(" ".join(raw.split()), own)


def has_wrong_weekday(raw: str, language: str | None = None) -> bool:
    """Whether the text names another weekday than that of its date."""
    own = read_own(raw, _customs(None, language, None, None)) if len(raw) <= _RAW_CHARS else None
    return own is not None and not own.weekday_fits


def _customs(time_zone: str | None, language: str | None, country: str | None, home_language: str | None) -> Customs:
    return Customs(time_zone, tuple(each for each in (language, home_language) if each), country)


def _spoken(local: datetime, offset_min: int | None) -> str:
    if offset_min is None:
        return f"{local:%Y-%m-%d %H:%M:%S}"
    hours, minutes = divmod(abs(offset_min), 60)
    return f"{local:%Y-%m-%d %H:%M:%S}{'-' if offset_min < 0 else '+'}{hours:02}:{minutes:02}"


@lru_cache(maxsize=4096)
def _read(text: str, customs: Customs) -> tuple[datetime | None, Precision | None]:
    own = read_own(text, customs)
    if own is None or not agrees(text, own):
        return None, None
    if not own.has_time:
        return _bounded(own.local.replace(tzinfo=UTC), Precision.DAY)
    instant = _instant(own, customs.time_zone)
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
