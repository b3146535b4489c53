"""The zone of a person here: the setting, else the machine's."""

from datetime import UTC, datetime

import pytest

from schemas.errors import SettingsError
from tasks.machine.local_zone import instant_given, local_zone, reading_zone


def test_the_setting_wins_over_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert (local_zone("America/Lima").key, local_zone("").key) == ("America/Lima", "Asia/Tokyo")


def test_a_machine_whose_zone_has_no_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "CET-1CEST")
    with pytest.raises(SettingsError, match="TZ names no IANA time zone"):
        local_zone("")


def test_words_of_a_person_are_an_instant_of_the_zone() -> None:
    now = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
    assert instant_given("yesterday", now, "Asia/Tokyo") == datetime(2026, 11, 29, 15, 0, tzinfo=UTC)
    assert instant_given("2026-11-03T06:00", now, "Asia/Tokyo") == datetime(2026, 11, 2, 21, 0, tzinfo=UTC)
    assert instant_given(None, now, "Asia/Tokyo") is None


def test_times_are_printed_in_utc_where_the_machines_zone_has_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for machines, printed in (("Asia/Tokyo", "Asia/Tokyo"), ("CET-1CEST", "UTC"), ("Etc/UTC", "UTC")):
        monkeypatch.setenv("TZ", machines)
        assert reading_zone("").key == printed
    assert reading_zone("America/Lima").key == "America/Lima"
