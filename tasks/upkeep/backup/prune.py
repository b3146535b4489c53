"""Deletes the oldest backups of a home."""

import os
from pathlib import Path
from shutil import rmtree

from schemas.errors import DamagedError
from schemas.runs.backup import MANIFEST, UNFINISHED
from schemas.settings import Settings
from tasks.machine.lock import hold
from tasks.upkeep.backup.read_backup import manifest_of


def prune(settings: Settings, target: Path, keep: int) -> tuple[Path, ...]:
    """Delete the complete backups of this home in `target`, but for the newest `keep` (at least 1); those that were
    deleted, oldest first. Backups of other homes, and folders whose manifest cannot be read, are left alone.

    A backup is renamed to `*.open` before its files are deleted, so that none which was deleted in part can be
    restored. Raises `RefusedError` if a backup is being made there."""
    home = str(settings.home.absolute())
    with hold(target / ".lock", "backup"):
        folders = sorted(path.parent for path in target.glob(f"*/{MANIFEST}") if path.parent.suffix != UNFINISHED)
        ours = [folder for folder in folders if _home_of(folder) == home]
        dropped = tuple(ours[: -max(keep, 1)])
        for folder in dropped:
            unfinished = folder.with_name(folder.name + UNFINISHED)
            os.rename(folder, unfinished)
            rmtree(unfinished)
    return dropped


def _home_of(folder: Path) -> str | None:
    try:
        return manifest_of(folder).home
    except DamagedError:
        return None
