"""Lengths of time as people write and read them: `90s`, `45m`, `2h`, `1h30m`, `7d`, `2w`."""

import re
from datetime import timedelta

_UNITS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_WORDS = {"min": "m", "mins": "m", "hours": "h", "hour": "h", "days": "d", "day": "d", "minutes": "m", "minute": "m"}
_PART = re.compile(r"(\d{1,6})\s*([a-z]+)\s*", re.IGNORECASE)
FORMS = "90s, 45m, 2h, 1h30m, 7d or 2w"


def duration(text: str) -> timedelta:
    """The length that a person wrote, above zero. Raises `ValueError` that names the forms."""
    rest, seconds = text.strip(), 0
    while match := _PART.match(rest):
        unit = _WORDS.get(match[2].lower(), match[2].lower())
        if unit not in _UNITS:
            break
        seconds += int(match[1]) * _UNITS[unit]
        rest = rest[match.end() :]
    if rest or not seconds:
        raise ValueError(f"{text!r} is no length of time; write {FORMS}")
    return timedelta(seconds=seconds)


def told_duration(length: timedelta) -> str:
    """The length in its two largest units, as `3 d 4 h`, `2 h`, `5 min` or `0 s`; a negative one counts as none."""
    seconds = max(0, int(length.total_seconds()))
    parts: list[tuple[int, str]] = []
    for name, size in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count or parts:
            parts.append((count, name))
    return " ".join(f"{count} {name}" for count, name in parts[:2] if count) or "0 s"
