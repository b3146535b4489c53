"""Foreign WARC files: what is a page, and every way in which a file can be broken, by file and offset."""

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.errors import NewsdeskError
from schemas.items.capture import WarcPointer
from tasks.archive.foreign import read_pages, size_of, url_of
from tasks.archive.formats.protocol import ForeignPage, ForeignRecord
from tasks.archive.members import Damage
from tasks.archive.one_record import read_capture
from tasks.archive.records import payload_digest

AT = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)
HTML = "Content-Type: text/html; charset=utf-8"


def record(body: bytes, number: int = 1, *headers: str, **changes: str) -> bytes:
    """One record; `length` is what it says of itself."""
    lines = "".join(f"{header}\r\n" for header in headers or (HTML,))
    http = f"HTTP/1.1 {changes.get('status', '200 OK')}\r\n{lines}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {changes.get('kind', 'response')}\r\n"
        f"WARC-Record-ID: <urn:uuid:7a0e5e4c-8a3c-4a0f-9f1d-{number:012}>\r\n"
        f"WARC-Date: {AT:%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Target-URI: {changes.get('url', f'https://h.example/{number}')}\r\n"
        f"Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {changes.get('length', len(http))}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def page(number: int) -> bytes:
    return f"<p>page {number}</p>".encode() + os.urandom(300).hex().encode()


def written(folder: Path, *records: bytes, is_gzip: bool = True) -> tuple[str, list[int]]:
    """The file's URL and where its records begin."""
    pieces = [gzip.compress(each) if is_gzip else each for each in records]
    path = folder / ("a.warc.gz" if is_gzip else "a.warc")
    path.write_bytes(b"".join(pieces))
    return url_of(str(path)), [sum(map(len, pieces[:place])) for place in range(len(pieces))]


def read(url: str, begin: int = 0, end: int | None = None) -> list[ForeignRecord]:
    return list(read_pages(url, begin, size_of(url) if end is None else end))


def told(url: str) -> list[tuple[str, int]]:
    return [(type(each).__name__, each.offset) for each in read(url)]


@pytest.mark.parametrize("is_gzip", [True, False])
def test_a_page_is_read_with_its_id_date_and_body(tmp_path: Path, is_gzip: bool) -> None:
    url, offsets = written(tmp_path, record(b"<p>one</p>", 1), record(b"<p>two</p>", 2), is_gzip=is_gzip)
    found = read(url)
    assert [each.body for each in found if isinstance(each, ForeignPage)] == [b"<p>one</p>", b"<p>two</p>"]
    assert [each.offset for each in found] == offsets
    first = found[0]
    assert isinstance(first, ForeignPage)
    assert (str(first.capture_id)[-1], first.at, first.url) == ("1", AT, "https://h.example/1")


@pytest.mark.parametrize(
    "other",
    [
        record(b"User-agent: *", 1, "Content-Type: text/plain", url="https://h.example/robots.txt"),
        record(b"<?xml version='1.0'?>\n<!-- a feed -->\n<rss/>", 1, "Content-Type: text/xml"),
        record(b"{}", 1, "Content-Type: application/json"),
        record(b"gone", 1, status="404 Not Found"),
        record(b"x", 1, kind="request"),
        record(b"x", 1, kind="warcinfo"),
    ],
    ids=["robots.txt", "feed", "json", "404", "request", "warcinfo"],
)
def test_what_is_no_page_is_passed_over(tmp_path: Path, other: bytes) -> None:
    url, offsets = written(tmp_path, other, record(page(2), 2))
    assert told(url) == [("SkippedRecord", 0), ("ForeignPage", offsets[1])]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(b"<p>hello</p>", mtime=0), (HTML, "Content-Encoding: gzip")),
        (b"5\r\n<p>he\r\n7\r\nllo</p>\r\n0\r\n\r\n", (HTML, "Transfer-Encoding: chunked")),
        (b"<p>hello</p>", (HTML, "Content-Encoding: gzip")),
        (b"<p>hello</p>", (HTML, "X-Crawler-Content-Encoding: gzip")),
    ],
    ids=["gzip", "chunked", "decoded_but_says_gzip", "news_crawl"],
)
def test_a_body_is_decoded_as_its_headers_say_and_left_where_they_lie(
    tmp_path: Path, body: bytes, headers: tuple[str, ...]
) -> None:
    url, _ = written(tmp_path, record(body, 1, *headers))
    assert [each.body for each in read(url) if isinstance(each, ForeignPage)] == [b"<p>hello</p>"]


