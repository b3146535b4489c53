"""Takes what was forgotten out of the backups of a folder: each is made anew beside the old one and takes its place.

The files of a backup are hard links to those of others: nothing is written into them. What stays is linked again.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from schemas.runs.backup import MANIFEST, UNFINISHED, BackedUpFile, BackupManifest
from schemas.runs.forget import TombstoneFile
from schemas.settings import Settings
from tasks.archive import tombstones
from tasks.archive.store import Archive
from tasks.machine.lock import hold
from tasks.upkeep.backup.copy_file import Check, digest_of
from tasks.upkeep.backup.read_backup import manifest_of
from tasks.upkeep.forget.sweep import sweep_folder
from warehouse.tables.backup import contents

WORK = ".forget"
"""Folder, in that of the backups, in which they are made anew."""
BEFORE = ".before"
PLACES = "backups.txt"
"""File of the home: the folders that backups were made in, one a line."""
OWN_COPY = (".sqlite",)
"""Files that are written in place; all others are replaced."""


def remember(settings: Settings, target: Path) -> None:
    """Note the folder of a backup, so that what is forgotten later is taken out of it, too."""
    known = [str(path) for path in places(settings)]
    if str(target.absolute()) not in known:
        settings.home.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{path}\n" for path in [*known, target.absolute()])
        (settings.home / PLACES).write_text(lines, encoding="utf-8")


def places(settings: Settings) -> list[Path]:
    """The folders in which backups of this home were made."""
    file = settings.home / PLACES
    return [Path(line) for line in file.read_text(encoding="utf-8").splitlines() if line] if file.exists() else []


def take_out(settings: Settings, target: Path, now: datetime, check: Check) -> int:
    """Take all that was forgotten in this home out of every backup in `target`; returns the number of backups that
    were made anew. Those that were not finished are deleted. Raises `RefusedError` while a backup is made there."""
    files = tombstones.kept(Archive.of(settings))
    ids = {str(file.request.forget_id) for file in files}
    with hold(target / ".lock", "backup"):
        _recover(target)
        for unfinished in target.glob(f"*{UNFINISHED}"):
            shutil.rmtree(unfinished)
        due = [folder for folder in _backups(target) if not ids <= set(manifest_of(folder).forgotten)]
        for folder in due:
            check()
            _renew(settings, target, folder, files, now, check)
        shutil.rmtree(target / WORK, ignore_errors=True)
    return len(due)


def _backups(target: Path) -> list[Path]:
    return sorted(path.parent for path in target.glob(f"*/{MANIFEST}") if path.parent.name != WORK)


def _recover(target: Path) -> None:
    """After a kill: a backup without its folder gets it back, and all else that was being made is deleted."""
    for before in (target / WORK).glob(f"*{BEFORE}"):
        folder = target / before.name.removesuffix(BEFORE)
        if not folder.exists():
            os.rename(before, folder)
    shutil.rmtree(target / WORK, ignore_errors=True)


def _renew(
    settings: Settings, target: Path, folder: Path, files: list[TombstoneFile], now: datetime, check: Check
) -> None:
    manifest = manifest_of(folder)
    draft = target / WORK / folder.name
    draft.mkdir(parents=True, mode=0o700)
    for file in manifest.files:
        _link(folder / file.path, draft / file.path)
    if manifest.has_warehouse:
        sweep_folder(settings, draft, files, now)
    _drop_what_is_not_backed_up(draft)
    _finish(draft, folder, manifest, files, check)
    before = target / WORK / f"{folder.name}{BEFORE}"
    os.rename(folder, before)
    os.rename(draft, folder)
    os.sync()
    shutil.rmtree(before)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in OWN_COPY:
        shutil.copy2(source, target)
        return
    try:
        os.link(source, target)
    except OSError:  # Not every file system has links.
        shutil.copy2(source, target)


def _drop_what_is_not_backed_up(draft: Path) -> None:
    """Delete locks, the reader file and copies of the catalog, which a sweep leaves in a home."""
    shutil.rmtree(draft / "warehouse" / "backups", ignore_errors=True)
    for path in [*draft.glob("*"), *(draft / "warehouse").glob("*")]:
        is_backed_up = path.is_dir() or path.suffix == ".sqlite" or path.name == "newsdesk.toml"
        if not is_backed_up:
            path.unlink()


def _finish(
    draft: Path, folder: Path, manifest: BackupManifest, files: Iterable[TombstoneFile], check: Check
) -> None:
    """Write the manifest: files that are as they were keep their line, so that what was damaged stays so."""
    known = {file.path: file for file in manifest.files}
    lines = []
    for path in _below(draft):
        name = path.relative_to(draft).as_posix()
        before = known.get(name)
        lines.append(before if before and _is_same(path, folder / name) else _line(path, name, check))
    catalog = draft / "warehouse" / "catalog.sqlite"
    made = manifest.model_copy(
        update={
            "files": tuple(lines),
            "rows": contents(catalog).rows if catalog.exists() else {},
            "forgotten": tuple(sorted(str(file.request.forget_id) for file in files)),
        }
    )
    (draft / MANIFEST).write_text(made.model_dump_json(indent=1) + "\n", encoding="utf-8")
    os.sync()


def _below(draft: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(draft):
        yield from (Path(parent, name) for name in sorted(names) if name != MANIFEST)


def _is_same(path: Path, before: Path) -> bool:
    if not before.exists():
        return False
    if os.path.samefile(path, before):
        return True
    return path.stat().st_mtime_ns == before.stat().st_mtime_ns and path.stat().st_size == before.stat().st_size


def _line(path: Path, name: str, check: Check) -> BackedUpFile:
    """The line of a file that was written anew: the next backup copies the home's file again."""
    return BackedUpFile(path=name, bytes=path.stat().st_size, sha256=digest_of(path, check), modified_ns=0)
