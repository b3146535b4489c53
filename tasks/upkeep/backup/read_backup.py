"""Finds the backups of a folder, and verifies one by its manifest."""

from pathlib import Path

from pydantic import ValidationError

from schemas.errors import DamagedError, RefusedError
from schemas.runs.backup import MANIFEST, UNFINISHED, BackupManifest
from tasks.upkeep.backup.copy_file import Check, digest_of


def latest(target: Path) -> tuple[Path, BackupManifest] | None:
    """The newest complete backup in `target`; None: there is none. A folder whose name ends in `.open` is none."""
    folders = sorted(path.parent for path in target.glob(f"*/{MANIFEST}") if path.parent.suffix != UNFINISHED)
    return (folders[-1], manifest_of(folders[-1])) if folders else None


def chosen(source: Path) -> tuple[Path, BackupManifest]:
    """The backup that `source` is, or the newest of those in it. Raises `RefusedError` if there is none."""
    if (source / MANIFEST).is_file() and source.suffix != UNFINISHED:
        return source, manifest_of(source)
    found = latest(source)
    if not found:
        raise RefusedError(f"there is no complete backup in {str(source)!r} (a folder *{UNFINISHED} is not complete)")
    return found


def manifest_of(folder: Path) -> BackupManifest:
    """Raises `DamagedError` if the manifest cannot be read."""
    try:
        return BackupManifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise DamagedError(f"the manifest of the backup {str(folder)!r} cannot be read: {error}") from error


def verify(folder: Path, manifest: BackupManifest, check: Check) -> None:
    """Read every file of the backup. Raises `DamagedError` that names the first file which is gone or has another
    digest, and how many there are."""
    wrong = [file.path for file in manifest.files if not _is_whole(folder / file.path, file.sha256, check)]
    if wrong:
        raise DamagedError(
            f"{len(wrong)} of {len(manifest.files)} files of the backup {str(folder)!r} are damaged or gone, the "
            f"first is {wrong[0]!r}: restore an earlier backup"
        )


def _is_whole(path: Path, digest: str, check: Check) -> bool:
    check()
    return path.is_file() and digest_of(path, check) == digest
