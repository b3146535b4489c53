"""Days of other calendars, put into the Gregorian one: Thai, Republic of China, Japanese eras, Persian, Hijri,
Nepali, Ethiopic."""

import re
from datetime import date

import jdatetime
from hijridate import Hijri

from tasks.pure.dates.customs import Customs, base_languages
from tasks.pure.dates.ethiopic import from_ethiopic
from tasks.pure.dates.nepali import from_nepali
from tasks.pure.dates.zones import countries

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The Gregorian year before the first of each era."""
_ERA_YEAR = re.compile(r"(?:中華|中华)?(令和|平成|昭和|民國|民国) ?(\d{1,3}|元) ?年")
_BUDDHIST_YEAR = re.compile(r"(?<!\d)2[4-6]\d\d(?!\d)")
_BUDDHIST_AHEAD = 543
_THAI = re.compile("[ก-๙]")
_THE = re.compile(r"ที่ ?(?=\d)")
"""Thai joins it to the weekday: `วันจันทร์ที่ 12`, Monday the 12th."""
_PERSIAN_MONTHS = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
_PERSIAN_DAY = re.compile(rf"(?<!\d)(\d{{1,2}}) ?({'|'.join(_PERSIAN_MONTHS)})(?: ماه)?,? (1[34]\d\d)(?!\d)")
_HIJRI_MONTHS = (
    ("محرم", "المحرم"),
    ("صفر",),
    ("ربيع الأول", "ربيع الاول"),
    ("ربيع الآخر", "ربيع الاخر", "ربيع الثاني"),
    ("جمادى الأولى", "جمادى الاولى", "جمادى الأول"),
    ("جمادى الآخرة", "جمادى الاخرة", "جمادى الثانية"),
    ("رجب",),
    ("شعبان",),
    ("رمضان",),
    ("شوال",),
    ("ذو القعدة", "ذي القعدة"),
    ("ذو الحجة", "ذي الحجة"),
)
_HIJRI_NUMBERS = {name: number for number, names in enumerate(_HIJRI_MONTHS, start=1) for name in names}
_HIJRI_DAY = re.compile(rf"(?<!\d)(\d{{1,2}}) ({'|'.join(_HIJRI_NUMBERS)}),? (1[34]\d\d)(?: ?هـ?(?!\w))?")
_BOTH = re.compile(
    rf"{_HIJRI_DAY.pattern} ?[-,/|(]? ?(?:الموافق )?ل?(?=\d{{1,2}}[ /-][^\d]*\d{{0,2}}[ /-]?(?:19|20)\d\d)"
)
"""A Hijri day with the Gregorian one behind it: the latter counts."""
_YEAR_FIRST = re.compile(r"(?<!\d)(1[34]\d\d)([/-])(\d{1,2})\2(\d{1,2})(?!\d)")


def in_gregorian(text: str, customs: Customs) -> str:
    """The plain text with its day in the Gregorian calendar, as `YYYY-MM-DD`, where it is of another one and that is
    certain; else the text as it is.

    Persian days are those of Iran's calendar. Hijri days are the calendar of Umm al-Qura, for outlets of Saudi Arabia
    alone: elsewhere the moon is sighted, and the month may begin a day apart."""
    languages = base_languages(customs)
    if text.isascii() and not {"fa", "th", "ar"} & set(languages):
        return text
    text = from_ethiopic(from_nepali(text) if "ne" in languages else text)
    text = _ERA_YEAR.sub(lambda found: f"{_ERAS[found[1]] + (1 if found[2] == '元' else int(found[2]))}年", text)
    if "th" in languages or _THAI.search(text):
        text = _BUDDHIST_YEAR.sub(lambda found: str(int(found[0]) - _BUDDHIST_AHEAD), _THE.sub(" ", text))
    text = (
        _PERSIAN_DAY.sub(_of_persian_words, text.replace("ي", "ی").replace("ك", "ک")) if _is_persian(text) else text
    )
    if "fa" in languages:
        text = _YEAR_FIRST.sub(lambda found: _persian(int(found[1]), int(found[3]), int(found[4])) or found[0], text)
    return _from_hijri(text, "ar" in languages, "SA" in countries(customs))


def _is_persian(text: str) -> bool:
    spelt = text.replace("ي", "ی").replace("ك", "ک")
    return _PERSIAN_DAY.search(spelt) is not None


def _of_persian_words(found: re.Match[str]) -> str:
    return _persian(int(found[3]), _PERSIAN_MONTHS.index(found[2]) + 1, int(found[1])) or found[0]


def _persian(year: int, month: int, day: int) -> str | None:
    try:
        found: date = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None
    return found.isoformat()


def _from_hijri(text: str, is_arabic: bool, is_saudi: bool) -> str:
    text = _BOTH.sub("", text)
    if not is_saudi:
        return text
    text = _HIJRI_DAY.sub(
        lambda found: _hijri(int(found[3]), _HIJRI_NUMBERS[found[2]], int(found[1])) or found[0], text
    )
    if is_arabic:
        text = _YEAR_FIRST.sub(lambda found: _hijri(int(found[1]), int(found[3]), int(found[4])) or found[0], text)
    return text


def _hijri(year: int, month: int, day: int) -> str | None:
    try:
        return Hijri(year, month, day).to_gregorian().isoformat()
    except (ValueError, OverflowError):
        return None
