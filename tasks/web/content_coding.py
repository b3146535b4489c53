"""Decodes gzip and deflate piece by piece, and verifies their check sums."""

import zlib
from collections.abc import Iterator
from itertools import chain

from schemas.items.outcome import Reason
from tasks.pure.text.gunzip import GZIP_BITS, MAGIC
from tasks.web.deadline import Deadline

PIECE_BYTES = 64 * 1024
MEMBERS_AT_MOST = 10_000
"""Of one body. bgzip packs 64 KiB into each, so 50 MiB have 800; empty ones cost time and no bytes."""
_ZLIB_BITS, _RAW_BITS = 15, -15


class Decoding:
    """The decoding of one body. After `pieces` is used up, `notes` holds the harmless oddities."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._decoded_bytes = 0
        self.notes: list[str] = []

    def pieces(self, wire: Iterator[bytes], coding: str | None, is_sniffed: bool) -> Iterator[bytes]:
        """Decoded pieces of at most 64 KiB. `coding` is `gzip`, `deflate` or None; with `is_sniffed` a
        body that says it is plain and starts like gzip is decoded all the same, once (docs/explanation/hostile-web.md
        B08)."""
        start, wire = _started(wire)
        if coding is None and is_sniffed and start.startswith(MAGIC):
            self.notes.append("gzip, though the header says plain")
            coding = "gzip"
        if coding is None or not start:
            yield from wire
            return
        try:
            yield from self._inflated(wire, _bits(coding, start))
        except zlib.error as error:
            is_cut = self._decoded_bytes > 0 or "incorrect data" in str(error) or "incorrect length" in str(error)
            reason = Reason.INCOMPLETE_BODY if is_cut else Reason.BAD_ENCODING
            raise self._deadline.failure(reason, f"{coding}: {error}") from error

    def _inflated(self, wire: Iterator[bytes], bits: int) -> Iterator[bytes]:
        inflater, rest, members = zlib.decompressobj(bits), b"", 1
        for piece in wire:
            rest += piece
            while rest:
                if inflater.eof:
                    if len(rest) < len(MAGIC):
                        break
                    if bits != GZIP_BITS or not rest.startswith(MAGIC):
                        self.notes.append("bytes behind the end of the coding")
                        return
                    inflater, members = zlib.decompressobj(bits), members + 1
                    if members > MEMBERS_AT_MOST:
                        raise self._deadline.failure(Reason.TOO_LARGE, f"more than {MEMBERS_AT_MOST} gzip members")
                yield from self._drained(inflater, rest)
                rest = inflater.unused_data
        if not inflater.eof:
            raise self._deadline.failure(Reason.INCOMPLETE_BODY, "the coding has no end")
        if rest:
            self.notes.append("bytes behind the end of the coding")

    def _drained(self, inflater: "zlib._Decompress", piece: bytes) -> Iterator[bytes]:
        """All that the piece holds, at most 64 KiB at a time: 1 MB of it may hold 1 GB
        (docs/explanation/hostile-web.md B01)."""
        while True:
            decoded = inflater.decompress(piece, PIECE_BYTES)
            self._decoded_bytes += len(decoded)
            if decoded:
                yield decoded
            piece = inflater.unconsumed_tail
            if not piece and len(decoded) < PIECE_BYTES:
                return


def _started(wire: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first two bytes or more, where there are so many, and the whole again."""
    start = b""
    for piece in wire:
        start += piece
        if len(start) >= len(MAGIC):
            break
    return start, chain([start] if start else [], wire)


def _bits(coding: str, start: bytes) -> int:
    """zlib's window bits; `deflate` is sent both with zlib's header (RFC 9110) and without
    (docs/explanation/hostile-web.md B11)."""
    if coding == "gzip":
        return GZIP_BITS
    is_zlib = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return _ZLIB_BITS if is_zlib else _RAW_BITS
