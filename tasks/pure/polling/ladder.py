"""The revisit ladder: the ages at which an article is fetched again, and how texts state them."""

from datetime import timedelta

LADDER = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 3 * 24, 7 * 24))
"""After publication, shortest first; GDELT: 15 % of bodies change within 24 h, 18 % within a week."""


def ladder_words() -> str:
    """The ladder as every text states it: `1 h, 6 h, 24 h and 3 d`; days only above 24 h and where they are whole."""
    *others, last = (_words(age) for age in LADDER)
    return f"{', '.join(others)} and {last}" if others else last


def _words(age: timedelta) -> str:
    day = timedelta(days=1)
    if age > day and not age % day:
        return f"{age // day} d"
    return f"{age / timedelta(hours=1):g} h"
