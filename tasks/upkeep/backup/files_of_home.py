"""Which files make up a home: its finished segments, warehouse, reports, sources and settings file."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schemas.errors import DamagedError
from schemas.settings import Settings
from warehouse.database.address import Address

SETTINGS = "newsdesk.toml"
UNFINISHED_SEGMENT = ".open"


class HomeFile(NamedTuple):
    """A file to back up: where it lies, its `path` in the backup, and whether it may be gone by the time that it is
    copied (a report is deleted, a source file is edited)."""

    source: Path
    path: str
    may_vanish: bool = False


def not_covered(settings: Settings) -> tuple[str, ...]:
    """A sentence for each part of the home that lies on a server."""
    address = Address.parse(settings.warehouse_url)
    sentences = []
    if address.catalog == "postgres" or address.is_remote:
        sentences.append(
            f"not covered: the warehouse ({address.name}, Parquet files in {address.data}); back it up with "
            "`newsdesk warehouse copy` into a SQLite warehouse, or with pg_dump and the versions of the object store"
        )
    if settings.archive_store:
        sentences.append(
            f"not covered: the archive in {settings.archive_store}; use the versions and the replication of the "
            "object store"
        )
    return tuple(sentences)


def local_warehouse(settings: Settings) -> Address | None:
    """The warehouse, if catalog and Parquet files lie on this machine and there is one."""
    address = Address.parse(settings.warehouse_url)
    return address if address.catalog == "sqlite" and not address.is_remote and address.is_there() else None


def files_beside_the_warehouse(settings: Settings, settings_file: Path | None) -> Iterator[HomeFile]:
    """Segments, reports, sources and settings file, in this order. List them after the catalog was copied: a load
    commits rows only when their segment is finished."""
    for path in _below(settings.archive_path):
        if not path.name.endswith(UNFINISHED_SEGMENT):
            yield HomeFile(
                path, _place("archive", settings.archive_path, path), may_vanish=bool(settings.archive_store)
            )
    for path in _below(settings.reports_path):
        yield HomeFile(path, _place("reports", settings.reports_path, path), may_vanish=True)
    for path in _below(settings.sources):
        if path.parent == settings.sources:  # Sources are read from the folder itself: below it may lie a home.
            yield HomeFile(path, _place("sources", settings.sources, path), may_vanish=True)
    if settings_file:
        yield HomeFile(settings_file, SETTINGS, may_vanish=True)


def parquet_files(address: Address, named: frozenset[str]) -> list[HomeFile]:
    """The Parquet files of these names. Raises `DamagedError` if one is not there."""
    folder = Path(address.data)
    found = [path for path in _below(folder) if path.name in named]
    missing = sorted(named - {path.name for path in found})
    if missing:
        raise DamagedError(
            f"{len(missing)} Parquet files that the catalog names are not in {str(folder)!r}, the first is "
            f"{missing[0]!r}; put them back, or move the warehouse away and give `newsdesk rebuild`"
        )
    return [HomeFile(path, _place("warehouse/data", folder, path)) for path in found]


def folders_of(settings: Settings) -> list[Path]:
    """The home, and the folders whose files are backed up with all that lies below them."""
    address = Address.parse(settings.warehouse_url)
    warehouse = [] if address.is_remote else [Path(address.data)]
    return [settings.home, settings.archive_path, *warehouse]


def _below(folder: Path) -> list[Path]:
    """The files below the folder, by path; hidden files and folders are left out."""
    found = []
    for parent, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names if not name.startswith(".")]
    return sorted(found)


def _place(part: str, folder: Path, path: Path) -> str:
    return f"{part}/{path.relative_to(folder).as_posix()}"
