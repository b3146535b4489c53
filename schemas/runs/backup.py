"""The manifest of a backup: what it holds, and by which digests that is verified."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict

MANIFEST = "manifest.json"
UNFINISHED = ".open"
"""Suffix of the folder of a backup that is being made."""


class BackedUpFile(BaseModel):
    """A file of a backup. `path` is below the backup's folder; `modified_ns` is the original's time of change in
    nanoseconds since 1970 (UTC): with the size it tells that the original has not changed since."""

    model_config = ConfigDict(frozen=True)

    path: str
    bytes: int
    sha256: str
    modified_ns: int


class PartOfBackup(BaseModel):
    """A part of a home. `copied` counts what was written for this backup; the rest are hard links to the files of the
    backup before."""

    model_config = ConfigDict(frozen=True)

    files: int
    bytes: int
    copied_files: int
    copied_bytes: int


class BackupManifest(BaseModel):
    """What one backup holds."""

    model_config = ConfigDict(frozen=True)

    form: int = 1
    """Form of the manifest; a later version of newsdesk that changes it counts up."""
    newsdesk: str
    """Version that made the backup."""
    made_at: AwareDatetime
    """Start, UTC. What was loaded before it is in the backup; what was loaded during it may be."""
    seconds: float
    home: str
    """Folder that was backed up, as it was called on that machine."""
    parts: dict[str, PartOfBackup]
    rows: dict[str, int]
    """Rows of each table of the warehouse, as the catalog of the backup counts them; empty without a warehouse."""
    not_covered: tuple[str, ...] = ()
    """A sentence for each part that is no folder of this machine: what to use for it instead."""
    forgotten: tuple[str, ...] = ()
    """Ids of the requests to forget (ops.forget_requests) that were carried out in it after it was made."""
    files: tuple[BackedUpFile, ...]

    @property
    def has_warehouse(self) -> bool:
        """Whether it holds a catalog with its Parquet files."""
        return "warehouse" in self.parts


class LastBackup(BaseModel):
    """The last backup of a home, as the home notes it. `made_at` is its start (UTC); the folder may be gone since."""

    model_config = ConfigDict(frozen=True)

    made_at: AwareDatetime
    folder: str


class Restored(BaseModel):
    """What a restore did. `moved_to`: where the files lie that were in the home before; None: it was empty."""

    model_config = ConfigDict(frozen=True)

    backup: str
    home: str | None
    """None: the backup was only verified."""
    made_at: datetime
    files: int
    bytes: int
    rows: dict[str, int]
    moved_to: str | None = None
    not_covered: tuple[str, ...] = ()
