"""What a person says against a decision of the rules holds for later loads, and for a rebuild from the archive."""

from datetime import datetime

from schemas.history.identity import Identity
from schemas.history.stories import StoryEvent
from schemas.settings import Settings
from tasks.archive import corrections as files
from tasks.archive.store import Archive
from tasks.pure.history import rules
from warehouse.database.connection import Warehouse
from warehouse.load import identities, separations
from warehouse.load.corrections import corrections, write_corrections


def undo_identity(warehouse: Warehouse, settings: Settings, url: str, why: str, now: datetime) -> Identity:
    """Make the page with this canonical URL its own article again, and return the row. `now` (UTC) is when it was
    said.

    Raises `UsageError` where the page is no other page's article.
    """
    row = identities.undo_identity(warehouse, url, why, now)
    keep_corrections(warehouse, Archive.of(settings))
    return row


def undo_join(warehouse: Warehouse, settings: Settings, url: str, why: str, now: datetime) -> StoryEvent:
    """Give the article with this canonical URL a story of its own, and return the event. `now` (UTC) is when it was
    said.

    Raises `UsageError` where it has no story, is a copy, or is alone in its story.
    """
    event = separations.undo_join(warehouse, url, why, now, rules)
    keep_corrections(warehouse, Archive.of(settings))
    return event


def keep_corrections(warehouse: Warehouse, archive: Archive) -> None:
    """Let the archive have all that the warehouse has; maintenance does it for what an earlier release wrote, or a
    command that was killed."""
    files.keep(archive, corrections(warehouse))


def recall_corrections(warehouse: Warehouse, archive: Archive) -> None:
    """Write what the archive has and the warehouse lacks: it is rebuilt."""
    write_corrections(warehouse, files.kept(archive))


def drop_corrections(warehouse: Warehouse, archive: Archive) -> None:
    """Delete from the archive what the warehouse no longer has: its pages were forgotten."""
    left = corrections(warehouse)
    files.drop_others(archive, left)
    files.keep(archive, left)
