"""Zones behind a clock: an offset, a place, or a name that is certain for the outlet."""

from datetime import datetime

import pytest

from tasks.pure.dates.customs import UNKNOWN, Customs
from tasks.pure.dates.zones import offset_of

WINTER, SUMMER = datetime(2026, 1, 15, 9), datetime(2026, 7, 15, 9)  # noqa: DTZ001  # local times


@pytest.mark.parametrize(
    ("zone", "local", "minutes"),
    [
        ("gmt+7", WINTER, 420),
        ("gmt-0330", WINTER, -210),
        ("utc+5:45", WINTER, 345),
        ("utc +2", WINTER, 120),
        ("+0530", WINTER, 330),
        ("gmt+15", WINTER, None),
        ("+02:75", WINTER, None),
        ("america/los_angeles", WINTER, -480),
        ("america/los_angeles", SUMMER, -420),
        ("america/argentina/buenos_aires", WINTER, -180),
        ("asia/kolkata", WINTER, 330),
        ("europe/atlantis", WINTER, None),
        ("cet", WINTER, 60),
        ("cest", SUMMER, 120),
        ("cet", SUMMER, None),
        ("cest", WINTER, None),
        ("eest", SUMMER, 180),
        ("west", SUMMER, 60),
        ("msk", SUMMER, 180),
        ("edt", SUMMER, -240),
        ("eastern time", SUMMER, -240),
        ("ist", WINTER, None),
        ("bst", SUMMER, None),
        ("et", WINTER, None),
        ("xyz", WINTER, None),
    ],
)
def test_a_zone_with_one_meaning_is_read_anywhere(zone: str, local: datetime, minutes: int | None) -> None:
    assert offset_of(zone, local, UNKNOWN) == minutes


@pytest.mark.parametrize(
    ("zone", "local", "outlet", "minutes"),
    [
        ("ist", WINTER, Customs("Asia/Kolkata"), 330),
        ("ist", WINTER, Customs(country="in"), 330),
        ("ist", WINTER, Customs(country="il"), 120),
        ("ist", SUMMER, Customs("Europe/Dublin"), 60),
        ("bst", SUMMER, Customs(country="gb"), 60),
        ("bst", WINTER, Customs(country="gb"), None),
        ("cst", WINTER, Customs("Asia/Shanghai"), 480),
        ("cst", WINTER, Customs("America/Chicago"), -360),
        ("ast", WINTER, Customs(country="sa"), 180),
        ("ast", WINTER, Customs("America/Halifax"), -240),
        ("est", SUMMER, Customs("Australia/Sydney"), None),
        ("jst", WINTER, Customs("Asia/Tokyo"), 540),
        ("wita", WINTER, Customs(country="id"), 480),
        ("et", SUMMER, Customs(country="us"), -240),
        ("pt", WINTER, Customs("America/Vancouver"), -480),
        ("cet", SUMMER, Customs("Africa/Algiers"), 60),
    ],
)
def test_a_zone_with_several_meanings_is_the_outlets(
    zone: str, local: datetime, outlet: Customs, minutes: int | None
) -> None:
    assert offset_of(zone, local, outlet) == minutes


def test_the_time_of_north_america_is_known_by_its_clock_of_twelve_hours() -> None:
    assert offset_of("et", SUMMER, UNKNOWN, has_half=True) == -240
