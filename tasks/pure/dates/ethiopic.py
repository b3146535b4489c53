"""Days of the Ethiopic calendar, put into the Gregorian one."""

import re
from datetime import date

_MONTHS = (
    ("መስከረም",),
    ("ጥቅምት",),
    ("ኅዳር", "ህዳር", "ኀዳር"),
    ("ታኅሣሥ", "ታህሳስ", "ታኅሳስ", "ታህሣሥ"),
    ("ጥር",),
    ("የካቲት",),
    ("መጋቢት",),
    ("ሚያዝያ", "ሚያዚያ"),
    ("ግንቦት",),
    ("ሰኔ",),
    ("ሐምሌ", "ሀምሌ"),
    ("ነሐሴ", "ነሀሴ"),
    ("ጳጉሜን", "ጳጉሜ", "ጳጉሚን"),
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NAME = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_ERA = r"(?: ?ዓ ?[.።] ?ም[.።]?)?"
_DAY = re.compile(
    rf"(?P<month>{_NAME}) (?P<day>\d{{1,2}})(?!\d)(?: ቀን)?[,፣]? ?(?P<year>[12]\d{{3}})(?!\d){_ERA}|"
    rf"(?<!\d)(?P<day2>\d{{1,2}}) (?P<month2>{_NAME})[,፣]? (?P<year2>[12]\d{{3}})(?!\d){_ERA}"
)
_WEEKDAY_END = re.compile(r"[፣፤]")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|ሰዓት")
_GREGORIAN = re.compile(r"እ ?[.።] ?ኤ ?[.።] ?አ")
_FIRST_DAY = date(8, 8, 27).toordinal()
"""1 Meskerem 1, which is 29 August 8 in the Julian calendar (Reingold and Dershowitz, Calendrical Calculations)."""


def from_ethiopic(text: str) -> str:
    """The plain text with its day as `YYYY-MM-DD`; as it is where it names no month of this calendar, a day that the
    month does not have, or the Gregorian era. A text with a clock stays too: hours count from six in the morning at
    some outlets and from midnight at others."""
    day = _DAY.search(text)
    if day is None or _GREGORIAN.search(text) or _CLOCK.search(text[: day.start()] + " " + text[day.end() :]):
        return text
    name = day["month"] or day["month2"]
    found = _day_of(int(day["year"] or day["year2"]), _NUMBERS[name], int(day["day"] or day["day2"]))
    return _WEEKDAY_END.sub(" ", text.replace(day[0], found)) if found else text


def _day_of(year: int, month: int, day: int) -> str | None:
    """Twelve months have 30 days; the thirteenth has 5, and 6 in the year before a leap year."""
    in_month = 30 if month < 13 else 5 + (year % 4 == 3)
    if not 1 <= day <= in_month:
        return None
    return date.fromordinal(_FIRST_DAY + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1).isoformat()
