"""The offset that a written zone means: `+0200`, `GMT+7`, `CEST`, `Europe/Kyiv`, `ET`; None: not certain."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from tasks.pure.dates.customs import Customs, regions

RFC_822 = {
    "z": 0,
    "ut": 0,
    "utc": 0,
    "gmt": 0,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}
"""Minutes east of UTC: RFC 822 section 5.1, and UTC."""
_OTHER_CENTRAL = frozenset(("AU", "CN", "TW", "HK", "MO", "CU"))
"""Countries in which a name of RFC 822 is a zone of their own: `EST` in Australia, `CST` in China and Cuba."""
_EUROPE = {
    "wet": ("Europe/Lisbon", False),
    "west": ("Europe/Lisbon", True),
    "cet": ("Europe/Berlin", False),
    "mez": ("Europe/Berlin", False),
    "cest": ("Europe/Berlin", True),
    "mesz": ("Europe/Berlin", True),
    "eet": ("Europe/Athens", False),
    "eest": ("Europe/Athens", True),
    "msk": ("Europe/Moscow", False),
    "мск": ("Europe/Moscow", False),
}
"""Names with one meaning, a zone that has it, and whether it is of summer time."""
_NORTH_AMERICA = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
}
_ITS_COUNTRIES = frozenset(("US", "CA", "MX", "PR"))
_BY_COUNTRY = {
    ("ist", "IN"): 330,
    ("bst", "BD"): 360,
    ("pkt", "PK"): 300,
    ("npt", "NP"): 345,
    ("ast", "SA"): 180,
    ("ast", "KW"): 180,
    ("ast", "QA"): 180,
    ("ast", "BH"): 180,
    ("ast", "IQ"): 180,
    ("gst", "AE"): 240,
    ("gst", "OM"): 240,
    ("sgt", "SG"): 480,
    ("sst", "SG"): 480,
    ("myt", "MY"): 480,
    ("ict", "TH"): 420,
    ("ict", "VN"): 420,
    ("brt", "BR"): -180,
    ("art", "AR"): -180,
    ("cot", "CO"): -300,
    ("pet", "PE"): -300,
    ("trt", "TR"): 180,
    ("irst", "IR"): 210,
    ("pht", "PH"): 480,
}
"""Minutes east of UTC of names that the time zone database gives as numbers."""
_OFFSET = re.compile(r"(?:gmt|utc|ut|z)? ?([+-])(\d{1,2}):?(\d{2})?")
_LARGEST_MIN = 14 * 60


def offset_of(zone: str, local: datetime, customs: Customs, has_half: bool = False) -> int | None:
    """Minutes east of UTC of a zone, written in lower case, at a local time; None: it has several meanings there.

    `has_half`: the clock has twelve hours, as North Americans write it with `ET`.
    """
    if RFC_822.get(zone) == 0:
        return 0
    if found := _OFFSET.fullmatch(zone):
        return _numeric(found)
    if "/" in zone:
        return _of_place(zone, local)
    named = _north_american(zone, local, customs, has_half)
    return named if named is not None else _by_name(zone, local, customs)


def _numeric(found: re.Match[str]) -> int | None:
    hours, minutes = int(found[2]), int(found[3] or 0)
    total = hours * 60 + minutes
    if total > _LARGEST_MIN or minutes > 59:
        return None
    return -total if found[1] == "-" else total


def _of_place(zone: str, local: datetime) -> int | None:
    name = _places().get(zone.replace(" ", "_"))
    return _at(name, local) if name else None


def _north_american(zone: str, local: datetime, customs: Customs, has_half: bool) -> int | None:
    name = _NORTH_AMERICA.get(re.sub(r" (?:standard|daylight)(?= time$)", "", zone))
    is_certain = has_half or " " in zone or bool(_ITS_COUNTRIES & countries(customs))
    return _at(name, local) if name and is_certain else None


def _by_name(zone: str, local: datetime, customs: Customs) -> int | None:
    """By the outlet's zone or country, else by a standard that gives the name one meaning."""
    lands = countries(customs)
    own = _own(zone, local, customs, lands)
    if len(own) == 1:
        return own.pop()
    if own:
        return None
    if zone in RFC_822:
        return None if zone[0] in "ec" and lands & _OTHER_CENTRAL else RFC_822[zone]
    if zone not in _EUROPE:
        return None
    name, is_summer = _EUROPE[zone]
    offset = _at(name, local)
    has_summer = bool(local.replace(tzinfo=ZoneInfo(name)).dst())
    return offset if has_summer is is_summer else None


def _own(zone: str, local: datetime, customs: Customs, lands: frozenset[str]) -> set[int]:
    """The offsets that the zones of the outlet's countries have under this name at that time."""
    stated = {_BY_COUNTRY[zone, land] for land in lands if (zone, land) in _BY_COUNTRY}
    names = {customs.time_zone} | {name for land in lands for name in _zones_of(land)}
    for name in names - {None, "", "UTC"}:
        place = _zone(str(name))
        if place and (local.replace(tzinfo=place).tzname() or "").lower() == zone:
            offset = _at(str(name), local)
            stated |= {offset} if offset is not None else set()
    return stated


@lru_cache(maxsize=512)
def countries(customs: Customs) -> frozenset[str]:
    """Countries of the outlet, in upper case: stated, named by its language, and that of its time zone."""
    place = get_global("zone_territories").get(_old_name(customs.time_zone or ""))
    return regions(customs) | ({place} if place and place != "001" else set())


def _old_name(name: str) -> str:
    """CLDR keeps the first name of a zone (`Asia/Calcutta`)."""
    return str(get_global("zone_aliases").get(name, name))


@lru_cache(maxsize=512)
def _zones_of(country: str) -> tuple[str, ...]:
    return tuple(name for name, land in get_global("zone_territories").items() if land == country)


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """IANA names in lower case → as the database spells them."""
    names = (*get_global("zone_territories"), *get_global("zone_aliases"))
    return {name.lower(): name for name in names if "/" in name}


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _at(name: str, local: datetime) -> int | None:
    """The offset in a zone; None in the hour that a clock change skips or repeats."""
    place = _zone(name)
    if place is None:
        return None
    first, second = (local.replace(tzinfo=place, fold=fold).utcoffset() for fold in (0, 1))
    return first // timedelta(minutes=1) if first == second and first is not None else None
