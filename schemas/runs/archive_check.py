"""A check of the archive: its size, damaged records, and differences from the warehouse."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Trouble(StrEnum):
    """What is wrong at one place of the archive."""

    DAMAGED = "damaged"
    TORN = "torn"
    UNFINISHED = "unfinished"
    NOT_IN_WAREHOUSE = "not_in_warehouse"
    NOT_IN_ARCHIVE = "not_in_archive"


class ArchiveFault(BaseModel):
    """One fault. `file` is the path of the segment below the archive, `offset` the first byte of the record.
    `is_repaired`: this check repaired it."""

    model_config = ConfigDict(frozen=True)

    file: str
    offset: int
    trouble: Trouble
    detail: str
    is_repaired: bool = False


class ArchiveCheck(BaseModel):
    """One check of all segments."""

    model_config = ConfigDict(frozen=True)

    segments: int = 0
    captures: int = 0
    bytes: int = 0
    faults: tuple[ArchiveFault, ...] = ()

    @property
    def lost(self) -> frozenset[str]:
        """The segments with captures that are not in the warehouse."""
        return frozenset(fault.file for fault in self.faults if fault.trouble is Trouble.NOT_IN_WAREHOUSE)

    @property
    def is_sound(self) -> bool:
        """Whether every fault was repaired."""
        return all(fault.is_repaired for fault in self.faults)


class CaptureCount(BaseModel):
    """The captures of one source and kind; `bytes` are those of their compressed response records."""

    model_config = ConfigDict(frozen=True)

    source: str
    kind: str
    captures: int
    bytes: int
    body_bytes: int
    first_at: AwareDatetime
    last_at: AwareDatetime


class CapturePlace(BaseModel):
    """The position of a capture in the archive, by the warehouse."""

    model_config = ConfigDict(frozen=True)

    capture_id: str
    warc_file: str
    warc_offset: int
