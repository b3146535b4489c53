"""Takes words out of one response record: each of their bytes becomes an x, and the record keeps its length."""

import base64
import hashlib
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from schemas.items.capture import Capture
from tasks.archive.read import StoredCapture

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_BLANK_LINE = b"\r\n\r\n"
_DIGEST = re.compile(rb"(WARC-(Payload|Block)-Digest: )(sha1|sha256):\S+", re.IGNORECASE)


class Redacted(NamedTuple):
    """A response record without the words: its place, and the gzip member of the same length; None: there is none, or
    the page still names what was forgotten, so that it must go whole."""

    offset: int
    member: bytes | None


def redact(
    stored: StoredCapture, content: bytes, words: Sequence[bytes], names: Callable[[Capture, bytes], bool]
) -> Redacted:
    """The record whose unpacked `content` is given, without the words, and with the digests of what is left. `names`
    says whether a body still names what was forgotten."""
    offset, length = stored.capture.warc.offset, stored.capture.warc.length
    body = stored.body
    for word in sorted(words, key=len, reverse=True):
        body = body.replace(word, b"x" * len(word))
    head, blank, rest = content.partition(_BLANK_LINE)
    if not rest.endswith(stored.body + _BLANK_LINE) or names(stored.capture, body):
        return Redacted(offset, None)
    block = rest[: -len(stored.body) - len(_BLANK_LINE)] + body
    of = {b"payload": body, b"block": block}
    head = _DIGEST.sub(lambda found: found[1] + _digest(found[3], of[found[2].lower()]), head)
    return Redacted(offset, _of_length(head + blank + block + _BLANK_LINE, length))


def _digest(kind: bytes, content: bytes) -> bytes:
    """In the form that the record had: warcio writes SHA-1 for a block."""
    found = hashlib.new(kind.decode().lower(), content, usedforsecurity=False)
    return kind + b":" + base64.b32encode(found.digest())


def _of_length(content: bytes, length: int) -> bytes | None:
    """The content as a gzip member of exactly so many bytes, filled up by a comment in its head, which readers skip
    (RFC 1952, 2.3.1: FCOMMENT); None: it does not fit."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = packer.compress(content) + packer.flush() + struct.pack("<II", zlib.crc32(content), len(content))
    room = length - len(GZIP_HEAD) - len(tail)
    if room < 0:
        return None
    comment = b" " * (room - 1) + b"\0" if room else b""
    flags = b"\x10" if room else b"\0"
    return GZIP_HEAD[:3] + flags + GZIP_HEAD[4:] + comment + tail
