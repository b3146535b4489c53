"""The time zone in which a person here reads and writes times."""

import warnings
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal import reload_localzone

from schemas.errors import SettingsError
from tasks.pure.dates.since import instant_of


def local_zone(time_zone: str) -> ZoneInfo:
    """The zone that NEWSDESK_TIME_ZONE names; empty: the machine's (TZ, else the system's, else UTC).
    Raises `SettingsError` where TZ names no IANA zone: POSIX rules as `CET-1CEST` have no name."""
    if time_zone:
        return ZoneInfo(time_zone)
    try:
        with warnings.catch_warnings(action="ignore"):  # A container without a zone: UTC is what its clock shows.
            return reload_localzone()
    except ZoneInfoNotFoundError as error:
        raise SettingsError(
            "TZ names no IANA time zone, as Europe/Berlin: correct it, or set NEWSDESK_TIME_ZONE"
        ) from error


def reading_zone(time_zone: str) -> ZoneInfo:
    """The zone in which times are printed for a person: as `local_zone`, but UTC where the machine's has no IANA
    name, since no run is to fail for how a time is printed."""
    try:
        zone = local_zone(time_zone)
        # A zone that is known by its rules alone is called 'local'.
        return ZoneInfo("UTC" if zone.key == "Etc/UTC" else zone.key)
    except (SettingsError, ZoneInfoNotFoundError):
        return ZoneInfo("UTC")


def instant_given(text: str | None, now: datetime, time_zone: str) -> datetime | None:
    """The instant (UTC) that a person wrote in this zone, in a form of `tasks.pure.dates.since.FORMS`; None where
    nothing was given. Raises `UsageError` for what is no day or instant."""
    return instant_of(text, now, local_zone(time_zone)).astimezone(UTC) if text else None
