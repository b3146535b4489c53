"""What the warehouse says of the archive."""

from schemas.runs.archive_check import CaptureCount, CapturePlace
from warehouse.database.connection import Warehouse


def capture_counts(warehouse: Warehouse) -> list[CaptureCount]:
    """The captures by source and kind."""
    return warehouse.look(lambda session: session.models("select_capture_counts", CaptureCount), "counting captures")


def capture_folders(warehouse: Warehouse) -> list[str]:
    """The folders below the archive that captures lie in, with a slash at the end; foreign files are not
    among them."""
    rows = warehouse.look(lambda session: session.rows("select_capture_folders"), "looking up segments")
    return [str(row[0]) for row in rows]


def capture_places(warehouse: Warehouse, folder: str) -> list[CapturePlace]:
    """Where the captures of one folder lie."""
    return warehouse.look(
        lambda session: session.models("select_capture_places", CapturePlace, folder=folder), "looking up captures"
    )


def is_empty(warehouse: Warehouse) -> bool:
    """Whether nothing was ever loaded."""
    return not warehouse.look(lambda session: session.rows("select_any_load"), "looking for loads")
