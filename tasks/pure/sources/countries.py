"""Countries: what the name of a host says of where an outlet is at home."""

from urllib.parse import urlsplit

import pytz

UNKNOWN = "zz"
"""ISO 3166-1 leaves it to users."""
_ANYONES = "ac ai cc cd co fm gg io la ly me ms mu nu pw sh st tk to tv vc vg ws"
"""Domains of countries that are sold to everybody."""
_BY_ANOTHER_NAME = {"uk": "gb"}


def country_of(url: str) -> str:
    """ISO 3166-1 alpha-2 code in lower case of the country whose domain the host is in; `zz` where it is
    in none, or in one that is sold to everybody."""
    name = (urlsplit(url).hostname or "").rstrip(".").rpartition(".")[2]
    code = _BY_ANOTHER_NAME.get(name, name)
    return code if code.upper() in pytz.country_names and code not in _ANYONES.split() else UNKNOWN


def time_zone_of(country: str) -> str:
    """IANA name of the country's time zone, where it has one only; else `UTC`."""
    zones = pytz.country_timezones.get(country.upper(), ())
    return str(zones[0]) if len(zones) == 1 else "UTC"
