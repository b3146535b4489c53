"""The note in a home of when it was backed up last."""

import os
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from schemas.runs.backup import LastBackup
from schemas.settings import Settings

NOTE = "last-backup.json"


def note_backup(settings: Settings, folder: Path, made_at: datetime) -> None:
    """Write into the home where its last backup is. Raises `OSError` if the home cannot be written."""
    fresh = settings.home / f"{NOTE}.new"
    fresh.write_text(LastBackup(made_at=made_at, folder=str(folder.absolute())).model_dump_json() + "\n")
    os.replace(fresh, settings.home / NOTE)


def last_backup(settings: Settings) -> LastBackup | None:
    """The last backup that `newsdesk backup` made of this home; None: it made none, or its note cannot be read."""
    try:
        return LastBackup.model_validate_json((settings.home / NOTE).read_bytes())
    except (OSError, ValidationError):
        return None
