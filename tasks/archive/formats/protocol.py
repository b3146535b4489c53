"""The interface of an archive format, and the records that it reads."""

import re
from base64 import b32encode
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple, Protocol
from uuid import UUID

from tasks.archive.members import Damage
from tasks.pure.http.headers import Headers

_HEXADECIMAL_SHA1 = re.compile("[0-9a-f]{40}")

Name = tuple[UUID | str | datetime, ...]
"""What a revisit calls its target: the id of its record, its URL and time, or the digest of its payload."""


class ForeignPage(NamedTuple):
    """A captured page in somebody else's archive. `body` is decoded, `at` is UTC; [offset, offset + length) are the
    bytes of the file that `ArchiveFormat.record` reads again. `payload_digest` is the archive's own, of the body as
    it was sent; None: the archive has none."""

    capture_id: UUID
    url: str
    at: datetime
    status: int
    headers: Headers
    body: bytes
    offset: int
    length: int
    payload_digest: str | None = None


class RevisitRecord(NamedTuple):
    """A record that holds no body: at `at` (UTC) the URL answered with what another record holds, its target. The
    target is named by its id, by its URL and time, or by its payload's digest; None: not named so. With
    `is_not_modified` the server said so (304) and the digest says nothing, else the crawler compared the bodies."""

    capture_id: UUID
    url: str
    at: datetime
    headers: Headers
    offset: int
    is_not_modified: bool
    target_id: UUID | None
    target_url: str | None
    target_at: datetime | None
    payload_digest: str | None


class SkippedRecord(NamedTuple):
    """A record that is no page: skipped by its headers, its body unread. `names`: what a revisit may call it, where
    it is a response."""

    offset: int
    names: tuple[Name, ...] = ()


ForeignRecord = ForeignPage | RevisitRecord | SkippedRecord | Damage


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


def names_of(capture_id: UUID | None, url: str | None, at: datetime | None, digest: str | None) -> tuple[Name, ...]:
    """The names by these facts, the surest first; None: not known."""
    moment = (url, at) if url is not None and at is not None else None
    facts: tuple[Name | None, ...] = (
        (capture_id,) if capture_id else None,
        moment,
        ("payload", one_form(digest)) if digest else None,
    )
    return tuple(fact for fact in facts if fact)


def one_form(digest: str) -> str:
    """The digest in lower case, one of SHA-1 in base 32: crawlers write it in base 32, and some in hexadecimal."""
    algorithm, _, value = digest.lower().partition(":")
    if algorithm == "sha1" and _HEXADECIMAL_SHA1.fullmatch(value):
        return f"{algorithm}:{b32encode(bytes.fromhex(value)).decode().lower()}"
    return digest.lower()
