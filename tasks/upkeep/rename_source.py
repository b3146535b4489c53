"""Gives what was loaded of a source another slug."""

from datetime import datetime

from schemas.errors import RefusedError
from schemas.settings import Settings
from tasks.upkeep.open_warehouse import open_migrated
from tasks.upkeep.runs_under_way import runs_under_way
from warehouse.database.address import Address
from warehouse.reader.publish import publish_reader
from warehouse.tables import rename_source as rows


def check_no_run(settings: Settings) -> None:
    """Raises `RefusedError` while a run is under way, on any machine: it would go on with the earlier slug."""
    if lives := runs_under_way(settings):
        names = ", ".join(sorted(life.run_id for life in lives))
        raise RefusedError(f"a run is under way ({names}): rename the source when it has ended")


def rename_source(settings: Settings, before: str, after: str, now: datetime) -> int:
    """Move the rows of the slug `before` to `after` and publish the reader file; returns the number of rows, 0 where
    there is no warehouse yet. `now`: see `open_migrated`."""
    if not Address.parse(settings.warehouse_url).is_there():
        return 0
    with open_migrated(settings, now) as warehouse:
        moved = rows.rename_source(warehouse, before, after)
        publish_reader(warehouse, settings.reader_path)
    return moved
