"""Dates as outlets of many languages write them: weekday, month, clock, and the words between."""

from datetime import UTC, datetime

import pytest

from schemas.items.link import Precision
from tasks.pure.dates.read import read_date

INSTANTS = [
    ("lundi 2 mars 2026 à 7h05", "Europe/Paris", "2026-03-02T06:05"),
    ("Le 1er mars 2026 à 7 h 05", "Europe/Paris", "2026-03-01T06:05"),
    ("mar., 03 mars 2026 07:05:00 +0100", None, "2026-03-03T06:05"),
    ("mar. 3 mar. 2026 07:05", "Europe/Paris", "2026-03-03T06:05"),
    ("Mo, 2 Mär 2026 07:05:00", "Europe/Berlin", "2026-03-02T06:05"),
    ("Mi., 02. Dez. 2026, 07.05 Uhr", "Europe/Vienna", "2026-12-02T06:05"),
    ("Montag, den 2. März 2026 um 7 Uhr MEZ", None, "2026-03-02T06:00"),
    ("segunda-feira, 2 de março de 2026 às 7h05", "Europe/Lisbon", "2026-03-02T07:05"),
    ("1º de março de 2026, 7h", "Europe/Lisbon", "2026-03-01T07:00"),
    ("02/mar/2026 07h05", "America/Sao_Paulo", "2026-03-02T10:05"),
    ("lunes, 2 de marzo de 2026 a las 19:05h", "Europe/Madrid", "2026-03-02T18:05"),
    ("lunedì 2 marzo 2026 alle ore 7.05", "Europe/Rome", "2026-03-02T06:05"),
    ("maandag 2 maart 2026 om 07:05 uur", "Europe/Brussels", "2026-03-02T06:05"),
    ("poniedziałek, 2 marca 2026 r., godz. 7.05", "Europe/Warsaw", "2026-03-02T06:05"),
    ("2 Mart 2026 Pazartesi, 07.05", "Europe/Istanbul", "2026-03-02T04:05"),
    ("Δευτέρα 2 Μαρτίου 2026, 7:05 μ.μ.", "Europe/Athens", "2026-03-02T17:05"),
    ("2026. március 2., hétfő 7:05", "Europe/Budapest", "2026-03-02T06:05"),
    ("pondělí 2. března 2026 v 7:05", "Europe/Prague", "2026-03-02T06:05"),
    ("pondelok 2. marca 2026 o 7:05", "Europe/Bratislava", "2026-03-02T06:05"),
    ("måndag 2 mars 2026 kl. 07.05", "Europe/Stockholm", "2026-03-02T06:05"),
    ("mandag den 2. marts 2026 kl. 7", "Europe/Copenhagen", "2026-03-02T06:00"),
    ("ma 2.3.2026 klo 7.05", "Europe/Helsinki", "2026-03-02T05:05"),
    ("luni, 2 martie 2026, ora 7:05", "Europe/Bucharest", "2026-03-02T05:05"),
    ("понеделник, 2 март 2026 г., 7:05 ч.", "Europe/Sofia", "2026-03-02T05:05"),
    ("понеділок, 2 березня 2026 року о 7:05", "Europe/Kyiv", "2026-03-02T05:05"),
    ("Пн, 02 мар 2026 07:05:00 +0300", None, "2026-03-02T04:05"),
    ("ponedjeljak, 2. ožujka 2026. u 7:05", "Europe/Zagreb", "2026-03-02T06:05"),
    ("понедељак, 2. март 2026. 7:05", "Europe/Belgrade", "2026-03-02T06:05"),
    ("2026 m. kovo 2 d. 07:05", "Europe/Vilnius", "2026-03-02T05:05"),
    ("2026. gada 2. martā, 07:05", "Europe/Riga", "2026-03-02T05:05"),
    ("Senin, 2 Maret 2026 07:05 WIB", "Asia/Jakarta", "2026-03-02T00:05"),
    ("Thứ hai, 2/3/2026, 07:05 (GMT+7)", None, "2026-03-02T00:05"),
    ("ngày 2 tháng 3 năm 2026 lúc 07:05", "Asia/Ho_Chi_Minh", "2026-03-02T00:05"),
    ("২ মার্চ ২০২৬, ০৭:০৫", "Asia/Dhaka", "2026-03-02T01:05"),
    ("सोमवार, 2 मार्च 2026 07:05", "Asia/Kolkata", "2026-03-02T01:35"),
    ("الاثنين 2 مارس 2026 - 7:05 م", "Africa/Cairo", "2026-03-02T17:05"),
    ("2026年3月2日（月）7時5分", "Asia/Tokyo", "2026-03-01T22:05"),
    ("2026年3月2日 星期一 07:05", "Asia/Shanghai", "2026-03-01T23:05"),
    ("2026년 3월 2일 월요일 오후 7:05", "Asia/Seoul", "2026-03-02T10:05"),
    ("7:05 AM EST, Mon March 2, 2026", None, "2026-03-02T12:05"),
    ("March 2nd, 2026 at 7.05pm", "Europe/London", "2026-03-02T19:05"),
    ("2 March 2026, 19:05 hrs", "Asia/Kolkata", "2026-03-02T13:35"),
    ("Mon Mar 02 07:05:00 CET 2026", None, "2026-03-02T06:05"),
    ("2026-3-2T07:05:00+02:00", None, "2026-03-02T05:05"),
]


@pytest.mark.parametrize(("raw", "zone", "expected"), INSTANTS, ids=[raw for raw, _, _ in INSTANTS])
def test_a_dateline_is_read_in_the_language_that_it_is_written_in(raw: str, zone: str | None, expected: str) -> None:
    found = read_date(raw, zone, language="vi" if "/2026" in raw and "GMT" in raw else None)

    assert (found.at, found.precision) == (datetime.fromisoformat(expected).replace(tzinfo=UTC), Precision.SECOND)


@pytest.mark.parametrize(
    ("raw", "language", "home", "day"),
    [
        ("7 listopada 2026", "pl", None, "2026-11-07"),
        ("7. listopada 2026.", "hr", None, "2026-10-07"),
        ("7 listopada 2026", "en", "pl", "2026-11-07"),
        ("7 listopada 2026", "en", "en", None),
        ("7 srp 2026", "cs-CZ", None, "2026-08-07"),
        ("7 srp 2026", "hr", None, "2026-07-07"),
        ("sobota, 7 listopada 2026", None, None, "2026-11-07"),
    ],
)
def test_a_month_that_two_languages_have_is_settled_by_the_pages_or_the_outlets(
    raw: str, language: str | None, home: str | None, day: str | None
) -> None:
    at = read_date(raw, language=language, home_language=home).at

    assert (at.date().isoformat() if at else None) == day


@pytest.mark.parametrize(
    "raw",
    [
        "2 Marz o'clock 2026",
        "2 March 2026 March",
        "2 March 2026 7:05 8:05",
        "2 March 2026 maybe",
        "2 March 20260",
        "32 March 2026",
        "2 mars 2026 à 25h05",
        "Mon, Tue, 2 March 2026",
        "2 March 2026 13:05 a.m.",
        "de " * 14 + "2 March 2026",
    ],
)
def test_a_text_with_anything_else_is_not_read(raw: str) -> None:
    assert read_date(raw, "Europe/Paris").at is None
