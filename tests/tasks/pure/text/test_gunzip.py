"""Gunzip: what is unpacked of a stream, and when it counts as partial."""

import gzip
import zlib

import pytest

from tasks.pure.text.gunzip import GZIP_BITS, Unpacked, gunzip, inflate

TEXT = b"one line of a list\n" * 10_000


def test_all_members_of_a_stream_are_unpacked_and_what_follows_them_is_ignored() -> None:
    assert gunzip(gzip.compress(b"a") + gzip.compress(b"b") + b"<!-- cached -->", 10) == Unpacked(b"ab", False)


@pytest.mark.parametrize(("at_most", "is_partial"), [(len(TEXT), False), (len(TEXT) - 1, True), (1, True)])
def test_no_more_is_unpacked_than_is_allowed(at_most: int, is_partial: bool) -> None:
    assert gunzip(gzip.compress(TEXT), at_most) == Unpacked(TEXT[:at_most], is_partial)


def test_a_stream_that_is_cut_off_or_damaged_gives_what_came_before() -> None:
    packed = gzip.compress(TEXT)
    assert gunzip(packed[:-4], len(TEXT)) == Unpacked(TEXT, True)
    assert gunzip(packed[:-8] + b"\0" * 8, len(TEXT)).is_partial


def test_a_small_piece_that_holds_much_is_unpacked_one_byte_beyond_the_limit() -> None:
    unpacked = bytearray()
    assert not inflate(unpacked, zlib.decompressobj(GZIP_BITS), gzip.compress(bytes(10_000_000)), 1_000)
    assert len(unpacked) == 1_001
