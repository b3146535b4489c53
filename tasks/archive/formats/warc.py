"""WARC files that others wrote, gzipped or plain."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from tasks.archive.formats.protocol import ForeignRecord
from tasks.archive.formats.warc_record import read_warc_member, read_warc_record
from tasks.archive.formats.warc_zstd import is_zstd
from tasks.archive.members import Member, members, next_start
from tasks.archive.uncompressed import plain_records, plain_start

GZIP = b"\x1f\x8b"


class GzippedWarc:
    """WARC with a gzip member for each record (WARC 1.1, annex D), or for a few of them."""

    suffixes = (".warc.gz",)
    is_container = False
    errors = ()

    def recognises(self, head: bytes) -> bool:
        """By gzip's magic number."""
        return head.startswith(GZIP)

    def records(self, file: BinaryIO, begin: int, end: int) -> Iterator[ForeignRecord]:
        """See `ArchiveFormat`; a range's first record is found by its gzip member."""
        start = begin if begin == 0 else next_start(file, begin)
        if start is None or start >= end:
            return
        for found in members(file, start, end):
            yield from read_warc_member(found) if isinstance(found, Member) else (found,)

    def record(self, content: bytes, offset: int) -> ForeignRecord:
        """See `ArchiveFormat`."""
        found = next(members(io.BytesIO(content)), None)
        inflated = found.content if isinstance(found, Member) else b""
        return read_warc_record(Member(offset, len(content), inflated))


class PlainWarc:
    """WARC without compression; a file that no other format recognises is read as this, and reported as damaged."""

    suffixes = (".warc",)
    is_container = False
    errors = ()

    def recognises(self, head: bytes) -> bool:
        """Everything but gzip and Zstandard."""
        return not head.startswith(GZIP) and not is_zstd(head)

    def records(self, file: BinaryIO, begin: int, end: int) -> Iterator[ForeignRecord]:
        """See `ArchiveFormat`; a range's first record is found by the end of the one before."""
        start = begin if begin == 0 else plain_start(file, begin)
        if start is None or start >= end:
            return
        for found in plain_records(file, start, end):
            yield read_warc_record(found) if isinstance(found, Member) else found

    def record(self, content: bytes, offset: int) -> ForeignRecord:
        """See `ArchiveFormat`."""
        return read_warc_record(Member(offset, len(content), content))
