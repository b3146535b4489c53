"""Checks before a run starts: the lock of its home is free, and the disk has room."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import DiskFullError, RefusedError

MEGABYTE = 1024 * 1024


@contextmanager
def hold(path: Path, name: str) -> Iterator[None]:
    """Hold the lock file; the kernel frees it however the process ends. Raises `RefusedError` that
    names the process which holds it, `DiskFullError` where not even that can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise RefusedError(f"cannot write in the home folder {str(path.parent)!r}: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 32, 0).decode().strip() or "unknown"
        os.close(handle)
        raise RefusedError(f"another {name} runs in {str(path.parent)!r}: locked by pid {holder}") from error
    try:
        _sign(handle, path)
        yield
    finally:
        os.close(handle)


def _sign(handle: int, path: Path) -> None:
    """Write our pid into the lock file: the refusal of another run names it."""
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    except OSError as error:
        raise DiskFullError(f"cannot write the lock {str(path)!r}: {error.strerror}; nothing was run") from error


def check_room(home: Path, floor_mb: int) -> None:
    """Raise `RefusedError` where less than `floor_mb` MiB are free for the home folder."""
    there = home.absolute()
    while not there.exists():
        there = there.parent
    free_mb = shutil.disk_usage(there).free // MEGABYTE
    if free_mb < floor_mb:
        raise RefusedError(
            f"only {free_mb} MiB are free at {str(home)!r}, {floor_mb} are needed; "
            "free some, or lower NEWSDESK_DISK_FLOOR_MB"
        )
