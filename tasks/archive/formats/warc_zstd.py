"""WARC files that others compressed with Zstandard, a frame for each record (or for a few), without a dictionary."""

from collections.abc import Iterator
from typing import BinaryIO

from tasks.archive.formats.protocol import ForeignRecord
from tasks.archive.formats.warc_record import read_warc_member, read_warc_record, unpack_zstd
from tasks.archive.members import RECORD_BYTES_AT_MOST, TOO_LONG, Damage, Member, find_signature

FRAME = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"
"""A frame without content begins with 0x50 to 0x5F and these (RFC 8878, 3.1.2)."""
_DICTIONARY = b"\x5d" + _SKIPPABLE
"""The frame of a dictionary, at the head of the file (the IIPC's WARC with Zstandard, version 1.0)."""
_START = b"WARC/"
_HEAD_BYTES = 18
_BLOCK_BYTES_AT_MOST = 128 * 1024 + 3
_BLOCKS_AT_MOST = 100_000
"""Of a frame: a hundred times what 128 MiB need, so that a frame of empty blocks ends."""
_SAYS_DICTIONARY = "compressed with Zstandard and a dictionary of its own, which is not read: unpack the file first"


class ZstdWarc:
    """WARC with a Zstandard frame for each record."""

    suffixes = (".warc.zst",)
    is_container = False
    errors = ()

    def recognises(self, head: bytes) -> bool:
        """By the magic number of a frame, or of one without content, such as a dictionary's."""
        return is_zstd(head)

    def records(self, file: BinaryIO, begin: int, end: int) -> Iterator[ForeignRecord]:
        """See `ArchiveFormat`; a file with a dictionary is one damage, in its first range."""
        file.seek(0)
        if file.read(len(_DICTIONARY)) == _DICTIONARY:
            yield from () if begin else (Damage(0, _SAYS_DICTIONARY),)
            return
        start = begin if begin == 0 else _next_start(file, begin)
        while start is not None and start < end:
            found = _frame(file, start)
            if found is None:
                return
            if isinstance(found, Member):
                yield from read_warc_member(found) if found.content else ()
                start += found.length
            else:
                yield found
                start = _next_start(file, start + 1)  # A damaged size of a block looks like the end of the file.

    def record(self, content: bytes, offset: int) -> ForeignRecord:
        """See `ArchiveFormat`."""
        try:
            unpacked = unpack_zstd(content, RECORD_BYTES_AT_MOST)
        except OSError as error:
            return Damage(offset, f"no Zstandard frame: {error}")
        return read_warc_record(Member(offset, len(content), unpacked))


def is_zstd(head: bytes) -> bool:
    """Whether a Zstandard frame may begin with these bytes, with content or without."""
    return head.startswith(FRAME) or _is_skippable(head)


def _is_skippable(head: bytes) -> bool:
    return 0x50 <= (head[0] if head else 0) <= 0x5F and head[1:4] == _SKIPPABLE


def _frame(file: BinaryIO, offset: int) -> Member | Damage | None:
    """The frame at the offset and what it holds, nothing for a skippable one; None: the file ends there."""
    file.seek(offset)
    head = file.read(_HEAD_BYTES)
    if not head:
        return None
    if _is_skippable(head):
        return Member(offset, 8 + int.from_bytes(head[4:8], "little"), b"")
    if not head.startswith(FRAME):
        return Damage(offset, "no Zstandard frame begins there")
    length = _length(file, offset, head)
    if length is None:
        return Damage(offset, "the file ends within the record", is_tail=True)
    if length > RECORD_BYTES_AT_MOST:
        return Damage(offset, TOO_LONG)
    file.seek(offset)
    try:
        content = unpack_zstd(file.read(length), RECORD_BYTES_AT_MOST + 1)
    except OSError as error:
        return Damage(offset, f"no Zstandard frame: {error}")
    if len(content) > RECORD_BYTES_AT_MOST:
        return Damage(offset, TOO_LONG)
    if not content.startswith(_START):
        return Damage(offset, "a Zstandard frame that is no WARC record")
    return Member(offset, length, content)


def _length(file: BinaryIO, offset: int, head: bytes) -> int | None:
    """Bytes of the frame, from the sizes of its blocks (RFC 8878, 3.1.1); None: the file ends within it. More
    than `RECORD_BYTES_AT_MOST` stand for all that is more, or has too many blocks."""
    place = offset + _header_length(head)
    has_checksum = bool(head[4] & 4) if len(head) > 4 else False
    for _ in range(_BLOCKS_AT_MOST):
        if place - offset > RECORD_BYTES_AT_MOST:
            break
        file.seek(place)
        block = file.read(3)
        if len(block) < 3:
            return None
        said = int.from_bytes(block, "little")
        is_repeated = said >> 1 & 3 == 1
        place += 3 + (1 if is_repeated else said >> 3)
        if said & 1:
            place += 4 * has_checksum
            file.seek(place - 1)
            return place - offset if file.read(1) else None
    return RECORD_BYTES_AT_MOST + 1


def _header_length(head: bytes) -> int:
    """Bytes before the first block: magic number, descriptor, window, dictionary id, content size."""
    said = head[4] if len(head) > 4 else 0
    is_single = said >> 5 & 1
    size_bytes = (is_single, 2, 4, 8)[said >> 6]
    return len(FRAME) + 1 + (1 - is_single) + (0, 1, 2, 4)[said & 3] + size_bytes


def _next_start(file: BinaryIO, offset: int) -> int | None:
    """The first byte, from `offset` on, of a frame that begins like a WARC record; None: there is none."""
    return find_signature(file, offset, FRAME, _HEAD_BYTES + _BLOCK_BYTES_AT_MOST, _begins_a_record)


def _begins_a_record(compressed: bytes) -> bool:
    try:
        return unpack_zstd(compressed, len(_START)) == _START
    except OSError:
        return False
