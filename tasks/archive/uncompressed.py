"""Finds the records of a WARC file without compression."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from tasks.archive.members import RECORD_BYTES_AT_MOST, Damage, Member

BLANK = re.compile(rb"\r?\n\r?\n")
"""The end of a record's head. WARC asks for CRLF; many files of WARC/0.17 and 0.18 have LF alone."""
TRAILER = re.compile(rb"(?:\r?\n){0,2}")
"""The two line ends behind a record. Some writers leave out one or both."""
_HEAD_BYTES_AT_MOST = 64 * 1024
_WINDOW_BYTES = 1024 * 1024
_START = re.compile(rb"WARC/[01]\.\d+\r?\n")
_START_BYTES = 16
_BETWEEN = re.compile(rb"\n\r?\n(?=WARC/[01]\.\d+\r?\n)")
_BETWEEN_BYTES = 3 + _START_BYTES
_TRAILER_BYTES = 4
_OTHER_KINDS = (
    (b"\x04\x22\x4d\x18", "packed with LZ4: unpack it with `lz4 -d`"),
    (b"BZh", "packed with bzip2: unpack it with `bunzip2`"),
    (b"\xfd7zXZ\x00", "packed with xz: unpack it with `unxz`"),
    (b"filedesc:", "an ARC file: convert it with `warcio recompress`"),
)
_LENGTH = re.compile(rb"\nContent-Length:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)


def plain_records(file: BinaryIO, begin: int, end: int) -> Iterator[Member | Damage]:
    """The records that begin in [begin, end); `begin` is the first byte of one. After damage it goes on
    with what looks like the next record."""
    offset = begin
    while offset < end:
        found = _record(file, offset)
        if found is None:
            return
        yield found
        start = offset + found.length if isinstance(found, Member) else plain_start(file, offset + 1)
        if start is None:
            return
        offset = start


def plain_start(file: BinaryIO, offset: int) -> int | None:
    """The first byte, from `offset` on, of what looks like a record: behind the end of another one."""
    place = max(0, offset - _BETWEEN_BYTES)
    while True:
        file.seek(place)
        window = file.read(_WINDOW_BYTES)
        found = next((each.end() for each in _BETWEEN.finditer(window) if place + each.end() >= offset), None)
        if found is not None:
            return place + found
        if len(window) < _WINDOW_BYTES:
            return None
        place += len(window) - _BETWEEN_BYTES


def _record(file: BinaryIO, offset: int) -> Member | Damage | None:
    file.seek(offset)
    head = file.read(_HEAD_BYTES_AT_MOST)
    if not head:
        return None
    blank = BLANK.search(head)
    length = _LENGTH.search(head, 0, blank.end()) if blank else None
    if not _START.match(head) or blank is None or length is None:
        return Damage(offset, _no_record(head))
    whole = blank.end() + int(length[1])
    if whole > RECORD_BYTES_AT_MOST:
        return Damage(offset, f"the record says {int(length[1])} bytes")
    file.seek(offset)
    content = file.read(whole + _TRAILER_BYTES + _START_BYTES)
    if len(content) < whole:
        return Damage(offset, f"the record says {int(length[1])} bytes, and the file ends before", is_tail=True)
    trailer = TRAILER.match(content, whole)
    end = trailer.end() if trailer else whole
    if content[end:] and not _START.match(content, end):
        return Damage(offset, f"the record says {int(length[1])} bytes, and does not end there")
    return Member(offset, end, content[:end])


def _no_record(head: bytes) -> str:
    kind = next((kind for signature, kind in _OTHER_KINDS if head.startswith(signature)), None)
    return "no WARC record begins there" + (f": the file is {kind}" if kind else "")
