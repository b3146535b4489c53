"""Backs up a whole home into a folder while runs go on: one folder a backup, each complete by itself.

The catalog is copied first, then the Parquet files that it names, then the archive: a load writes its segment, then
its Parquet files, then the catalog, so whatever the copied catalog names is there. Maintenance deletes a file at the
earliest a day after the catalog ceased to name it (docs/decisions/0017).
"""

import os
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from errno import EDQUOT, EFBIG, ENOSPC
from importlib.metadata import version
from pathlib import Path
from shutil import rmtree

from schemas.errors import DiskFullError, NewsdeskError, RefusedError
from schemas.runs.backup import MANIFEST, UNFINISHED, BackedUpFile, BackupManifest, PartOfBackup
from schemas.settings import Settings
from tasks.machine.lock import hold
from tasks.upkeep.backup.copy_file import Check, copy_file, digest_of
from tasks.upkeep.backup.files_of_home import (
    HomeFile,
    files_beside_the_warehouse,
    folders_of,
    local_warehouse,
    not_covered,
    parquet_files,
)
from tasks.upkeep.backup.read_backup import latest
from tasks.upkeep.backup.take_out import remember
from warehouse.hot.state import HotState
from warehouse.tables.backup import contents, copy_apart

CATALOG = "warehouse/catalog.sqlite"
HOT = "warehouse/hot.sqlite"
_NAME = "%Y-%m-%dT%H%M%SZ"


class _Backup:
    """The backup that is being made in `folder`. Files that have not changed since the backup `before` become hard
    links to its files; those of a backup that was not finished are kept if their digest is right."""

    def __init__(self, folder: Path, before: tuple[Path, BackupManifest] | None, check: Check) -> None:
        self._folder = folder
        self._before = before[0] if before else None
        self._known = {file.path: file for file in before[1].files} if before else {}
        self._check = check
        self.files: dict[str, BackedUpFile] = {}
        self._linked: set[str] = set()

    def add_all(self, files: Iterable[HomeFile]) -> None:
        """Copy or link each of them. Raises `NewsdeskError` if one was deleted since it was listed."""
        for file in files:
            self._check()
            try:
                self._add(file)
            except FileNotFoundError as error:
                if file.source.exists():
                    raise
                if not file.may_vanish:
                    raise NewsdeskError(
                        f"{str(file.source)!r} was deleted while it was backed up: give the command again"
                    ) from error

    def add_database(self, source: Path, path: str) -> Path:
        """A consistent copy of a SQLite file that others write meanwhile; `note` it when it is as it shall be."""
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        for left_behind in target.parent.glob(f"{target.name}-*"):
            left_behind.unlink()  # The journal of an unfinished backup does not belong to this copy.
        copy_apart(source, target)
        return target

    def note(self, path: str) -> None:
        """Take up a file that lies in the folder of the backup."""
        state = (self._folder / path).stat()
        digest = digest_of(self._folder / path, self._check)
        self.files[path] = BackedUpFile(path=path, bytes=state.st_size, sha256=digest, modified_ns=state.st_mtime_ns)

    def drop_others(self) -> None:
        """Delete what an unfinished backup left in the folder and this one does not hold."""
        for parent, _, names in os.walk(self._folder):
            for path in (Path(parent, name) for name in names):
                if path.relative_to(self._folder).as_posix() not in self.files:
                    path.unlink()

    def parts(self) -> dict[str, PartOfBackup]:
        """Counts by the first folder of the path."""
        names = dict.fromkeys(path.partition("/")[0] for path in self.files)
        return {name: self._part([f for p, f in self.files.items() if p.partition("/")[0] == name]) for name in names}

    def _part(self, files: list[BackedUpFile]) -> PartOfBackup:
        copied = [file.bytes for file in files if file.path not in self._linked]
        whole = [file.bytes for file in files]
        return PartOfBackup(files=len(whole), bytes=sum(whole), copied_files=len(copied), copied_bytes=sum(copied))

    def _add(self, file: HomeFile) -> None:
        target = self._folder / file.path
        known = self._unchanged(file)
        if known and self._link(file.path, target):
            self.files[file.path] = known
            self._linked.add(file.path)
            return
        if not self._is_kept(file, target):
            target.unlink(missing_ok=True)  # It may be a link to the file of another backup: never write into that.
            self.files[file.path] = copy_file(file.source, target, file.path, self._check)
            return
        self.note(file.path)

    def _unchanged(self, file: HomeFile) -> BackedUpFile | None:
        known, state = self._known.get(file.path), file.source.stat()
        is_same = known and (known.bytes, known.modified_ns) == (state.st_size, state.st_mtime_ns)
        return known if is_same else None

    def _link(self, path: str, target: Path) -> bool:
        """Whether the file of the backup before is whole and could be linked: not every file system has links."""
        assert self._before
        source = self._before / path
        if not source.is_file() or source.stat().st_size != self._known[path].bytes:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:
            return False
        return True

    def _is_kept(self, file: HomeFile, target: Path) -> bool:
        if not target.is_file() or target.stat().st_size != file.source.stat().st_size:
            return False
        return digest_of(target, self._check) == digest_of(file.source, self._check)


