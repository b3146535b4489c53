"""Segments read back: every capture as it was made, and every damage by its place."""

import gzip
import io
import os
from pathlib import Path

import pytest

from schemas.items.capture import Capture
from schemas.items.outcome import Reason
from tasks.archive.members import Damage, Member, members, next_start
from tasks.archive.read import StoredCapture, read_back, run_of
from tasks.archive.segment import Segment
from tasks.web.client import Hop
from tests.tasks.archive.test_segment import AT, LINK, exchange

NAME = "2026/11/20/20261120T093000-abc123-0123456789ab-fetch.warc.gz"
RUN = "20261120T093000-abc123"


def written(folder: Path, *bodies: bytes) -> list[Capture]:
    with Segment(folder, NAME, RUN) as segment:
        return [capture for body in bodies for capture in segment.write(exchange(body), LINK, attempts=2)]


def read(folder: Path) -> tuple[list[Capture], list[Damage]]:
    found = list(read_back(folder / NAME, NAME))
    return [each.capture for each in found if isinstance(each, StoredCapture)], [
        each for each in found if isinstance(each, Damage)
    ]


def overwrite(folder: Path, start: int, piece: bytes) -> None:
    whole = bytearray((folder / NAME).read_bytes())
    whole[start : start + len(piece)] = piece
    (folder / NAME).write_bytes(whole)


def test_captures_come_back_as_they_were_made(tmp_path: Path) -> None:
    captures = written(tmp_path, b"<p>one</p>", b"", os.urandom(300_000))
    assert read(tmp_path) == (captures, [])


def test_a_redirect_and_a_304_come_back(tmp_path: Path) -> None:
    hop = Hop(url="http://outlet.example/old", status=301, headers=(), request_headers=(), sent_at=AT, elapsed_s=0.1)
    unchanged = exchange(b"", status=304, reason=Reason.NOT_MODIFIED, hops=(hop,))
    with Segment(tmp_path, NAME, RUN) as segment:
        captures = list(segment.write(unchanged, LINK))
    assert read(tmp_path) == (captures, [])


def test_how_a_fetch_ended_comes_back(tmp_path: Path) -> None:
    with Segment(tmp_path, NAME, RUN) as segment:
        segment.write(exchange(b"gone", status=404, reason=Reason.HTTP_ERROR, detail="404"), LINK)
    kept = next(each for each in read_back(tmp_path / NAME, NAME) if isinstance(each, StoredCapture))
    assert (kept.note.reason, kept.note.detail, kept.body) == (Reason.HTTP_ERROR, "404", b"gone")


def test_the_name_tells_run_and_batch() -> None:
    assert run_of(NAME) == (RUN, "0123456789ab")
    assert run_of(NAME + ".open") == (RUN, "0123456789ab")


def test_a_flipped_byte_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    first, second, third = written(tmp_path, os.urandom(5_000), os.urandom(5_000), b"last")
    overwrite(tmp_path, second.warc.offset + 2_000, b"\x00\x00\x00\x00")
    captures, damage = read(tmp_path)
    assert captures == [first, third]
    assert [(each.offset, each.is_tail) for each in damage] == [(second.warc.offset, False)]


@pytest.mark.parametrize("cut", [1, 10, 200])
def test_a_torn_tail_is_told_as_one(tmp_path: Path, cut: int) -> None:
    first, _ = written(tmp_path, b"one", os.urandom(3_000))
    size = (tmp_path / NAME).stat().st_size
    os.truncate(tmp_path / NAME, size - cut)
    captures, damage = read(tmp_path)
    assert captures == [first]
    assert all(each.is_tail for each in damage)
    assert damage


def test_a_response_whose_metadata_is_missing_is_damage(tmp_path: Path) -> None:
    first, second = written(tmp_path, b"one", b"two")
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(whole[: first.warc.length] + whole[second.warc.offset :])
    captures, damage = read(tmp_path)
    assert [(c.capture_id, c.warc.offset) for c in captures] == [(second.capture_id, first.warc.length)]
    assert [(each.offset, each.why) for each in damage] == [(0, "a response without its metadata")]


def test_a_record_that_lies_about_its_length_is_told(tmp_path: Path) -> None:
    first, second = written(tmp_path, b"<p>one</p>", b"two")
    whole = (tmp_path / NAME).read_bytes()
    record = gzip.decompress(whole[: first.warc.length])
    stated = next(line for line in record.split(b"\r\n") if line.startswith(b"Content-Length:"))
    lie = gzip.compress(record.replace(stated, b"Content-Length: 90000", 1))
    (tmp_path / NAME).write_bytes(lie + whole[first.warc.length :])
    captures, damage = read(tmp_path)
    assert [capture.capture_id for capture in captures] == [second.capture_id]
    assert "says 90000 bytes" in damage[0].why


def test_a_file_that_is_no_warc_has_no_member() -> None:
    found = list(members(io.BytesIO(b"<html>no archive</html>" * 50)))
    assert [(type(each), each.offset) for each in found] == [(Damage, 0)]


def test_gzip_of_something_else_is_told_and_passed_over() -> None:
    stranger, record = gzip.compress(b"hello"), gzip.compress(b"WARC/1.1\r\n\r\n")
    found = list(members(io.BytesIO(stranger + record)))
    assert [(type(each), each.offset) for each in found] == [(Damage, 0), (Member, len(stranger))]


def test_members_of_a_range_are_those_that_begin_in_it() -> None:
    records = [gzip.compress(b"WARC/1.1\r\n" + os.urandom(1000)) for _ in range(10)]
    file = io.BytesIO(b"".join(records))
    half = sum(map(len, records[:5])) - 3
    start = next_start(file, half)
    assert start == sum(map(len, records[:5]))
    first, second = list(members(file, 0, start)), list(members(file, start))
    assert [each.length for each in first + second if isinstance(each, Member)] == [len(each) for each in records]


def test_behind_the_last_member_no_further_one_begins() -> None:
    assert next_start(io.BytesIO(gzip.compress(b"WARC/1.1\r\n")), 1) is None
