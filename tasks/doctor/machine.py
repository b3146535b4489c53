"""Examines what a home stands on: versions, disk, and the folders themselves."""

import os
import platform
import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from schemas.runs.doctor import ExaminedPart, PartState
from schemas.settings import Settings
from tasks.doctor.parts import fine, warning, wrong
from tasks.machine.lock import MEGABYTE

SHOWN = ("duckdb", "prefect", "trafilatura")
TIGHT = 5
"""A disk with less than so many times the floor of the settings is told before runs are refused."""
INODES_TIGHT = 10_000


def examine_versions() -> ExaminedPart:
    """Whether every package that Newsdesk needs is installed in a version that it allows."""
    unmet = [told for line in requires("newsdesk") or () if (told := _unmet(Requirement(line)))]
    told = ", ".join(
        [f"newsdesk {version('newsdesk')}", f"Python {platform.python_version()}"]
        + [f"{name} {version(name)}" for name in SHOWN]
        + [f"{platform.system()} {platform.machine()}"]
    )
    if unmet:
        return wrong("versions", f"{'; '.join(unmet)} ({told})", "install newsdesk again: `pip install newsdesk`")
    return fine("versions", told)


def _unmet(wanted: Requirement) -> str | None:
    if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
        return None
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return f"{wanted.name} is not installed"
    return None if wanted.specifier.contains(found, prereleases=True) else f"{wanted.name} is {found}, not {wanted}"


def examine_home(settings: Settings) -> ExaminedPart:
    """Whether the home can be written. A home that may only be read is enough for status, sql and health."""
    home = settings.home
    if not home.exists():
        return _examine_missing(home)
    if not home.is_dir():
        return wrong("home", f"{str(home)!r} is no folder", "let NEWSDESK_HOME name a folder")
    if not os.access(home, os.R_OK | os.X_OK):
        return wrong("home", f"{str(home)!r} cannot be read", "give this user the right to read it")
    try:
        with tempfile.TemporaryFile(dir=home):
            return fine("home", str(home.absolute()))
    except OSError as error:
        told = f"{str(home)!r} can be read and not written ({error.strerror}): commands that read work, runs do not"
        return warning("home", told, "run newsdesk as the owner of the home, or give this user the right to write")


def _examine_missing(home: Path) -> ExaminedPart:
    there = _nearest(home)
    if not os.access(there, os.W_OK | os.X_OK):
        fix = f"make {str(there)!r} writable, or let NEWSDESK_HOME name another folder"
        return wrong("home", f"there is no {str(home)!r}, and it cannot be made", fix)
    return fine("home", f"there is no {str(home)!r} yet: the first run makes it")


def examine_disk(settings: Settings) -> ExaminedPart:
    """The free space where home and archive lie, beside the floor of the settings, and free inodes."""
    told: list[str] = []
    tight: list[ExaminedPart] = []
    for place in sorted({_nearest(settings.home), _nearest(settings.archive_path)}):
        free_mb = shutil.disk_usage(place).free // MEGABYTE
        told.append(f"{free_mb:,} MiB free at {str(place)!r}")
        tight += _tight(place, free_mb, settings.disk_floor_mb)
    return max(tight, key=lambda part: part.state is PartState.ERROR) if tight else fine("disk", "; ".join(told))


def _tight(place: Path, free_mb: int, floor_mb: int) -> list[ExaminedPart]:
    """Whether space or inodes run out there; empty where they do not."""
    told = f"{free_mb:,} MiB are free at {str(place)!r}; runs begin with {floor_mb:,} or more"
    if free_mb < floor_mb:
        return [wrong("disk", told, "free some, or lower NEWSDESK_DISK_FLOOR_MB")]
    found = os.statvfs(place)
    if found.f_files and found.f_favail < INODES_TIGHT:
        return [warning("disk", f"{found.f_favail:,} inodes are free at {str(place)!r}", "delete small files")]
    return [warning("disk", told, "free some before runs are refused")] if free_mb < TIGHT * floor_mb else []


def _nearest(path: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    there = path.absolute()
    while not there.exists():
        there = there.parent
    return there
