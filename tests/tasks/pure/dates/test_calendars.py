"""Datelines of other calendars: the Gregorian day where the calendar is certain, else unknown."""

from datetime import UTC, datetime

import pytest

from tasks.pure.dates.read import read_date


@pytest.mark.parametrize(
    ("raw", "zone", "language", "country", "expected"),
    [
        ("12 มกราคม 2569", "Asia/Bangkok", None, None, "2026-01-12T00:00"),
        ("วันจันทร์ที่ 12 ม.ค. 2569 เวลา 18:20 น.", "Asia/Bangkok", "th", "th", "2026-01-12T11:20"),
        ("12/01/2569 18:20", "Asia/Bangkok", "th", "th", "2026-01-12T11:20"),
        ("民國115年1月12日", "Asia/Taipei", "zh-TW", "tw", "2026-01-12T00:00"),
        ("中華民國115年1月12日 18:20", "Asia/Taipei", None, None, "2026-01-12T10:20"),
        ("令和8年1月12日 18時20分", "Asia/Tokyo", "ja", "jp", "2026-01-12T09:20"),
        ("平成元年12月5日", "Asia/Tokyo", "ja", "jp", None),
        ("平成31年4月30日", "Asia/Tokyo", "ja", "jp", "2019-04-30T00:00"),
        ("دوشنبه ۲۲ دی ۱۴۰۴ - ۱۸:۲۰", "Asia/Tehran", "fa", "ir", "2026-01-12T14:50"),
        ("22 دي 1404 ساعت 18:20", "Asia/Tehran", "fa", "ir", "2026-01-12T14:50"),
        ("1404/10/22 18:20", "Asia/Tehran", "fa-IR", "ir", "2026-01-12T14:50"),
        ("1404-10-22", "Asia/Tehran", "fa", "ir", "2026-01-12T00:00"),
        ("1404/10/22 18:20", "UTC", "en", None, None),
        ("31 دی 1404", "Asia/Tehran", "fa", "ir", None),
        ("२०८२ पुस २८ गते सोमबार १८:२०", "Asia/Kathmandu", "ne", "np", "2026-01-12T12:35"),
        ("२८ पुस २०८२, सोमबार", "Asia/Kathmandu", "ne", "np", "2026-01-12T00:00"),
        ("पौष २८, २०८२", "Asia/Kathmandu", "ne", None, "2026-01-12T00:00"),
        ("२८ पुस २०८२", "Asia/Kolkata", "hi", "in", None),
        ("३२ पुस २०८२", "Asia/Kathmandu", "ne", "np", None),
        ("ጥር 4 ቀን 2018 ዓ.ም", "Africa/Addis_Ababa", "am", "et", "2026-01-12T00:00"),
        ("ሰኞ፣ ጥር 4 ቀን 2018 ዓ.ም.", "Africa/Addis_Ababa", "am", "et", "2026-01-12T00:00"),
        ("4 ጥር 2018", "Africa/Addis_Ababa", "am", None, "2026-01-12T00:00"),
        ("ጥር 4 ቀን 2018 3:20 ሰዓት", "Africa/Addis_Ababa", "am", "et", None),
        ("ጳጉሜን 6 2018", "Africa/Addis_Ababa", "am", "et", None),
        ("ጳጉሜን 6 2019", "Africa/Addis_Ababa", "am", "et", "2027-09-11T00:00"),
        ("23 رجب 1447", "Asia/Riyadh", "ar", "sa", "2026-01-12T00:00"),
        ("23 رجب 1447هـ", "Africa/Cairo", "ar", "eg", None),
        ("23 رجب 1447هـ الموافق 12 يناير 2026", "Africa/Cairo", "ar", "eg", "2026-01-12T00:00"),
    ],
)
def test_a_day_of_another_calendar_is_read_where_language_and_form_are_certain(
    raw: str, zone: str, language: str | None, country: str | None, expected: str | None
) -> None:
    at = read_date(raw, zone, language, country).at

    assert at == (datetime.fromisoformat(expected).replace(tzinfo=UTC) if expected else None)
