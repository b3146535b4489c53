"""Copies one file, synced to the disk and verified by its digest; stops between two blocks when it is asked to."""

import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from schemas.errors import NewsdeskError
from schemas.runs.backup import BackedUpFile

BLOCK = 1024 * 1024

Check = Callable[[], None]
"""Raises if a person has ended the command."""


def copy_file(source: Path, target: Path, path: str, check: Check) -> BackedUpFile:
    """Copy `source` to `target` and read the copy back. Times and permissions are kept.

    Raises `NewsdeskError` if the copy has another digest than what was read, and what `check` raises.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        before = os.fstat(reading.fileno())
        while block := reading.read(BLOCK):
            check()
            digest.update(block)
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
        if hasattr(os, "posix_fadvise"):  # So that the copy is read from the disk, not from memory.
            os.posix_fadvise(writing.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    shutil.copystat(source, target)
    size, found = target.stat().st_size, digest_of(target, check)
    if found != digest.hexdigest():
        raise NewsdeskError(f"the copy {str(target)!r} differs from {str(source)!r}: the disk did not keep it")
    return BackedUpFile(path=path, bytes=size, sha256=found, modified_ns=before.st_mtime_ns)


def digest_of(path: Path, check: Check) -> str:
    """SHA-256 of the file, in hex."""
    digest = sha256()
    with path.open("rb") as reading:
        while block := reading.read(BLOCK):
            check()
            digest.update(block)
    return digest.hexdigest()
