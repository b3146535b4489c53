"""Numbers with their unit: amounts of money, shares, lengths, weights, areas, times, as CLDR writes them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import (
    format_compact_decimal,
    get_currency_name,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
)
from babel.units import format_unit

_UNITS = [
    "concentr-percent",
    "length-kilometer",
    "length-meter",
    "length-centimeter",
    "length-millimeter",
    "length-mile",
    "length-foot",
    "mass-kilogram",
    "mass-gram",
    "mass-tonne",
    "mass-pound",
    "area-square-kilometer",
    "area-square-meter",
    "area-hectare",
    "area-acre",
    "volume-liter",
    "volume-cubic-meter",
    "speed-kilometer-per-hour",
    "speed-mile-per-hour",
    "temperature-celsius",
    "temperature-fahrenheit",
    "power-megawatt",
    "power-gigawatt",
    "power-kilowatt",
    "energy-kilowatt-hour",
    "digital-gigabyte",
    "digital-megabyte",
    "digital-terabyte",
    "duration-second",
    "duration-minute",
    "duration-day",
    "duration-week",
    "duration-month",
    "duration-year",
]
"""Hours are none of them: `14 heures` and `14 часов` are times of day, too."""
_CURRENCIES = [
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "CNY",
    "CHF",
    "UAH",
    "RUB",
    "PLN",
    "CZK",
    "HUF",
    "RON",
    "SEK",
    "NOK",
    "DKK",
    "TRY",
    "INR",
    "KRW",
    "BRL",
    "MXN",
    "ARS",
    "CLP",
    "COP",
    "CAD",
    "AUD",
    "NZD",
    "ZAR",
    "EGP",
    "SAR",
    "AED",
    "IRR",
    "IQD",
    "ILS",
    "IDR",
    "THB",
    "VND",
    "PHP",
    "SGD",
    "HKD",
    "TWD",
    "NGN",
    "KES",
    "BGN",
    "RSD",
    "GEL",
    "KZT",
]
_PLURALS = (1, 2, 5, 1.5)
"""One number of each plural form that a language of these has (CLDR: one, few, many, other)."""
_SHARED_SYMBOLS = {"$": None, "kr": None, "£": "GBP", "€": "EUR", "¥": None, "₴": "UAH", "₽": "RUB", "₹": "INR"}
"""Symbols that texts in every language have; None: of several currencies, unless the language has it for its own."""
_DATES = frozenset({"duration-day", "duration-month", "duration-year"})
"""Units that are dates in Chinese, Japanese and Korean: `3月5日`."""
_DATED = frozenset({"zh", "ja", "ko"})
_UNSPACED = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my"})
_MYRIADS = "千万萬億亿兆천만억조"
"""A number behind one of them is a part of a longer one: `1億2000万円`."""
_FIRST_YEAR = 1000
_SIGN = 6
"""Characters of a sign of money before a number."""
_DIGITS = r"\d{1,3}(?:[.,’'\u00a0\u202f \u066c]\d{3})+(?:[.,\u066b]\d+)?|\d+(?:[.,\u066b]\d+)?"
_OTHER_TAGS = {"no": "nb"}


class Quantity(NamedTuple):
    """`text` as it is written; `name`: value and unit, as `1500000 EUR`."""

    text: str
    name: str


class _Forms(NamedTuple):
    """What the units and the multipliers of a language are called. `number` finds numbers, `behind` reads what stands
    behind one, `before` a sign of money before one."""

    number: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    units: dict[str, str]
    factors: dict[str, int]
    decimal: str
    group: str


def quantities(text: str, language: str) -> Iterator[Quantity]:
    """The numbers with a unit, as often as they are there; none in a language that CLDR does not know."""
    forms = _forms(language)
    if forms is None:
        return
    for match in forms.number.finditer(text):
        start, end = match.span()
        before = forms.before.search(text[max(0, start - _SIGN) : start])
        behind = forms.behind.match(text, end)
        factor, after = behind.groups() if behind else (None, None)
        sign = after or (before and before[1])
        if sign is None or (before and after):
            continue
        value = _value(match[0], forms) * (forms.factors[_key(factor)] if factor else 1)
        unit = forms.units[_key(sign)]
        if unit == "year" and value >= _FIRST_YEAR:
            continue
        start -= len(before[0]) if before else 0
        yield Quantity(
            " ".join(text[start : behind.end() if behind else end].split()), f"{value.normalize():f} {unit}"
        )


def _value(digits: str, forms: _Forms) -> Decimal:
    """A mark before exactly three digits separates thousands where the language has it for that."""
    plain = "".join(each if each in ".,\u066b\u066c" else str(int(each)) if each.isdigit() else "" for each in digits)
    plain = plain.replace("\u066c", "").replace("\u066b", ".")
    marks = [each for each in plain if each in ".,"]
    if len(set(marks)) == 2:
        plain = plain.replace(marks[0], "").replace(marks[-1], ".")
    elif len(marks) > 1:
        plain = plain.replace(marks[0], "")
    elif marks:
        groups = marks[0] == forms.group and len(plain.rpartition(marks[0])[2]) == 3
        plain = plain.replace(marks[0], "" if groups else ".")
    return Decimal(plain)


@cache
def _forms(language: str) -> _Forms | None:
    try:
        locale = Locale.parse(_OTHER_TAGS.get(language, language))
    except (UnknownLocaleError, ValueError):
        return None
    units = _unit_words(locale, language) | _money_words(locale)
    factors = _factors(locale)
    unit, factor = _any(units), _any(factors)
    sign = _any({word: "" for word, name in units.items() if name in _CURRENCIES})
    end, start = ("", rf"\d{_MYRIADS}") if language in _UNSPACED else (r"(?![\w-])", r"\w")
    blank = "[ \u00a0\u202f-]?"
    times = rf"(?:{blank}({factor}){end})?" if factors else "()"
    return _Forms(
        re.compile(rf"(?<![{start}.,:/-])(?:{_DIGITS})(?!\d)"),
        re.compile(rf"{times}(?:{blank}({unit}){end})?"),
        re.compile(rf"(?<!\w)({sign})[ \u00a0\u202f]?$"),
        units,
        factors,
        get_decimal_symbol(locale),
        get_group_symbol(locale),
    )


def _unit_words(locale: Locale, language: str) -> dict[str, str]:
    found = {"%": "percent", "٪": "percent", "°C": "celsius", "°F": "fahrenheit"}
    for unit in _UNITS:
        if language in _DATED and unit in _DATES:
            continue
        name = unit.partition("-")[2]
        for length in ("long", "short"):
            for number in _PLURALS:
                word = _rest(format_unit(number, unit, length, locale=locale))
                if word and "-" not in word and (len(word) > 1 or word in "%٪％" or not word.isascii()):
                    found.setdefault(_key(word), name)
    return found


def _money_words(locale: Locale) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in _CURRENCIES:
        symbol = get_currency_symbol(code, locale)
        names = {get_currency_name(code, number, locale) for number in _PLURALS}
        for word in (code, symbol, *names):
            if len(word) > 1 or not (word.isascii() and word.isalpha()):
                found.setdefault(_key(word), code)
    return {symbol: code for symbol, code in _SHARED_SYMBOLS.items() if code} | found


def _factors(locale: Locale) -> dict[str, int]:
    """By the language's words for thousand, million and so on; 万 and 億 are what CLDR calls short."""
    length: Literal["long", "short"] = "long" if "long" in locale.compact_decimal_formats else "short"
    if locale.language not in _DATED and length == "short":
        return {}
    found = {}
    for power in range(3, 14):
        for number in _PLURALS:
            said = format_compact_decimal(number * 10**power, format_type=length, locale=locale, fraction_digits=1)
            if word := _rest(said):
                shown = _leading(said, get_decimal_symbol(locale))
                found[_key(word)] = round(number * 10**power / shown)
    return found


def _leading(said: str, decimal: str) -> float:
    digits = re.match(r"[\d.,\u066b]+", said)
    return float(digits[0].replace(decimal, ".")) if digits else 1.0


def _rest(said: str) -> str:
    """What stands behind the number; empty where the number stands in another place."""
    match = re.fullmatch(r"[\d.,\u066b]+[ \u00a0\u202f]?(\D+)", said)
    return match[1].strip(" \u00a0\u202f\u200e\u200f.") if match else ""


def _key(word: str) -> str:
    """Long words with any case; symbols as they are written."""
    return word.casefold() if len(word) > 3 else word


def _any(words: dict[str, str] | dict[str, int]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(rf"(?i:{re.escape(word)})" if len(word) > 3 else re.escape(word) for word in ordered)
