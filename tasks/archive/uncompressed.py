"""Finds the records of a WARC file without compression."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from tasks.archive.members import RECORD_BYTES_AT_MOST, Damage, Member

_HEAD_BYTES_AT_MOST = 64 * 1024
_WINDOW_BYTES = 1024 * 1024
_START = b"WARC/"
_BLANK = b"\r\n\r\n"
_BETWEEN = _BLANK + b"WARC/1."
_LENGTH = re.compile(rb"\r\nContent-Length:\s*(\d+)\s*\r\n", re.IGNORECASE)


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
    place = max(0, offset - len(_BLANK))
    while True:
        file.seek(place)
        window = file.read(_WINDOW_BYTES)
        found = window.find(_BETWEEN)
        if found >= 0:
            return place + found + len(_BLANK)
        if len(window) < _WINDOW_BYTES:
            return None
        place += len(window) - len(_BETWEEN) + 1


def _record(file: BinaryIO, offset: int) -> Member | Damage | None:
    file.seek(offset)
    head = file.read(_HEAD_BYTES_AT_MOST)
    if not head:
        return None
    blank = head.find(_BLANK)
    length = _LENGTH.search(head, 0, blank + 2) if blank >= 0 else None
    if not head.startswith(_START) or length is None:
        return Damage(offset, "no WARC record begins there")
    whole = blank + len(_BLANK) + int(length[1]) + len(_BLANK)
    if whole > RECORD_BYTES_AT_MOST:
        return Damage(offset, f"the record says {int(length[1])} bytes")
    file.seek(offset)
    content = file.read(whole + len(_START))
    if len(content) < whole:
        return Damage(offset, f"the record says {int(length[1])} bytes, and the file ends before", is_tail=True)
    if not content.startswith(_BLANK, whole - len(_BLANK)) or content[whole:] not in (b"", _START):
        return Damage(offset, f"the record says {int(length[1])} bytes, and does not end there")
    return Member(offset, whole, content[:whole])