def back_up(
    settings: Settings, settings_file: Path | None, target: Path, now: datetime, check: Check
) -> tuple[Path, BackupManifest]:
    """Make a backup in `target`/TIME, and return that folder and its manifest. `now` is the start (UTC); where
    another backup has its second, TIME is the next free one.

    Until it is complete the folder is called TIME.open; the next backup goes on with its files. Raises
    `RefusedError` if `target` lies in the home, another backup writes there or it cannot be written,
    `DiskFullError` if the disk is full, `DamagedError` if a Parquet file is missing, and what `check` raises.
    """
    begun = time.monotonic()
    _refuse_inside(settings, target)
    try:
        with hold(target / ".lock", "backup"):
            now = _free_second(target, now)
            folder = target / f"{now:{_NAME}}"
            unfinished = _folder_to_fill(target, folder)
            backup = _Backup(unfinished, latest(target), check)
            rows = _fill(backup, settings, settings_file)
            manifest = BackupManifest(
                newsdesk=version("newsdesk"),
                made_at=now,
                seconds=round(time.monotonic() - begun, 1),
                home=str(settings.home.absolute()),
                parts=backup.parts(),
                rows=rows,
                not_covered=not_covered(settings),
                files=tuple(backup.files.values()),
            )
            _finish(unfinished, folder, manifest)
            remember(settings, target)
            return folder, manifest
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT, EFBIG):
            raise DiskFullError(
                f"no space left for the backup in {str(target)!r}: free some and give the command again, it goes on "
                "where it stopped"
            ) from error
        raise RefusedError(f"cannot back up to {str(target)!r}: {error}") from error


def _fill(backup: _Backup, settings: Settings, settings_file: Path | None) -> dict[str, int]:
    """Copy everything, the catalog first; returns the rows of its tables."""
    rows = {}
    address = local_warehouse(settings)
    if address:
        found = contents(backup.add_database(Path(address.target), CATALOG))
        backup.note(CATALOG)
        rows = found.rows
        backup.add_all(parquet_files(address, found.files))
        if settings.hot_path.exists():
            _end_runs(backup.add_database(settings.hot_path, HOT))
            backup.note(HOT)
    backup.add_all(files_beside_the_warehouse(settings, settings_file))
    backup.drop_others()
    return rows


def _end_runs(hot: Path) -> None:
    """Free what runs under way hold: they go on in the home, not in the backup."""
    with closing(HotState(hot)) as state:
        for run in state.runs():
            state.end_run(run.run_id)


def _refuse_inside(settings: Settings, target: Path) -> None:
    inside = [folder for folder in folders_of(settings) if target.resolve().is_relative_to(folder.resolve())]
    if inside:
        raise RefusedError(f"{str(target)!r} lies in {str(inside[0])!r}, which is backed up: name a folder outside")


def _free_second(target: Path, now: datetime) -> datetime:
    while (target / f"{now:{_NAME}}").exists():
        now += timedelta(seconds=1)
    return now


def _folder_to_fill(target: Path, folder: Path) -> Path:
    """The folder of the newest unfinished backup, renamed, or a fresh one; older unfinished ones are deleted."""
    unfinished = folder.with_name(folder.name + UNFINISHED)
    found = sorted(target.glob(f"*{UNFINISHED}"))
    for left_behind in found[:-1]:
        rmtree(left_behind)
    if found:
        os.rename(found[-1], unfinished)
    unfinished.mkdir(mode=0o700, exist_ok=True)
    return unfinished


def _finish(unfinished: Path, folder: Path, manifest: BackupManifest) -> None:
    """Write the manifest, have everything on the disk, then give the folder its name."""
    with (unfinished / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(manifest.model_dump_json(indent=1) + "\n")
    os.sync()
    os.rename(unfinished, folder)
    os.sync()
