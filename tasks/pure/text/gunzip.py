"""Unpacks gzip into memory up to a limit. `tasks/web/content_coding` streams instead, and keeps nothing."""

import zlib
from dataclasses import dataclass

MAGIC = b"\x1f\x8b"
GZIP_BITS = 31
"""zlib's window bits for one gzip member with its header and check sum."""
_STEP = 64 * 1024


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The unpacked content. `is_partial`: the stream is cut off, damaged, or longer than allowed."""

    content: bytes
    is_partial: bool


def gunzip(packed: bytes, at_most: int) -> Unpacked:
    """All members of a gzip stream, at most `at_most` bytes; bytes after the last member are ignored."""
    unpacked = bytearray()
    at = 0
    while packed.startswith(MAGIC, at):
        member = zlib.decompressobj(GZIP_BITS)
        while not member.eof and at < len(packed):
            step = packed[at : at + _STEP]
            at += len(step)
            try:
                is_within = inflate(unpacked, member, step, at_most)
            except zlib.error:
                return Unpacked(bytes(unpacked), True)
            if not is_within:
                return Unpacked(bytes(unpacked[:at_most]), True)
        if not member.eof:
            return Unpacked(bytes(unpacked), True)
        at -= len(member.unused_data)
    return Unpacked(bytes(unpacked), False)


def inflate(unpacked: bytearray, member: "zlib._Decompress", piece: bytes, at_most: int) -> bool:
    """Appends what a piece of a gzip member holds to `unpacked`; False: that is now longer than `at_most`, by one
    byte, and no more of the member was unpacked. Raises zlib.error where the member is damaged."""
    unpacked += member.decompress(piece, at_most + 1 - len(unpacked))
    return len(unpacked) <= at_most
