"""The zone of a person here: the setting, else the machine's."""

import pytest

from schemas.errors import SettingsError
from tasks.machine.local_zone import local_zone


def test_the_setting_wins_over_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert (local_zone("America/Lima").key, local_zone("").key) == ("America/Lima", "Asia/Tokyo")


def test_a_machine_whose_zone_has_no_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "CET-1CEST")
    with pytest.raises(SettingsError, match="TZ names no IANA time zone"):
        local_zone("")
