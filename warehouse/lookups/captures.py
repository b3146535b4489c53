"""Looks up the captures that the warehouse lists, to compare them with the archive's files."""

from schemas.runs.archive_check import CaptureCount, CapturePlace
from warehouse.database.connection import Warehouse


def capture_counts(warehouse: Warehouse) -> list[CaptureCount]:
    """Number and size (bytes) of the captures, by source and kind."""
    return warehouse.look(lambda session: session.models("select_capture_counts", CaptureCount), "counting captures")


def capture_folders(warehouse: Warehouse) -> list[str]:
    """The archive folders that hold captures, relative to the archive, with a slash at the end. Folders of WARC
    files that Newsdesk did not write are left out."""
    rows = warehouse.look(lambda session: session.rows("select_capture_folders"), "looking up segments")
    return [str(row[0]) for row in rows]


def capture_places(warehouse: Warehouse, folder: str) -> list[CapturePlace]:
    """File and offset of each capture in a folder."""
    return warehouse.look(
        lambda session: session.models("select_capture_places", CapturePlace, folder=folder), "looking up captures"
    )


def is_empty(warehouse: Warehouse) -> bool:
    """Whether no batch was ever loaded."""
    return not warehouse.look(lambda session: session.rows("select_any_load"), "looking for loads")
