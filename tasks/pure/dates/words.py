"""The words of written dates: months and weekdays in the languages of news (CLDR), and the words between them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from babel import Locale, localedata
from babel.localedata import LocaleDataDict

LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "uk", "ru", "be", "bg", "ro", "tr", "el", "hu"),
    *(
        "sv",
        "da",
        "nb",
        "nn",
        "fi",
        "et",
        "lv",
        "lt",
        "hr",
        "sl",
        "sr",
        "sr_Latn",
        "bs",
        "mk",
        "sq",
        "is",
        "ca",
        "gl",
    ),
    *(
        "eu",
        "ar",
        "fa",
        "he",
        "hi",
        "bn",
        "ta",
        "te",
        "mr",
        "ne",
        "ur",
        "th",
        "vi",
        "id",
        "ms",
        "ka",
        "hy",
        "az",
        "kk",
    ),
    *("uz", "sw", "af", "ga", "cy", "am", "zh", "ja", "ko"),
)
"""Languages whose names of months and weekdays are read. A name that two of them give to different months is
settled by the language of the page or of the outlet, or is not read."""

# Names in use that CLDR has no form for.
_MORE_MONTHS = {
    "en": "- - - - - - - - sept - - -",
    "de": "jänner feber/feb mär/mrz apr mai jun jul aug sep/sept okt nov dez",
    "fr": "jan/janv fév/févr mars/mar avr mai jui/juin juil aoû sep/sept oct nov déc",
    "es": "- - - - - - - - septiembre/setiembre/set/sept - - -",
    "nl": "- - mrt - - - - - - - - -",
    "it": "- - - - magg giu/giugn lug/lugl - sett ott - -",
    "pl": "- - - - - - - - - paź - -",
    "ro": "- - - - - - - - - - noi/nov -",
    "da": "- - mar - - - - - - - - -",
    "ar": "- - - أبريل/ابريل - يونيو/يونيه يوليو/يوليه أغسطس/اغسطس - أكتوبر/اكتوبر - -",
    "id": "- - mar/mrt - - - - agt/agu/ags - - nov/nop -",
    "lv": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "tr": "oca şub - nis - haz tem ağu eyl eki kas ara",
    "el": "ιαν φεβ μαρ/μάρ απρ μαι/μαΐ/μάι/μαϊ ιουν/ιούν ιουλ/ιούλ αυγ/αύγ σεπ/σεπτ οκτ νοε/νοέ δεκ",
    "sr": "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
    "sr_Latn": "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "ru": "- - - - - - - - сен/сент - ноя/нояб -",
    "bn": "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী - - - - - - - - - -",
}
_MORE_WEEKDAYS = {
    "de": "- - - - - samstag/sonnabend -",
    "pt": "segunda terça quarta quinta sexta - -",
    "en": "- tues weds thurs/thur - - -",
    "vi": "thứ.2 thứ.3 thứ.4 thứ.5 thứ.6 thứ.7 chủ.nhật/cn",
}
_BETWEEN_TEXT = """
    the of on at st nd rd th der den dem des die das am um uhr h hs hrs hours om uur de ste
    kl klo kls kello klokken klukkan to
    le la el il lo les los du del di do da das dos er re ère e ème o a à as às al alle alla las os
    ore ora orele hora horas heures ano año an anul hr min mn heure
    r rok roku godz godzina godzinie ob dnia dne dňa v ve vo u hod hodin sati god godine
    в во о об у од г р год года году годину року рік ч час година го е
    saat saati tarihinde yılı pukul pkl jam tanggal tgl tahun kell plkst gada gads m d óra órakor
    lúc vào ngày năm tháng giờ เวลา น วันที่ พ ศ στις στης του την και ώρα ώρες
    م هـ ه الموافق ماه في الساعة ساعت در روز بجے को बजे
