"""Takes captures out of a segment: a record of the same length takes their place, so that no other record moves.

The index of the archive, and whoever kept a place in it, stay right, and a file is replaced in one step. The record
in their place is a gzip member of its own with zeros, which a local file system keeps as holes (decision 0077).
"""

import os
import struct
import zlib
from base64 import b32encode
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.items.capture import Capture
from schemas.items.link import UrlKind
from tasks.archive.members import Member, members
from tasks.archive.read import StoredCapture, read_back
from tasks.archive.redact import GZIP_HEAD, Redacted, redact

UNFINISHED = ".forgetting"
"""Suffix of the file that takes a segment's place."""
TEXT = b"This record was taken out.\r\n"
TYPE = "application/vnd.newsdesk.forgotten"
_BLOCK = 65_535
"""Bytes of the longest stored block of deflate (RFC 1951, 3.2.4); its head has 5."""
_COPY = 1024 * 1024
_PAGE = 4096


class SegmentCut(NamedTuple):
    """What goes of a segment: captures that `is_forgotten` says yes to and response records at these offsets (with
    their bytes) whole, and of other pages the words that `words` gives for the page. A page that `names` what was
    forgotten even without them goes whole."""

    is_forgotten: Callable[[Capture], bool]
    lengths: Mapping[int, int] = MappingProxyType({})
    words: Callable[[Capture], Collection[bytes]] = lambda _: ()
    names: Callable[[Capture, bytes], bool] = lambda _, __: False


class Blanked(NamedTuple):
    """What was taken out of a segment now: captures whole, and words of `redacted` others. `left`: captures that it
    still holds."""

    captures: tuple[Capture, ...]
    redacted: int
    left: int


def blank(path: Path, name: str, to: Path, cut: SegmentCut) -> Blanked | None:
    """Write the segment at `path` to `to` without what is cut, and without redirects that led to captures that go.
    `name` is its path below the archive. None: there is nothing to take out, and nothing was written."""
    found = [each for each in read_back(path, name) if isinstance(each, StoredCapture)]
    with path.open("rb") as file:
        redacted = {each.capture.capture_id: one for each in found if (one := _redacted(file, each, cut))}
        unclean = {capture_id for capture_id, one in redacted.items() if one.member is None}
        gone = list(_with_hops(found, partial(_goes, cut, unclean)))
        pieces = {one.offset: one.member for one in redacted.values() if one.member is not None}
        pieces |= {each.capture.warc.offset: _blank_piece(name, each.capture.warc.offset, each.end) for each in gone}
        whole = {each.capture.warc.offset for each in found}
        for offset, length in cut.lengths.items():
            if offset not in whole and not is_blank(file, offset):
                pieces[offset] = _blank_piece(name, offset, offset + length)
        if not pieces:
            return None
        _write(file, to, sorted(pieces.items()))
    return Blanked(tuple(each.capture for each in gone), len(redacted) - len(unclean), len(found) - len(gone))


def _redacted(file: BinaryIO, each: StoredCapture, cut: SegmentCut) -> Redacted | None:
    """None: the page has none of the words, or goes whole anyway."""
    if not each.body or cut.is_forgotten(each.capture):
        return None
    words = [word for word in cut.words(each.capture) if word in each.body]
    if not words and not cut.names(each.capture, each.body):
        return None
    member = next(members(file, each.capture.warc.offset, each.capture.warc.offset + 1), None)
    content = member.content if isinstance(member, Member) else b""
    return redact(each, content, words, cut.names)


def _goes(cut: SegmentCut, unclean: Collection[UUID], each: StoredCapture) -> bool:
    capture = each.capture
    is_named = capture.warc.offset in cut.lengths or capture.capture_id in unclean
    return is_named or cut.is_forgotten(capture)


def _blank_piece(name: str, begin: int, end: int) -> bytes:
    return blank_member(end - begin, name, begin)


