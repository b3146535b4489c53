"""Captures taken out of a segment: a record of the same length at their place, and all others where they were."""

import gzip
import os
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from schemas.items.capture import Capture
from tasks.archive.blank_records import SegmentCut, blank, blank_member
from tasks.archive.read import StoredCapture, read_back
from tasks.archive.segment import Segment
from tasks.web.client import Hop
from tests.tasks.archive.test_read import NAME, RUN, read, written
from tests.tasks.archive.test_segment import AT, LINK, exchange


def take_out(folder: Path, *gone: Capture) -> int:
    """Blank these captures in the segment; returns how many were taken out."""
    ids = {capture.capture_id for capture in gone}
    to = folder / "spare"
    done = blank(folder / NAME, NAME, to, SegmentCut(lambda capture: capture.capture_id in ids))
    if done is None:
        return 0
    os.replace(to, folder / NAME)
    return len(done.captures)


def test_what_stays_is_where_it_was_and_the_file_reads_without_damage(tmp_path: Path) -> None:
    first, second, third = written(tmp_path, b"<p>ferry</p>", b"<p>quokka</p>" * 9_000, b"<p>market</p>")
    size = (tmp_path / NAME).stat().st_size

    assert take_out(tmp_path, second) == 1

    assert read(tmp_path) == ([first, third], [])
    assert (tmp_path / NAME).stat().st_size == size
    assert b"quokka" not in gzip.decompress((tmp_path / NAME).read_bytes())


def test_other_readers_of_warc_go_through_the_file(tmp_path: Path) -> None:
    first, second = written(tmp_path, b"<p>ferry</p>", os.urandom(300_000))
    take_out(tmp_path, second)

    with (tmp_path / NAME).open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]

    assert kinds == ["response", "request", "metadata", "metadata"]
    assert read(tmp_path)[0] == [first]


def test_taking_out_again_writes_nothing(tmp_path: Path) -> None:
    first, _ = written(tmp_path, b"<p>ferry</p>", b"<p>market</p>")
    take_out(tmp_path, first)

    assert take_out(tmp_path, first) == 0
    lengths = {first.warc.offset: first.warc.length}
    assert blank(tmp_path / NAME, NAME, tmp_path / "spare", SegmentCut(lambda _: False, lengths)) is None


def test_a_redirect_goes_with_the_page_that_it_led_to(tmp_path: Path) -> None:
    hop = Hop(url="http://outlet.example/old", status=301, headers=(), request_headers=(), sent_at=AT, elapsed_s=0.1)
    with Segment(tmp_path, NAME, RUN) as segment:
        kept = segment.write(exchange(b"ferry"), LINK)
        gone = segment.write(exchange(b"quokka", hops=(hop,)), LINK)

    assert take_out(tmp_path, gone[-1]) == 2

    assert read(tmp_path)[0] == list(kept)


def test_a_damaged_record_goes_by_its_place(tmp_path: Path) -> None:
    first, second = written(tmp_path, b"<p>ferry</p>" * 99, b"<p>market</p>")
    whole = bytearray((tmp_path / NAME).read_bytes())
    whole[first.warc.offset + 40] ^= 0xFF
    (tmp_path / NAME).write_bytes(whole)

    lengths = {first.warc.offset: first.warc.length}
    blank(tmp_path / NAME, NAME, tmp_path / "spare", SegmentCut(lambda _: False, lengths))

    left = [each for each in read_back(tmp_path / "spare", NAME) if isinstance(each, StoredCapture)]
    assert [each.capture.capture_id for each in left] == [second.capture_id]


@pytest.mark.parametrize("length", [*range(420, 460), 1_017, 1_440, 10_415, 10_416, 65_540, 65_558, 65_559, 131_100])
def test_a_record_can_have_any_length(length: int) -> None:
    member = blank_member(length, NAME, 0)

    assert len(member) == length
    assert gzip.decompress(member).startswith(b"WARC/1.1\r\nWARC-Type: metadata\r\n")


def test_words_are_blacked_out_of_a_page_that_stays_where_it_was(tmp_path: Path) -> None:
    page = b"<p>ferry</p><li>The quokka escapes</li>" + os.urandom(5_000)
    first, second = written(tmp_path, page, b"<p>market</p>")
    cut = SegmentCut(lambda _: False, words=lambda _: [b"The quokka escapes"])

    done = blank(tmp_path / NAME, NAME, tmp_path / "spare", cut)

    assert done is not None
    assert (done.captures, done.redacted, done.left) == ((), 1, 2)
    os.replace(tmp_path / "spare", tmp_path / NAME)
    (redacted, same), damage = read(tmp_path)
    assert damage == []
    assert same == second
    assert redacted.warc.digest != first.warc.digest
    assert redacted.model_copy(update={"warc": first.warc}) == first
    body = next(each.body for each in read_back(tmp_path / NAME, NAME) if isinstance(each, StoredCapture))
    assert body == page.replace(b"The quokka escapes", b"x" * 18)


def test_a_page_that_still_names_it_goes_whole(tmp_path: Path) -> None:
    written(tmp_path, b"<p>ferry, quokka</p>", b"<p>market</p>")

    done = blank(
        tmp_path / NAME,
        NAME,
        tmp_path / "spare",
        SegmentCut(lambda _: False, names=lambda _, body: b"quokka" in body),
    )

    assert done is not None
    assert (len(done.captures), done.redacted, done.left) == (1, 0, 1)
