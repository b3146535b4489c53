"""Opening the warehouse of the settings: made where there is none, and refused where a command needs one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.errors import RefusedError
from schemas.settings import Settings
from tasks.upkeep.open_warehouse import check_exists, open_migrated
from warehouse.lookups.captures import is_empty

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)


def test_a_warehouse_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="there is no warehouse at"):
        check_exists(Settings(home=tmp_path))


def test_a_warehouse_is_made_with_its_tables_where_there_is_none(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)

    with open_migrated(settings, NOW) as warehouse:
        assert is_empty(warehouse)
    check_exists(settings)