@pytest.mark.parametrize("is_gzip", [True, False])
def test_a_file_cut_within_a_record_tells_where(tmp_path: Path, is_gzip: bool) -> None:
    url, offsets = written(tmp_path, record(page(1), 1), record(page(2), 2), is_gzip=is_gzip)
    path = tmp_path / ("a.warc.gz" if is_gzip else "a.warc")
    os.truncate(path, offsets[1] + 250)
    assert told(url) == [("ForeignPage", 0), ("Damage", offsets[1])]


@pytest.mark.parametrize("length", ["90000", "3"])
@pytest.mark.parametrize("is_gzip", [True, False])
def test_a_record_that_lies_about_its_length_is_told_and_the_rest_is_read(
    tmp_path: Path, is_gzip: bool, length: str
) -> None:
    lie = record(page(2), 2, length=length)
    url, offsets = written(tmp_path, record(page(1), 1), lie, record(page(3), 3), is_gzip=is_gzip)
    assert told(url) == [("ForeignPage", 0), ("Damage", offsets[1]), ("ForeignPage", offsets[2])]


def test_a_corrupt_member_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    url, offsets = written(tmp_path, record(page(1), 1), record(page(2), 2), record(page(3), 3))
    whole = bytearray((tmp_path / "a.warc.gz").read_bytes())
    whole[offsets[1] + 60 : offsets[1] + 70] = bytes(10)
    (tmp_path / "a.warc.gz").write_bytes(whole)
    assert told(url) == [("ForeignPage", 0), ("Damage", offsets[1]), ("ForeignPage", offsets[2])]


@pytest.mark.parametrize(
    "content", [b"<html>no archive</html>" * 20, gzip.compress(b"hello", mtime=0), b"\x1f\x8b", b"PK\3\4"]
)
def test_a_file_that_is_no_warc_is_one_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.warc.gz").write_bytes(content)
    found = read(url_of(str(tmp_path / "x.warc.gz")))
    assert [(type(each), each.offset) for each in found] == [(Damage, 0)]


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").touch()
    assert read(url_of(str(tmp_path / "x.warc.gz"))) == []


@pytest.mark.parametrize("is_gzip", [True, False])
@pytest.mark.parametrize("size", [100, 333, 1000, 100_000])
def test_ranges_of_any_size_give_every_page_once(tmp_path: Path, size: int, is_gzip: bool) -> None:
    url, offsets = written(tmp_path, *[record(page(n), n) for n in range(1, 9)], is_gzip=is_gzip)
    found = [each for begin in range(0, size_of(url), size) for each in read(url, begin, begin + size)]
    assert [each.offset for each in found] == offsets
    assert all(isinstance(each, ForeignPage) for each in found)


def pointer(url: str, found: ForeignPage) -> WarcPointer:
    return WarcPointer(file=url, offset=found.offset, length=found.length, digest=payload_digest(found.body))


@pytest.mark.parametrize("is_gzip", [True, False])
def test_a_capture_that_points_into_a_foreign_file_reads_back(tmp_path: Path, is_gzip: bool) -> None:
    url, _ = written(tmp_path, record(page(1), 1), record(page(2), 2), is_gzip=is_gzip)
    second = read(url)[1]
    assert isinstance(second, ForeignPage)
    assert read_capture(tmp_path, pointer(url, second)) == second.body


def test_a_foreign_file_that_changed_is_told(tmp_path: Path) -> None:
    url, _ = written(tmp_path, record(page(1), 1))
    first = read(url)[0]
    assert isinstance(first, ForeignPage)
    written(tmp_path, record(page(7), 1))
    with pytest.raises(NewsdeskError, match="not the one that was captured"):
        read_capture(tmp_path, pointer(url, first))


@pytest.mark.parametrize("url", ["file:///no/such/file.warc.gz", "nosuch://x/y", "simplecache::http://h/a"])
def test_a_file_that_cannot_be_read_is_named(url: str) -> None:
    with pytest.raises(NewsdeskError, match="cannot read"):
        size_of(url)
