"""Dates: right, or unknown with the raw text kept; never wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.items.link import Precision
from tasks.pure.dates.read import read_date, why_unknown

KYIV = "Europe/Kyiv"
"""UTC+2 in winter, UTC+3 in summer; clocks change on 29 March and 25 October 2026."""

RIGHT = [
    # RFC 822 and its relatives
    ("Tue, 10 Nov 2026 14:33:00 GMT", "2026-11-10T14:33:00"),
    ("Tue, 10 Nov 2026 14:33:00 +0200", "2026-11-10T12:33:00"),
    ("Tue, 10 Nov 2026 14:33:00 +02:00", "2026-11-10T12:33:00"),
    ("Tue, 10 Nov 2026 14:33:00 -0330", "2026-11-10T18:03:00"),
    ("Tue, 10 Nov 2026 14:33:00 EST", "2026-11-10T19:33:00"),
    ("Tue, 10 Nov 2026 14:33:00 PDT", "2026-11-10T21:33:00"),
    ("Tue, 10 Nov 2026 14:33:00 UT", "2026-11-10T14:33:00"),
    ("Tue, 10 Nov 2026 14:33:00 Z", "2026-11-10T14:33:00"),
    ("Tue, 10 Nov 2026 14:33:00 -0000", "2026-11-10T14:33:00"),
    ("Tue, 10 Nov 2026 14:33:00 +0000 (UTC)", "2026-11-10T14:33:00"),
    ("Tue, 10 Nov 2026 14:33 GMT", "2026-11-10T14:33:00"),
    ("Wed, 10 Nov 2026 14:33:00 GMT", "2026-11-10T14:33:00"),
    ("Tue, 10 Nov 2026 14:33:00 GMT+2", "2026-11-10T12:33:00"),
    ("10 Nov 2026 14:33:00 GMT", "2026-11-10T14:33:00"),
    ("10 November 2026 14:33:00 GMT", "2026-11-10T14:33:00"),
    ("10 Nov 26 14:33:00 GMT", "2026-11-10T14:33:00"),
    ("10 Nov 99 14:33:00 GMT", "1999-11-10T14:33:00"),
    ("Tuesday, 10-Nov-26 14:33:00 GMT", "2026-11-10T14:33:00"),
    ("Di, 10 Nov 2026 14:33:00 +0100", "2026-11-10T13:33:00"),
    ("Tue Nov 10 14:33:00 2026", "2026-11-10T12:33:00"),
    ("Tue, 10 Nov 2026 14:33:00", "2026-11-10T12:33:00"),
    ("Fri, 10 Jul 2026 14:33:00", "2026-07-10T11:33:00"),
    ("  Tue,  10 Nov 2026\n14:33:00 GMT ", "2026-11-10T14:33:00"),
    # ISO 8601 and W3CDTF
    ("2026-11-10T14:33:00Z", "2026-11-10T14:33:00"),
    ("2026-11-10t14:33:00z", "2026-11-10T14:33:00"),
    ("2026-11-10T14:33:00+02:00", "2026-11-10T12:33:00"),
    ("2026-11-10T14:33:00+0545", "2026-11-10T08:48:00"),
    ("2026-11-10T14:33:00-08", "2026-11-10T22:33:00"),
    ("2026-11-10T14:33+01:00", "2026-11-10T13:33:00"),
    ("2026-11-10T14:33:00.987654321Z", "2026-11-10T14:33:00"),
    ("2026-11-10T24:00:00Z", "2026-11-11T00:00:00"),
    ("2026-11-10 24:00", "2026-11-10T22:00:00"),
    ("2026-11-10 14:33:00 +0000", "2026-11-10T14:33:00"),
    ("2026-11-10 14:33:00 UTC", "2026-11-10T14:33:00"),
    ("2026-11-10 14:33:00", "2026-11-10T12:33:00"),
    ("20261110T143300Z", "2026-11-10T14:33:00"),
    ("20261110143300", "2026-11-10T12:33:00"),
    ("2026-11-10T00:00:00+14:00", "2026-11-09T10:00:00"),
    # numbers
    ("2026/11/10 14:33", "2026-11-10T12:33:00"),
    ("2026.11.10 14:33", "2026-11-10T12:33:00"),
    ("2026-1-5 4:05 +0900", "2026-01-04T19:05:00"),
    ("25/12/2026 14:33", "2026-12-25T12:33:00"),
    ("12/25/2026 2:33 PM", "2026-12-25T12:33:00"),
    ("03.04.2026 14:33", "2026-04-03T11:33:00"),
    ("1794321227", "2026-11-10T14:33:47"),
    ("1794321227123", "2026-11-10T14:33:47"),
    # words
    ("November 10, 2026 2:33 PM EST", "2026-11-10T19:33:00"),
    ("Tuesday, November 10, 2026 at 2:33 p.m.", "2026-11-10T12:33:00"),
    ("Nov. 10, 2026 12:33 AM", "2026-11-09T22:33:00"),
    ("10. November 2026, 14:33 Uhr", "2026-11-10T12:33:00"),
    ("10 листопада 2026, 14:33", "2026-11-10T12:33:00"),
    ("10 листопада 2026 року о 14:33", "2026-11-10T12:33:00"),
    ("10 ноября 2026 г. в 14:33", "2026-11-10T12:33:00"),
    ("10 novembre 2026 à 14h33", "2026-11-10T12:33:00"),
    ("10 de noviembre de 2026 a las 14:33", "2026-11-10T12:33:00"),
    ("10 de novembro de 2026 às 14h33", "2026-11-10T12:33:00"),
    ("10 novembre 2026 alle ore 14:33", "2026-11-10T12:33:00"),
    ("10 października 2026, 14:33", "2026-10-10T11:33:00"),
    ("10. listopadu 2026 14:33", "2026-11-10T12:33:00"),
    ("10 Kasım 2026, 14:33", "2026-11-10T12:33:00"),
    ("10. november 2026 kl. 14.33", "2026-11-10T12:33:00"),
    ("2026年11月10日 14時33分", "2026-11-10T12:33:00"),
    ("2026年11月10日(火) 午後2時33分", "2026-11-10T12:33:00"),
    ("2026년 11월 10일 오후 2:33", "2026-11-10T12:33:00"),
    ("2026. 11. 10. 오전 2:33", "2026-11-10T00:33:00"),
]

DAYS = [
    ("2026-11-10", "2026-11-10"),
    ("20261110", "2026-11-10"),
    ("10 Nov 2026", "2026-11-10"),
    ("Dienstag, 10. November 2026", "2026-11-10"),
    ("1er novembre 2026", "2026-11-01"),
    ("November 10th, 2026", "2026-11-10"),
    ("25.12.2026", "2026-12-25"),
    ("11/11/2026", "2026-11-11"),
    ("2026年11月10日", "2026-11-10"),
]

UNKNOWN = [
    "",
    "   ",
    "yesterday",
    "2 hours ago",
    "10 November",
    "14:33",
    "2026",
    "2026-11",
    "2026-W46-2",
    "2026-314",
    "03-12-31",
    "03/04/2026",
    "3/4/2026 14:33",
    "04-03-2026",
    "Tue, 10 Nov 2026 14:33:00 PT",
    "Tue, 10 Nov 2026 14:33:00 MET",
    "Tue, 10 Nov 2026 14:33:00 IST",
    "Tue, 10 Nov 2026 14:33:00 KST",
    "Tue, 10 Nov 2026 14:33:00 GMT+15",
    "2026-11-10T14:33:00+14:30",
    "2026-11-10T14:33:00+99:99",
    "2026-11-10T14:33:00+02:75",
    "2026-11-10T24:00:01Z",
    "2026-11-10T14:60:00Z",
    "Tue, 10 Nov 2026 14:33:60 GMT",
    "2026-02-30T10:00:00Z",
    "Mon, 31 Jun 2026 10:00:00 GMT",
    "29 Feb 2025",
    "Wed, Tue, 10 Nov 2026 14:33:00 GMT",
    "10 Nov 2026 14:33 PM",
    "10 Nov 55 14:33:00 GMT",
    "10 Nov 126 14:33:00 GMT",
    "1970-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2101-01-01",
    "0",
    "2026111014",
    "99999999999999",
    "10 listopada 2026",
    "2026-10-25T03:30:00",
    "2026-03-29T03:30:00",
    "2026-11-10T14:33:00Z and more",
    "-2026-11-10",
    "10 Smarch 2026",
    "x" * 10_000,
]


@pytest.mark.parametrize(("raw", "expected"), RIGHT)
def test_a_written_instant_is_read_as_it_was_meant(raw: str, expected: str) -> None:
    found = read_date(raw, KYIV)

    assert (found.at, found.precision) == (datetime.fromisoformat(expected).replace(tzinfo=UTC), Precision.SECOND)


@pytest.mark.parametrize(("raw", "expected"), DAYS)
def test_a_day_alone_is_its_midnight_and_says_so(raw: str, expected: str) -> None:
    found = read_date(raw, KYIV)

    assert (found.at, found.precision) == (datetime.fromisoformat(expected).replace(tzinfo=UTC), Precision.DAY)


@pytest.mark.parametrize("raw", UNKNOWN)
def test_what_cannot_be_trusted_is_unknown_and_kept(raw: str) -> None:
    found = read_date(raw, KYIV)

    assert (found.at, found.precision, found.raw) == (None, None, raw[:200])


def test_the_table_holds_more_cases_than_feedparsers() -> None:
    assert len(RIGHT) + len(DAYS) + len(UNKNOWN) > 72


@pytest.mark.parametrize("zone", [None, "", "Nowhere/Atlantis", "../etc/passwd"])
def test_without_a_zone_anywhere_only_a_day_can_be_known(zone: str | None) -> None:
    assert read_date("2026-11-10 14:33:00", zone).at is None
    assert read_date("2026-11-10", zone).precision is Precision.DAY


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", None])
def test_dotted_dates_are_day_first_only_where_people_write_so(zone: str | None) -> None:
    assert read_date("03.04.2026", zone).at is None


@pytest.mark.parametrize(
    "raw", ["2026-10-25T00:59:59", "2026-10-25T04:00:00", "2026-03-29T02:59:59", "2026-03-29T04:00"]
)
def test_beside_a_clock_change_times_are_known(raw: str) -> None:
    assert read_date(raw, KYIV).at is not None


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001  # local times
def test_every_iso_instant_is_read_back(local: datetime, offset_min: int) -> None:
    sign, minutes = ("-", -offset_min) if offset_min < 0 else ("+", offset_min)
    raw = f"{local:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02}:{minutes % 60:02}"

    assert read_date(raw).at == (local - timedelta(minutes=offset_min)).replace(tzinfo=UTC, microsecond=0)


@given(
    st.text(max_size=220) | st.from_regex(r"[0-9a-zA-Z:+\-/., ]{4,40}", fullmatch=True), st.sampled_from([KYIV, None])
)
@example("2026-11-10T14:33:00+٠٢:٠٠", None)
@example("١٠ Nov 2026 14:33 GMT", None)
def test_no_text_raises_and_a_date_always_has_a_precision(raw: str, zone: str | None) -> None:
    found = read_date(raw, zone)

    assert (found.at is None) == (found.precision is None)
    assert found.at is None or 1990 <= found.at.year <= 2101


@pytest.mark.parametrize(
    ("raw", "language", "day"),
    [
        ("03/04/2026", "fr-FR", "2026-04-03"),
        ("03-04-2026", "de", "2026-04-03"),
        ("03.04.2026", "uk_UA", "2026-04-03"),
        ("03/04/2026", "en-GB", "2026-04-03"),
        ("03/04/2026", "en", None),
        ("03/04/2026", None, None),
        ("04/25/2026", "fr", None),
        ("26 Okt 2018", None, "2018-10-26"),
        ("5 juin 2018", None, "2018-06-05"),
        ("7 ago 2019", None, "2019-08-07"),
        ("07 أكتوبر 2020", None, "2020-10-07"),
        ("14 Νοεμβρίου 2023", None, "2023-11-14"),
        ("14 ноември 2023", None, "2023-11-14"),
    ],
)
def test_the_language_of_the_page_settles_which_number_is_the_day(
    raw: str, language: str | None, day: str | None
) -> None:
    at = read_date(raw, language=language).at

    assert (at.date().isoformat() if at else None) == day


@pytest.mark.parametrize(
    ("raw", "zone", "why"),
    [
        ("10/11/2026 às 14:33", None, "read as 2026-11-10 14:33:00, but that is no instant: no time zone"),
        ("10 Nov 26", None, "read as 2026-11-10 00:00:00, but the second reading says 2010-11-26 00:00:00"),
        ("10.foo.2026 às 14h33", "America/Sao_Paulo", "not understood: "),
        ("2026-11-10 14:33", None, "read as 2026-11-10 14:33:00, but that is no instant: no time zone"),
        ("1970-01-01T00:00:00Z", None, "read as 1970-01-01 00:00:00+00:00, but that is no instant: "),
        ("Tue, 10 Nov 2026 14:33:00 " + "x" * 200, None, "not understood: "),
        ("", None, "not understood: "),
    ],
)
def test_a_vetoed_date_is_told_from_a_date_that_is_not_understood(raw: str, zone: str | None, why: str) -> None:
    assert (why_unknown(raw, zone, "pt") or "").startswith(why)


def test_a_known_date_has_no_reason_to_be_unknown() -> None:
    assert why_unknown("2026-11-10T14:33:00Z") is None


def test_the_usual_date_of_feeds_needs_no_words_of_other_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for table in ("months", "weekdays"):
        monkeypatch.setattr(f"tasks.pure.dates.days.{table}", dict)

    assert read_date("Tue, 10 Nov 2026 16:33:07 +0200").at == datetime(2026, 11, 10, 14, 33, 7, tzinfo=UTC)
    assert read_date("10 november 2026, 16:33", KYIV).at is None
