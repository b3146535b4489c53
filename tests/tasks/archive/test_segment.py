"""The archive: what was answered can be read again, and nothing half-written counts."""

import io
import os
import resource
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from schemas.errors import DiskFullError, NewsdeskError
from schemas.items.capture import Capture
from schemas.items.link import EntryFacts, Link, UrlKind
from schemas.items.outcome import Reason
from tasks.archive.one_record import read_capture
from tasks.archive.segment import Segment
from tasks.web.client import Exchange, Hop
from tests.support.segments import read_segment

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LINK = Link(
    url="http://outlet.example/a?x=1",
    source="outlet",
    found_in="http://outlet.example/feed",
    found_at=AT,
    entry=EntryFacts(title="Ferry returns"),
)


def exchange(body: bytes = b"<p>Ferry</p>", **changes: object) -> Exchange:
    plain = Exchange(
        url=LINK.url,
        final_url=LINK.url,
        reason=Reason.OK,
        detail=None,
        status=200,
        headers=(("Content-Type", "text/html; Charset=UTF-8"), ("Content-Encoding", "gzip"), ("ETag", '"v1"')),
        request_headers=(("Host", "outlet.example"), ("User-Agent", "newsdesk/test")),
        body=body,
        wire_bytes=len(body),
        elapsed_s=0.2,
        sent_at=AT,
        not_before=None,
        truncated=None,
        hops=(),
    )
    return plain.model_copy(update=changes)


def kept(folder: Path, *exchanges: Exchange) -> list[Capture]:
    with Segment(folder, "2026/11/20/run-batch-fetch.warc.gz", "run") as segment:
        return [capture for one in exchanges for capture in segment.write(one, LINK)]


def test_a_body_reads_back_byte_for_byte(tmp_path: Path) -> None:
    bodies = [os.urandom(100_000), b"", "Їжак".encode()]
    captures = kept(tmp_path, *map(exchange, bodies))
    assert [read_capture(tmp_path, capture.warc) for capture in captures] == bodies


def test_a_segment_has_its_name_only_when_it_is_closed(tmp_path: Path) -> None:
    segment = Segment(tmp_path, "a.warc.gz", "run")
    segment.write(exchange(), LINK)
    assert [path.name for path in tmp_path.iterdir()] == ["a.warc.gz.open"]
    segment.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.warc.gz"]


def test_a_segment_without_records_leaves_no_file(tmp_path: Path) -> None:
    kept(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_every_record_passes_another_readers_digest_check(tmp_path: Path) -> None:
    capture = kept(tmp_path, exchange())[0]
    with (tmp_path / capture.warc.file).open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            assert record.digest_checker.passed is not False


def test_an_answer_is_kept_with_its_request_and_its_link(tmp_path: Path) -> None:
    capture = kept(tmp_path, exchange())[0]
    kinds = [(kind, payload) for kind, _, payload in read_segment(tmp_path / capture.warc.file)]
    assert [kind for kind, _ in kinds] == ["response", "request", "metadata"]
    assert Link.model_validate_json(kinds[2][1]) == LINK


def test_headers_that_no_longer_fit_the_body_are_marked(tmp_path: Path) -> None:
    capture = kept(tmp_path, exchange())[0]
    with (tmp_path / capture.warc.file).open("rb") as file:
        record = next(iter(ArchiveIterator(file)))
        assert record.http_headers.get_header("X-Crawler-Content-Encoding") == "gzip"
        assert record.http_headers.get_header("Content-Encoding") is None


def test_a_capture_tells_media_type_charset_and_validator(tmp_path: Path) -> None:
    capture = kept(tmp_path, exchange())[0]
    assert (capture.media_type, capture.charset, capture.etag) == ("text/html", "utf-8", '"v1"')


def test_a_304_is_a_revisit_record(tmp_path: Path) -> None:
    capture = kept(tmp_path, exchange(b"", status=304, reason=Reason.NOT_MODIFIED))[0]
    assert next(read_segment(tmp_path / capture.warc.file))[0] == "revisit"


def test_a_redirect_is_a_capture_of_its_own_before_the_answer(tmp_path: Path) -> None:
    hop = Hop(url="http://outlet.example/old", status=301, headers=(), request_headers=(), sent_at=AT, elapsed_s=0.1)
    captures = kept(tmp_path, exchange(hops=(hop,)))
    assert [(c.kind, c.status) for c in captures] == [(UrlKind.REDIRECT, 301), (UrlKind.ARTICLE, 200)]


def test_no_answer_leaves_no_record(tmp_path: Path) -> None:
    assert kept(tmp_path, exchange(b"", status=None, reason=Reason.TIMEOUT_CONNECT)) == []


def test_a_truncated_body_says_so_in_its_record(tmp_path: Path) -> None:
    capture = kept(tmp_path, exchange(truncated="length"))[0]
    with (tmp_path / capture.warc.file).open("rb") as file:
        assert next(iter(ArchiveIterator(file))).rec_headers.get_header("WARC-Truncated") == "length"


def test_a_flipped_byte_is_found_when_the_record_is_read(tmp_path: Path) -> None:
    capture = kept(tmp_path, exchange(os.urandom(5_000)))[0]
    path = tmp_path / capture.warc.file
    damaged = bytearray(path.read_bytes())
    damaged[capture.warc.offset + 2_000] ^= 0xFF
    path.write_bytes(damaged)
    with pytest.raises(NewsdeskError, match=r"damaged|cannot read"):
        read_capture(tmp_path, capture.warc)


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Files may grow to 200 kB, as on a disk that fills up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_is_named_and_leaves_whole_records_only(tmp_path: Path) -> None:
    with Segment(tmp_path, "a.warc.gz", "run") as segment:
        first = segment.write(exchange(os.urandom(50_000)), LINK)[0]
        with pytest.raises(DiskFullError, match="no space left for the archive"):
            segment.write(exchange(os.urandom(500_000)), LINK)
        last = segment.write(exchange(b"small"), LINK)[0]
    assert read_capture(tmp_path, first.warc)[:1] != b""
    assert read_capture(tmp_path, last.warc) == b"small"
    with io.BytesIO((tmp_path / "a.warc.gz").read_bytes()) as file:
        assert sum(1 for _ in ArchiveIterator(file)) == 6
