"""Gzip, unpacked only as far as it may go."""

import zlib
from dataclasses import dataclass

MAGIC = b"\x1f\x8b"
_STEP = 64 * 1024


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What could be unpacked; `is_partial`: the stream is cut off, damaged, or longer than was allowed."""

    content: bytes
    is_partial: bool


def gunzip(packed: bytes, at_most: int) -> Unpacked:
    """All members of a gzip stream, at most `at_most` bytes; what is appended to it is ignored."""
    unpacked = bytearray()
    at = 0
    while packed.startswith(MAGIC, at):
        member = zlib.decompressobj(31)
        while not member.eof and at < len(packed):
            step = packed[at : at + _STEP]
            at += len(step)
            if not _append(unpacked, member, step, at_most):
                return Unpacked(bytes(unpacked), True)
        if not member.eof:
            return Unpacked(bytes(unpacked), True)
        at -= len(member.unused_data)
    return Unpacked(bytes(unpacked), False)


def _append(unpacked: bytearray, member: "zlib._Decompress", step: bytes, at_most: int) -> bool:
    """Unpack one step; False where the stream is damaged or there is no room left."""
    try:
        unpacked += member.decompress(step, at_most - len(unpacked) + 1)
    except zlib.error:
        return False
    is_over = len(unpacked) > at_most
    del unpacked[at_most:]
    return not is_over
