"""Finds where the records of a gzipped WARC begin and end, and which bytes are damaged."""

import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from tasks.pure.text.gunzip import GZIP_BITS, MAGIC, inflate

RECORD_BYTES_AT_MOST = 128 * 1024 * 1024
"""Inflated: more than twice the largest body that is kept (a sitemap of 50 MiB)."""
TOO_LONG = (
    f"compressed bytes that hold more than {RECORD_BYTES_AT_MOST >> 20} MiB: the file is compressed as a whole; "
    "compress each record on its own, for example with `warcio recompress`"
)
_PIECE_BYTES = 256 * 1024
_WINDOW_BYTES = 1024 * 1024
_PROBE_BYTES = 4096
_MAGIC = MAGIC + b"\x08"
_START = b"WARC/"


class Member(NamedTuple):
    """One gzip member and what it holds: one record, as the WARC annex on compression asks."""

    offset: int
    length: int
    content: bytes


class Damage(NamedTuple):
    """Bytes that are no record; `is_tail`: the file ends within the record that begins at `offset`."""

    offset: int
    why: str
    is_tail: bool = False


def members(file: BinaryIO, begin: int = 0, end: int | None = None) -> Iterator[Member | Damage]:
    """The members that begin in [begin, end), in the file's order; `begin` is the first byte of one.
    After damage it goes on with the next member that holds a record; memory holds one member."""
    offset, rest = begin, b""
    file.seek(begin)
    while end is None or offset < end:
        found, rest = _next_member(file, offset, rest)
        if found is None:
            return
        yield found
        if isinstance(found, Member):
            offset += found.length
            continue
        start = None if found.is_tail else next_start(file, offset + 1)
        if start is None:
            return
        offset, rest = start, b""
        file.seek(start)


def next_start(file: BinaryIO, offset: int) -> int | None:
    """The first byte, from `offset` on, of a gzip member that begins like a WARC record; None: there is none."""
    return find_signature(file, offset, _MAGIC, _PROBE_BYTES, _begins_a_record)


def find_signature(
    file: BinaryIO, offset: int, signature: bytes, probe_bytes: int, begins: Callable[[bytes], bool]
) -> int | None:
    """The first byte, from `offset` on, at which the signature stands and `begins` says yes to the (at most)
    `probe_bytes` bytes from there on; None: there is none."""
    while True:
        file.seek(offset)
        window = file.read(_WINDOW_BYTES)
        place = window.find(signature)
        while place >= 0:
            probe = window[place : place + probe_bytes]
            if len(probe) < probe_bytes:
                file.seek(offset + place)
                probe = file.read(probe_bytes)
            if begins(probe):
                return offset + place
            place = window.find(signature, place + 1)
        if len(window) < _WINDOW_BYTES:
            return None
        offset += len(window) - len(signature) + 1


def _begins_a_record(compressed: bytes) -> bool:
    try:
        return zlib.decompressobj(GZIP_BITS).decompress(compressed, len(_START)) == _START
    except zlib.error:
        return False


def _next_member(file: BinaryIO, offset: int, rest: bytes) -> tuple[Member | Damage | None, bytes]:
    """The member at `offset`, of which `rest` has been read, and what was read beyond it; None: the end."""
    inflater = zlib.decompressobj(GZIP_BITS)
    content, taken = bytearray(), 0
    while not inflater.eof:
        piece = rest or file.read(_PIECE_BYTES)
        rest = b""
        if not piece:
            return (Damage(offset, "the file ends within the record", is_tail=True) if taken else None), b""
        taken += len(piece)
        try:
            is_within = inflate(content, inflater, piece, RECORD_BYTES_AT_MOST)
        except zlib.error as error:
            return Damage(offset, f"no gzip member: {error}"), b""
        if not is_within:
            return Damage(offset, TOO_LONG), b""
    if not content.startswith(_START):
        return Damage(offset, "a gzip member that is no WARC record"), b""
    rest = inflater.unused_data
    return Member(offset, taken - len(rest), bytes(content)), rest
