"""Reads the day of a written date, in numbers (`9/6/2026`) or with the month's name (`6. September 2026`)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal, NamedTuple

from tasks.pure.dates.customs import Customs, base_languages, number_order
from tasks.pure.dates.forms import CJK_DAY, NUMBERS, Form
from tasks.pure.dates.words import NOTHING, Meanings, is_between, months, tokens, weekdays

_Role = Literal["number", "month", "weekday", "between"]
_WORDS_AT_MOST = 14
_WAYS_AT_MOST = 64
"""Of a day; few words have two roles (`mar`: March, and Tuesday in French)."""
_LONGEST_NAME = 3
"""Words of a name: `dydd mawrth`, `יום ראשון`, `de febrer`."""
_BRACKETS = re.compile(r"[(（]([^()（）]{1,12})[)）]")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """`date` is naive, at 0:00. `text`: the day, month and year as written, for a second reading."""

    form: Form
    date: datetime
    text: str
    languages: tuple[str, ...] = ()
    is_day_first: bool = False
    weekday_fits: bool = True


class _Piece(NamedTuple):
    role: _Role
    text: str
    meanings: Meanings = NOTHING


def read_day(text: str, customs: Customs) -> WrittenDay | None:
    """The one day that a plain text states, whose every word is known; None: none, or ambiguous."""
    spaced = CJK_DAY.sub(r" \1-\2-\3 ", _BRACKETS.sub(r" \1 ", text))
    found = NUMBERS.search(spaced)
    if found:
        around = _pieces(tokens(f"{spaced[: found.start()]} {spaced[found.end() :]}"))
        days = [day for pieces in around if (day := _in_numbers(found, pieces, customs))]
        return next((day for day in days if day.weekday_fits), days[0] if days else None)
    readings = [day for pieces in _pieces(tokens(spaced)) if (day := _in_words(pieces, customs))]
    if len({day.date for day in readings}) != 1:
        return None
    return next((day for day in readings if day.weekday_fits), readings[0])


def _in_numbers(found: re.Match[str], around: Sequence[_Piece], customs: Customs) -> WrittenDay | None:
    weekday = _weekday(around)
    if weekday is False:
        return None
    one, two, three = (int(found[name]) for name in ("one", "two", "three"))
    if len(found["one"]) == 4:
        day = _date(one, two, three) if len(found["three"]) <= 2 else None
        return WrittenDay("numbers", day, found[0], (), False, _fits(day, weekday)) if day else None
    if len(found["three"]) != 4 or len(found["one"]) > 2:
        return None
    day_first, month_first = _date(three, two, one), _date(three, one, two)
    chosen = _settled(day_first, month_first, found["mark"], weekday, customs)
    if chosen is None:
        return None
    return WrittenDay("numbers", chosen, found[0], (), chosen == day_first, _fits(chosen, weekday))


def _settled(
    day_first: datetime | None,
    month_first: datetime | None,
    mark: str,
    weekday: Meanings | None,
    customs: Customs,
) -> datetime | None:
    """The one possible reading; of two, that of the page's customs, unless the weekday is only the other's."""
    if day_first is None or month_first is None:
        return _possible(day_first, month_first, customs)
    if day_first == month_first:
        return day_first
    order = number_order(customs)
    if mark == "." and order != "day first":
        order = "day first" if (customs.time_zone or "").startswith("Europe/") else None
    by_custom = {"day first": day_first, "month first": month_first}.get(order or "")
    if not weekday:
        return by_custom
    fitting = [each for each in (day_first, month_first) if each.weekday() in weekday]
    if len(fitting) != 1:
        return by_custom
    return fitting[0] if by_custom in (None, fitting[0]) else None


def _possible(day_first: datetime | None, month_first: datetime | None, customs: Customs) -> datetime | None:
    """The reading that is a date, unless the customs of the page say that it is meant the other way."""
    order = number_order(customs)
    if day_first:
        return day_first
    return None if order == "day first" else month_first


def _in_words(pieces: Sequence[_Piece], customs: Customs) -> WrittenDay | None:
    weekday = _weekday([piece for piece in pieces if piece.role not in ("month", "number")])
    named = [piece for piece in pieces if piece.role == "month"]
    numbers = [piece.text for piece in pieces if piece.role == "number"]
    if weekday is False or len(named) != 1 or len(numbers) != 2:
        return None
    order = [piece.role for piece in pieces if piece.role in ("month", "number")]
    year, day = _year_and_day(numbers, order[1] == "month")
    month = _month(named[0].meanings, weekday, customs)
    date = _date(year, month, day) if year and month else None
    if date is None:
        return None
    languages = tuple(sorted(named[0].meanings[month]))
    return WrittenDay(
        "rfc822" if "en" in languages and order[1] == "month" else "words",
        date,
        f"{day} {named[0].text} {numbers[0] if len(numbers[0]) == 4 else numbers[1]}",
        tuple(sorted(languages, key=lambda each: each not in base_languages(customs))),
        True,
        _fits(date, weekday),
    )


def _year_and_day(numbers: Sequence[str], is_between_them: bool) -> tuple[int, int]:
    """The number of four digits is the year; of two digits only in `10 Nov 26`, 00 to 49 being of this century
    (RFC 2822 section 4.3). Zeros where neither is a year."""
    first, second = numbers
    if len(first) == 4 and len(second) <= 2:
        return int(first), int(second)
    if len(first) > 2:
        return 0, 0
    if len(second) == 4:
        return int(second), int(first)
    if len(second) != 2 or not is_between_them:
        return 0, 0
    return int(second) + (2000 if int(second) < 50 else 1900), int(first)


def _month(meanings: Meanings, weekday: Meanings | None, customs: Customs) -> int:
    """The month that the word means; of several, in the page's language, then the outlet's; 0: not settled."""
    if len(meanings) == 1:
        return next(iter(meanings))
    for language in base_languages(customs):
        meant = [month for month, languages in meanings.items() if language in languages]
        if meant:
            return meant[0] if len(meant) == 1 else 0
    spoken = {language for languages in (weekday or {}).values() for language in languages}
    meant = [month for month, languages in meanings.items() if languages & spoken]
    return meant[0] if len(meant) == 1 else 0


def _weekday(pieces: Sequence[_Piece]) -> Meanings | Literal[False] | None:
    """The weekday among the words around a day; None: there is none; False: there are other things."""
    days = [piece for piece in pieces if piece.role == "weekday"]
    if len(days) > 1 or any(piece.role in ("month", "number") for piece in pieces):
        return False
    return days[0].meanings if days else None


def _fits(date: datetime, weekday: Meanings | None) -> bool:
    return weekday is None or date.weekday() in weekday


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)  # noqa: DTZ001  # the zone stands beside it
    except ValueError:
        return None


def _pieces(words: Sequence[str]) -> list[tuple[_Piece, ...]]:
    """The ways to read the words, each in the role that it can have; none where a word is not known."""
    return list(islice(_ways(words), _WAYS_AT_MOST)) if len(words) <= _WORDS_AT_MOST else []


def _ways(words: Sequence[str]) -> Iterator[tuple[_Piece, ...]]:
    if not words:
        yield ()
        return
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        name = " ".join(words[:length])
        pieces = tuple(_roles(name))
        if pieces:
            for rest in _ways(words[length:]):
                yield from ((piece, *rest) for piece in pieces)
            return


def _roles(name: str) -> Iterator[_Piece]:
    if name.isdecimal():
        yield _Piece("number", name)
        return
    if name in weekdays():
        yield _Piece("weekday", name, weekdays()[name])
    if name in months():
        yield _Piece("month", name, months()[name])
    if is_between(name):
        yield _Piece("between", name)
