"""The interface of an archive format, and the records that it reads."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple, Protocol
from uuid import UUID

from tasks.archive.members import Damage
from tasks.pure.http.headers import Headers


class ForeignPage(NamedTuple):
    """A captured page in somebody else's archive. `body` is decoded, `at` is UTC; [offset, offset + length) are the
    bytes of the file that `ArchiveFormat.record` reads again."""

    capture_id: UUID
    url: str
    at: datetime
    status: int
    headers: Headers
    body: bytes
    offset: int
    length: int


class SkippedRecord(NamedTuple):
    """A record that is no page: skipped by its headers, its body unread."""

    offset: int


ForeignRecord = ForeignPage | SkippedRecord | Damage


class ArchiveFormat(Protocol):
    """A kind of archive file. `tasks.archive.formats.registry` holds one instance of each kind."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of its file names, in lower case, with their dot."""

    @property
    def is_container(self) -> bool:
        """Whether a file begins in another way than its records do, as a ZIP file does. Then its files are known by
        suffix and first bytes together, and the file is asked for its first bytes when a record is read again."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What its library raises for bytes that it cannot read, beside OSError, ValueError, ImportError and
        RuntimeError. `tasks.archive.foreign` turns them all into a `NewsdeskError` that names the file."""

    def recognises(self, head: bytes) -> bool:
        """Whether a file, or a record of one that is no container, may begin with these bytes: the first four, fewer
        where the file is shorter."""

    def records(self, file: BinaryIO, begin: int, end: int) -> Iterator[ForeignRecord]:
        """The records that begin in [begin, end), in the file's order; damage is reported and skipped.

        A range may begin anywhere: its first record is the first that begins at `begin` or later, so that adjacent
        ranges read every record exactly once. Memory holds one record.
        """

    def record(self, content: bytes, offset: int) -> ForeignRecord:
        """The record whose bytes, taken from the file at `offset`, these are."""
