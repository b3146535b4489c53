"""Durations as people write them: `15 min`, `6 h`."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator

UNITS_S = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_WRITTEN = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(s|min|h|d)")


def seconds_of(text: str) -> float:
    """Seconds of a number and a unit (s, min, h, d). Raises `ValueError` with a hint."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None or float(written[1]) == 0:
        raise ValueError(f"{text!r} is no duration: write a number and a unit (s, min, h, d), as '15 min' or '6 h'")
    return float(written[1]) * UNITS_S[written[2]]


def words_of(seconds: float) -> str:
    """The duration in its largest unit that leaves a whole number, rounded to minutes above ten minutes: `90 min`."""
    if seconds < 600:
        return f"{seconds:.0f} s" if seconds % 60 else f"{seconds / 60:.0f} min"
    minutes = round(seconds / 60)
    if minutes % 60:
        return f"{minutes} min" if minutes < 600 else f"{timedelta(minutes=minutes) / timedelta(hours=1):.1f} h"
    hours = minutes // 60
    return f"{hours // 24} d" if hours > 48 and not hours % 24 else f"{hours} h"


def _checked(text: str) -> str:
    if text:
        seconds_of(text)
    return text.strip()


Duration = Annotated[str, AfterValidator(_checked)]
"""A duration as a person wrote it; empty where that is the default."""