"""
_BETWEEN = frozenset(_BETWEEN_TEXT.split())
_WIDTHS = ("wide", "abbreviated")
_TOKEN = re.compile(r"\d+|[^\s\d.,;:/|()\-–—@·•+\[\]'’`]+")
_MARKS_APART = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")

Languages = frozenset[str]
Meanings = Mapping[int, Languages]
"""A number (a month from 1, a weekday from 0) and the languages that call it so."""
NOTHING: Meanings = MappingProxyType({})

HALVES = {
    **dict.fromkeys(("am", "午前", "上午", "오전", "πμ", "sa", "öö", "ص", "dop", "de", "पूर्वाह्न", "ق.ظ", "قظ"), "a"),
    **dict.fromkeys(("pm", "午後", "下午", "오후", "μμ", "ch", "ös", "م", "odp", "du", "अपराह्न", "ب.ظ", "بظ"), "p"),
}
"""Words for the half of the day, without dots and spaces: `a` before noon, `p` after."""


def plain(text: str) -> str:
    """The text in lower case with digits 0 to 9 and single spaces, without marks of direction and joined dots."""
    if text.isascii():
        return " ".join(text.lower().split())
    wide = unicodedata.normalize("NFKC", text).lower().replace("i\u0307", "i")
    return " ".join("".join(_plain_character(each) for each in wide if unicodedata.category(each) != "Cf").split())


def _plain_character(character: str) -> str:
    if character.isdecimal() and not character.isascii():
        return str(unicodedata.decimal(character))
    return {"–": "-", "—": "-", "−": "-", "’": "'", "،": ",", "：": ":", "°": "", "。": "."}.get(character, character)


def tokens(text: str) -> list[str]:
    """Words and numbers of a plain text, in order."""
    return _TOKEN.findall(text)


def is_between(word: str) -> bool:
    """Whether dates have the word between their parts: articles, `at`, `o'clock`, endings of ordinals, `year`."""
    return word in _BETWEEN


def load() -> None:
    """Read the names of all languages, 0.4 s once a process; else the first date in words does it."""
    months()
    weekdays()


@cache
def months() -> dict[str, Meanings]:
    """Tokens of a month's name, joined by spaces → the months that it means."""
    return _meanings(_named_months())


@cache
def weekdays() -> dict[str, Meanings]:
    """Tokens of a weekday's name, joined by spaces → the weekdays that it means."""
    return _meanings(_named_weekdays())


def _named_months() -> Iterator[tuple[str, str, int]]:
    for language, cldr in _cldr().items():
        yield from ((name, language, month) for name, month in cldr.months)
    yield from _listed(_MORE_MONTHS, 1)


def _named_weekdays() -> Iterator[tuple[str, str, int]]:
    for language, cldr in _cldr().items():
        yield from ((name, language, day) for name, day in cldr.weekdays)
    yield from _listed(_MORE_WEEKDAYS, 0)


class _Names(NamedTuple):
    """What CLDR calls the months (1 to 12) and the weekdays (0 is Monday) of one language, in all its widths."""

    months: list[tuple[str, int]]
    weekdays: list[tuple[str, int]]


@cache
def _cldr() -> dict[str, _Names]:
    """The names in each language, each read as if no other had been: a locale that Babel reads writes the forms that
    it inherits into the data that all locales share, and the next one has them for its own (Urdu weekdays in Swahili,
    findings/2026-11-babel-locales-leak.sh). Nor does Babel ever forget a locale, 1 MB each."""
    return {language: _names(language) for language in LANGUAGES}


def _names(language: str) -> _Names:
    localedata._cache.clear()
    locale = Locale.parse(language)
    names = _Names(list(_widths(locale.months, _WIDTHS)), list(_widths(locale.days, (*_WIDTHS, "short"))))
    localedata._cache.clear()
    return names


def _widths(names: LocaleDataDict, widths: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    for context in ("format", "stand-alone"):
        for width in widths:
            yield from ((name, number) for number, name in names[context].get(width, {}).items())


def _listed(rows: dict[str, str], start: int) -> Iterator[tuple[str, str, int]]:
    for language, row in rows.items():
        for number, cell in enumerate(row.split(), start):
            yield from ((name, language, number) for name in cell.split("/") if name != "-")


def _meanings(names: Iterable[tuple[str, str, int]]) -> dict[str, Meanings]:
    found: dict[str, dict[int, set[str]]] = {}
    for name, language, number in names:
        for key in _keys(name) if language != "vi" else _keys(name)[:1]:
            if len(key) > 1 and not key[0].isdigit():
                found.setdefault(key, {}).setdefault(number, set()).add(language.split("_")[0])
    return {
        key: {number: frozenset(languages) for number, languages in meant.items()} for key, meant in found.items()
    }


@lru_cache(maxsize=8192)
def _keys(name: str) -> tuple[str, ...]:
    """The tokens of a name, and those of its spelling without accents. Vietnamese needs its accents: without them
    `thứ 2`, Monday, is Thursday the second."""
    spelling = plain(name)
    return tuple(dict.fromkeys(" ".join(tokens(each)) for each in (spelling, _bare(spelling))))


def _bare(text: str) -> str:
    """Latin and Greek letters without their accents, as in addresses and in capitals."""
    apart = unicodedata.normalize("NFD", text).replace("ı", "i")
    return unicodedata.normalize("NFC", "".join(each for each in apart if not "\u0300" <= each <= "\u036f"))