def is_blank(file: BinaryIO, offset: int) -> bool:
    """Whether a record that was taken out stands there, or the file ends before."""
    found = next(members(file, offset, offset + 1), None)
    return found is None or (isinstance(found, Member) and TYPE.encode() in found.content[:1000])


def blank_member(length: int, name: str, offset: int) -> bytes:
    """A gzip member of exactly `length` bytes with one WARC record."""
    blocks = max(1, -(-(length - 18) // (_BLOCK + 5)))
    content = _record(length - 18 - 5 * blocks, name, offset)
    parts, rest = [GZIP_HEAD], content
    for number in range(blocks):
        part, rest = rest[:_BLOCK], rest[_BLOCK:]
        parts += [struct.pack("<BHH", number == blocks - 1, len(part), len(part) ^ 0xFFFF), part]
    parts.append(struct.pack("<II", zlib.crc32(content), len(content)))
    return b"".join(parts)


def _with_hops(found: list[StoredCapture], goes: Callable[[StoredCapture], bool]) -> Iterator[StoredCapture]:
    """The captures that go. A segment has the redirects of a fetch just before its answer."""
    hops: list[StoredCapture] = []
    for each in found:
        is_gone, is_hop = goes(each), each.capture.kind is UrlKind.REDIRECT
        if is_gone and not is_hop:
            yield from (hop for hop in hops if _is_hop_of(hop, each))
        if is_gone:
            yield each
        hops = [*hops, each] if is_hop and not is_gone else hops if is_hop else []


def _is_hop_of(hop: StoredCapture, answer: StoredCapture) -> bool:
    first, second = hop.capture.link, answer.capture.link
    return (first.found_in, first.found_at, first.entry) == (second.found_in, second.found_at, second.entry)


def _record(length: int, name: str, offset: int) -> bytes:
    """A WARC record of exactly `length` bytes, its head and the two line ends behind it included."""
    block_bytes = length
    while True:
        block = TEXT + bytes(max(0, block_bytes - len(TEXT)))
        digest = b32encode(sha256(block).digest()).decode()
        head = (
            "WARC/1.1\r\n"
            "WARC-Type: metadata\r\n"
            f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, f'newsdesk:forgotten:{name}:{offset}')}>\r\n"
            "WARC-Date: 1970-01-01T00:00:00Z\r\n"
            f"WARC-Block-Digest: sha256:{digest}\r\n"
            f"Content-Type: {TYPE}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        ).encode()
        excess = len(head) + len(block) + 4 - length
        if excess == 0:
            return head + block + b"\r\n\r\n"
        if excess < 0:  # One digit fewer in the length: a blank more in the head.
            return head.replace(b"Content-Type: ", b"Content-Type: " + b" " * -excess) + block + b"\r\n\r\n"
        block_bytes -= excess
        if block_bytes < len(TEXT):
            raise ValueError(f"a record of {length} bytes is too short to take another's place")


def _write(file: BinaryIO, to: Path, pieces: list[tuple[int, bytes]]) -> None:
    """Copy the file with these pieces at their offsets; zeros of a blank record are skipped, which leaves a hole."""
    size = os.fstat(file.fileno()).st_size
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("wb") as out:
        at = 0
        for begin, piece in pieces:
            _copy(file, out, at, begin)
            for part in (piece[start : start + _PAGE] for start in range(0, len(piece), _PAGE)):
                if part.count(0) == len(part):
                    out.seek(len(part), os.SEEK_CUR)
                else:
                    out.write(part)
            at = begin + len(piece)
        _copy(file, out, at, size)
        out.truncate(size)
        out.flush()
        os.fsync(out.fileno())


def _copy(file: BinaryIO, out: BinaryIO, begin: int, end: int) -> None:
    file.seek(begin)
    while begin < end:
        piece = file.read(min(_COPY, end - begin))
        out.write(piece)
        begin += len(piece)
