"""Countries: derives an outlet's country and time zone from its host name."""

from urllib.parse import urlsplit

import pytz

UNKNOWN = "zz"
"""A code that ISO 3166-1 leaves to its users; here: country unknown."""
_ANYONES = "ac ai cc cd co fm gg io la ly me ms mu nu pw sh st tk to tv vc vg ws"
"""Country domains that are sold worldwide: they say nothing about the outlet's country."""
_BY_ANOTHER_NAME = {"uk": "gb"}


def country_of(url: str) -> str:
    """The country of the host's top-level domain: ISO 3166-1 alpha-2, in lower case. `zz` if the domain is no
    country's, or is sold worldwide."""
    name = (urlsplit(url).hostname or "").rstrip(".").rpartition(".")[2]
    code = _BY_ANOTHER_NAME.get(name, name)
    return code if code.upper() in pytz.country_names and code not in _ANYONES.split() else UNKNOWN


def time_zone_of(country: str) -> str:
    """IANA name of the country's time zone if it has only one; else `UTC`. `country`: ISO 3166-1 alpha-2."""
    zones = pytz.country_timezones.get(country.upper(), ())
    return str(zones[0]) if len(zones) == 1 else "UTC"
