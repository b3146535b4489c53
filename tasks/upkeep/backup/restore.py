"""Puts a backup back as a home: verified before anything is written, and complete or absent."""

import os
from datetime import datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from shutil import rmtree

from schemas.errors import DiskFullError, RefusedError
from schemas.runs.backup import BackupManifest, Restored
from schemas.settings import Settings
from tasks.machine.lock import hold
from tasks.upkeep.backup.copy_file import Check, copy_file
from tasks.upkeep.backup.files_of_home import SETTINGS
from tasks.upkeep.backup.read_backup import chosen, verify
from tasks.upkeep.backup.take_out import places, remember
from tasks.upkeep.forget.sweep import sweep, take_over
from tasks.upkeep.open_warehouse import open_migrated
from tasks.upkeep.runs_under_way import runs_under_way
from warehouse.reader.publish import publish_reader

UNFINISHED = ".restore.open"
LOCK = ".restore.lock"
RESTORED_SETTINGS = "newsdesk.toml.restored"
"""Not `newsdesk.toml`: its paths are those of the home that was backed up, so a person must look at it first."""


def verify_backup(source: Path, check: Check) -> Restored:
    """Read every file of the backup and compare its digest; writes nothing. Raises what `restore` raises for it."""
    folder, manifest = chosen(source)
    verify(folder, manifest, check)
    return _told(folder, manifest, None, None)


def restore(settings: Settings, source: Path, now: datetime, is_replacing: bool, check: Check) -> Restored:
    """Verify the backup, copy it into the home, and write the reader file, whose paths are those of this home.

    `is_replacing`: what the home holds is moved to HOME/before-restore-TIME, never deleted. Without it raises
    `RefusedError` if the home is not empty; also if runs are under way there, or if settings name a warehouse or an
    archive elsewhere. Raises `DamagedError` if a file of the backup is damaged: nothing is written then.
    """
    folder, manifest = chosen(source)
    home = settings.home
    _refuse_elsewhere(settings)
    try:
        with hold(home / LOCK, "restore"):
            _refuse_full(settings, is_replacing)
            verify(folder, manifest, check)
            draft = _draft(home, folder, manifest, check)
            moved_to = _move_away(home, now)
            for name in sorted(os.listdir(draft)):  # The warehouse is last: what has none is no home.
                os.rename(draft / name, home / name)
            draft.rmdir()
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT, EFBIG):
            raise DiskFullError(f"no space left to restore into {str(home)!r}: the home is as it was") from error
        raise RefusedError(f"cannot restore into {str(home)!r}: {error}") from error
    if manifest.has_warehouse:
        with open_migrated(settings, now) as warehouse:
            publish_reader(warehouse, settings.reader_path)
            if moved_to:
                take_over(settings, moved_to)
                for place in places(settings.model_copy(update={"home": moved_to})):
                    remember(settings, place)
            sweep(settings, warehouse, now)
    return _told(folder, manifest, home, moved_to)


def _draft(home: Path, folder: Path, manifest: BackupManifest, check: Check) -> Path:
    """Copies of all files, in a folder of the home that no command reads; one that was left behind is deleted."""
    draft = home / UNFINISHED
    if draft.exists():
        rmtree(draft)
    draft.mkdir()
    for file in manifest.files:
        check()
        name = RESTORED_SETTINGS if file.path == SETTINGS else file.path
        copy_file(folder / file.path, draft / name, file.path, check)
    return draft


def _contents(home: Path) -> list[str]:
    """What the home holds, hidden files last."""
    return sorted(set(os.listdir(home)) - {UNFINISHED, LOCK}, key=lambda name: (name.startswith("."), name))


def _refuse_full(settings: Settings, is_replacing: bool) -> None:
    found = _contents(settings.home)
    if found and not is_replacing:
        raise RefusedError(
            f"the home {str(settings.home)!r} is not empty ({found[0]!r}): name another one in NEWSDESK_HOME, or "
            "--replace, which moves what is there aside"
        )
    alive = [life.run_id for life in runs_under_way(settings) if life.state == "running"]
    if alive:
        raise RefusedError(f"run {alive[0]} is under way in {str(settings.home)!r}: end it first")


def _refuse_elsewhere(settings: Settings) -> None:
    for name, value in (("WAREHOUSE", settings.warehouse), ("ARCHIVE", settings.archive)):
        if value:
            raise RefusedError(
                f"a backup is restored below NEWSDESK_HOME, but NEWSDESK_{name} names another place: unset it for "
                "this command, and move the folder afterwards"
            )


def _move_away(home: Path, now: datetime) -> Path | None:
    """Move what the home holds into a folder of it; None: it was empty."""
    found = _contents(home)
    if not found:
        return None
    aside = home / f"before-restore-{now:%Y-%m-%dT%H%M%SZ}"
    aside.mkdir()
    for name in found:
        os.rename(home / name, aside / name)
    return aside


def _told(folder: Path, manifest: BackupManifest, home: Path | None, moved_to: Path | None) -> Restored:
    return Restored(
        backup=str(folder),
        home=str(home) if home else None,
        made_at=manifest.made_at,
        files=len(manifest.files),
        bytes=sum(file.bytes for file in manifest.files),
        rows=manifest.rows,
        moved_to=str(moved_to) if moved_to else None,
        not_covered=manifest.not_covered,
    )
