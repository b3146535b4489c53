"""How the reports word durations, instants and counts."""

from datetime import UTC, date, datetime, time, tzinfo

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def span(seconds: float) -> str:
    """A duration for people: `4.2 s`, `3 min 20 s`, `2 h 5 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def moment(at: datetime, zone: tzinfo = UTC, has_zone: bool = True) -> str:
    """An instant for people in the zone, to the minute; midnight UTC stands for a day whose time is not known
    (`Precision.DAY`), which is the publisher's in every zone. `has_zone`: with the zone's abbreviation, which is left
    out where a page names the zone once."""
    if at.astimezone(UTC).time() == time(0):
        return f"{at.astimezone(UTC):%Y-%m-%d}"
    local = at.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M %Z}" if has_zone else f"{local:%Y-%m-%d %H:%M}"


def short_moment(at: datetime, zone: tzinfo) -> str:
    """An instant on a page that names its zone and its year: `1 Dec 04:20`."""
    local = at.astimezone(zone)
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local:%H:%M}"


def short_day(at: datetime) -> str:
    """A day of which no time is known (midnight UTC): `1 Dec`."""
    return f"{at.day} {MONTHS[at.month - 1][:3]}"


def long_day(day: date) -> str:
    """`Tuesday, 1 December 2026`."""
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 article`, `2 articles`; `plural` where it is not the noun with an s."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
