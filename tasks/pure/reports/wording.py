"""How the reports word durations, instants and counts."""

from datetime import UTC, datetime, time, tzinfo


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


def counted(number: int, noun: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
