"""Days of Nepal's calendar (Bikram Sambat), put into the Gregorian one."""

import re
from datetime import date

_MONTHS = (
    ("बैशाख", "वैशाख"),
    ("जेठ", "जेष्ठ", "ज्येष्ठ"),
    ("असार", "आषाढ"),
    ("साउन", "श्रावण"),
    ("भदौ", "भाद्र"),
    ("असोज", "आश्विन"),
    ("कात्तिक", "कार्तिक"),
    ("मंसिर", "मङ्सिर", "मार्ग"),
    ("पुस", "पुष", "पौष"),
    ("माघ",),
    ("फागुन", "फाल्गुन"),
    ("चैत", "चैत्र"),
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NAME = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_DAY = re.compile(
    rf"(?<!\d)(?P<year>20\d\d)(?: साल)?,? (?P<month>{_NAME}),? (?P<day>\d{{1,2}})(?!\d)(?: गते)?|"
    rf"(?<!\d)(?P<day2>\d{{1,2}})(?: गते)? (?P<month2>{_NAME}),? (?P<year2>20\d\d)(?!\d)(?: साल)?|"
    rf"(?P<month3>{_NAME}) (?P<day3>\d{{1,2}})(?: गते)?,? (?P<year3>20\d\d)(?!\d)(?: साल)?"
)


def from_nepali(text: str) -> str:
    """The plain text of a Nepali page with its day as `YYYY-MM-DD`; as it is where it names no month of this
    calendar, or a day that the month does not have. Hindi has names of these months too, of another calendar."""
    return _DAY.sub(lambda found: _day_of(*(part for part in found.groups() if part)) or found[0], text)


def _day_of(first: str, second: str, third: str) -> str | None:
    from nepali_datetime import date as nepali_date  # Here: it reads its table of months, and few pages need it.

    name = next(part for part in (first, second) if part in _NUMBERS)
    year, day = sorted((int(part) for part in (first, second, third) if part != name), reverse=True)
    try:
        found: date = nepali_date(year, _NUMBERS[name], day).to_datetime_date()
    except ValueError:
        return None
    return found.isoformat()
