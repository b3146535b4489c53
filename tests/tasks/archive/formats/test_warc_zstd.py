"""WARC compressed with Zstandard, and files that were compressed as a whole: read within bounds, or told why not."""

import gzip
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.errors import BadRecordError
from schemas.items.capture import WarcPointer
from tasks.archive.foreign import read_foreign, read_pages, size_of, url_of
from tasks.archive.formats.protocol import ForeignPage, ForeignRecord
from tasks.archive.members import RECORD_BYTES_AT_MOST, Damage
from tasks.archive.records import payload_digest
from tests.tasks.archive.formats.test_warc_record import record, zstd

TEXTS = [f"<p>Tide table number {number}: low at noon.</p>".encode() * number for number in range(1, 9)]
RECORDS = [record(text, number=number) for number, text in enumerate(TEXTS, 1)]
SKIPPABLE = struct.pack("<II", 0x184D2A50, 5) + b"aside"
PACKERS = pytest.mark.parametrize("pack", [zstd, gzip.compress], ids=["zstd", "gzip"])
Pack = Callable[[bytes], bytes]


def written(folder: Path, *pieces: bytes, name: str = "a.warc.zst") -> str:
    path = folder / name
    path.write_bytes(b"".join(pieces))
    return url_of(str(path))


def read(url: str, step: int | None = None) -> list[ForeignRecord]:
    size = size_of(url)
    return [each for begin in range(0, size, step or size) for each in read_pages(url, begin, begin + (step or size))]


def bodies(found: list[ForeignRecord]) -> list[bytes]:
    return [each.body for each in found if isinstance(each, ForeignPage)]


def again(url: str, page: ForeignPage) -> bytes:
    digest = payload_digest(page.body)
    return read_foreign(WarcPointer(file=url, offset=page.offset, length=page.length, digest=digest))


@pytest.mark.parametrize("name", ["a.warc.zst", "a.warc.gz", "a.warc", "a"])
@pytest.mark.parametrize("step", [None, 61, 400])
def test_a_frame_for_each_record_is_read_in_ranges_of_any_size(tmp_path: Path, name: str, step: int | None) -> None:
    url = written(tmp_path, *map(zstd, RECORDS), name=name)
    found = read(url, step)
    assert bodies(found) == TEXTS
    assert [again(url, each) for each in found if isinstance(each, ForeignPage)] == TEXTS


def test_frames_without_content_are_passed_over(tmp_path: Path) -> None:
    url = written(tmp_path, zstd(RECORDS[0]), SKIPPABLE, zstd(RECORDS[1]))
    assert bodies(read(url)) == TEXTS[:2]
    assert bodies(read(written(tmp_path, SKIPPABLE, zstd(RECORDS[0])))) == TEXTS[:1]


@PACKERS
@pytest.mark.parametrize("together", [2, 8])
def test_several_records_compressed_together_are_read_and_read_again(
    tmp_path: Path, pack: Pack, together: int
) -> None:
    parts = [pack(b"".join(RECORDS[place : place + together])) for place in range(0, len(RECORDS), together)]
    url = written(tmp_path, *parts)
    found = read(url, 97)
    assert bodies(found) == TEXTS
    assert [again(url, each) for each in found if isinstance(each, ForeignPage)] == TEXTS


@PACKERS
def test_a_damaged_record_among_several_is_told_and_the_others_are_read(tmp_path: Path, pack: Pack) -> None:
    lie = RECORDS[1].replace(b"Content-Length: ", b"Content-Length: 9", 1)
    found = read(written(tmp_path, pack(RECORDS[0] + lie + RECORDS[2])))
    assert [type(each) for each in found] == [ForeignPage, Damage, ForeignPage]
    assert bodies(found) == [TEXTS[0], TEXTS[2]]
    assert f"at byte {len(RECORDS[0])}" in found[1].why  # type: ignore[union-attr]  # it is damage


@PACKERS
def test_a_file_compressed_as_a_whole_beyond_the_bound_is_told(tmp_path: Path, pack: Pack) -> None:
    blank = b" " * (RECORD_BYTES_AT_MOST // 2)
    url = written(tmp_path, pack(record(blank, number=1) + record(blank, number=2) + record(blank, number=3)))
    (found,) = read(url)
    assert isinstance(found, Damage)
    assert "compressed as a whole" in found.why


def test_a_file_with_a_dictionary_is_one_outcome(tmp_path: Path) -> None:
    dictionary = struct.pack("<II", 0x184D2A5D, 9) + b"frequent."
    found = read(written(tmp_path, dictionary, *map(zstd, RECORDS)), 100)
    assert [(type(each), each.offset) for each in found] == [(Damage, 0)]
    assert "dictionary" in found[0].why  # type: ignore[union-attr]  # it is damage


def test_a_cut_file_tells_where(tmp_path: Path) -> None:
    first, second = map(zstd, RECORDS[:2])
    found = read(written(tmp_path, first, second[:-4]))
    assert [(type(each), each.offset) for each in found] == [(ForeignPage, 0), (Damage, len(first))]


@pytest.mark.parametrize("junk", [b"\x00" * 40, zstd(b"no record"), b"\x28\xb5\x2f\xfd\xff\xff\xff\xff" * 9])
def test_what_is_no_frame_of_a_record_is_told_and_the_rest_is_read(tmp_path: Path, junk: bytes) -> None:
    first, last = zstd(RECORDS[0]), zstd(RECORDS[1])
    found = read(written(tmp_path, first, junk, last))
    assert [(type(each), each.offset) for each in found] == [
        (ForeignPage, 0),
        (Damage, len(first)),
        (ForeignPage, len(first) + len(junk)),
    ]


def test_a_frame_of_empty_blocks_ends(tmp_path: Path) -> None:
    head = b"\x28\xb5\x2f\xfd\x00\x58"
    found = read(written(tmp_path, zstd(RECORDS[0]), head + bytes(3) * 400_000, zstd(RECORDS[1])))
    assert [type(each) for each in found] == [ForeignPage, Damage, ForeignPage]


def test_a_record_that_changed_is_not_taken_for_the_captured_one(tmp_path: Path) -> None:
    url = written(tmp_path, zstd(RECORDS[0]))
    (page,) = read(url)
    assert isinstance(page, ForeignPage)
    written(tmp_path, zstd(RECORDS[7])[: page.length].ljust(page.length, b"\0"))
    with pytest.raises(BadRecordError, match="is not the one that was captured"):
        again(url, page)
