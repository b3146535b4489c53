"""WARC records as crawlers of many years wrote them: heads, dates, status lines, media types and coded bodies."""

import gzip
import io
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter, WarcWriter, ZstdWriter

from tasks.archive.foreign import read_pages, size_of, url_of
from tasks.archive.formats.coded_body import BODY_BYTES_AT_MOST
from tasks.archive.formats.protocol import ForeignPage, ForeignRecord
from tasks.archive.formats.warc_record import read_warc_record
from tasks.archive.members import Damage, Member

PAGE = "<p>La marée était basse, et trois bateaux sont rentrés au port.</p>".encode() * 20
HTML = "Content-Type: text/html"
AT = datetime(2026, 11, 1, 10, tzinfo=UTC)


def record(
    body: bytes = PAGE,
    *headers: str,
    status: str = "HTTP/1.1 200 OK",
    version: str = "WARC/1.0",
    date: str = "2026-11-01T10:00:00Z",
    end: str = "\r\n",
    http_end: str = "\r\n",
    number: int = 1,
    more: str = "",
) -> bytes:
    """One response record; `end` and `http_end` end the lines of the two heads."""
    block = http_end.join([status, *(headers or (HTML,)), "", ""]).encode() + body
    named = [
        version,
        "WARC-Type: response",
        f"WARC-Target-URI: https://h.example/{number}",
        f"WARC-Date: {date}",
        f"WARC-Record-ID: <urn:uuid:7a0e5e4c-8a3c-4a0f-9f1d-{number:012}>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
        *filter(None, [more]),
    ]
    return end.join([*named, "", ""]).encode() + block + 2 * end.encode()


def parsed(content: bytes) -> ForeignRecord:
    return read_warc_record(Member(0, len(content), content))


def body_of(content: bytes) -> bytes | str:
    """The page's body, or why there is none."""
    found = parsed(content)
    return found.body if isinstance(found, ForeignPage) else found.why if isinstance(found, Damage) else "skipped"


@pytest.mark.parametrize("version", ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("http_end", ["\r\n", "\n"])
@pytest.mark.parametrize("is_gzip", [True, False])
def test_every_version_is_read_with_either_line_end(
    tmp_path: Path, version: str, end: str, http_end: str, is_gzip: bool
) -> None:
    records = [record(version=version, end=end, http_end=http_end, number=number) for number in (1, 2, 3)]
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(gzip.compress(each) if is_gzip else each for each in records))
    size = size_of(url_of(str(path)))
    for step in (size, 700, 97):
        found = [
            each for begin in range(0, size, step) for each in read_pages(url_of(str(path)), begin, begin + step)
        ]
        assert [each.url[-1] for each in found if isinstance(each, ForeignPage)] == ["1", "2", "3"]
        assert len(found) == 3


@pytest.mark.parametrize("cut", [0, 2, 4])
@pytest.mark.parametrize("is_gzip", [True, False])
def test_a_record_without_the_line_ends_behind_it_is_read(tmp_path: Path, cut: int, is_gzip: bool) -> None:
    pieces = [record(number=number)[: -cut or None] for number in (1, 2)]
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(gzip.compress(each) if is_gzip else each for each in pieces))
    found = list(read_pages(url_of(str(path)), 0, path.stat().st_size))
    assert [each.body for each in found if isinstance(each, ForeignPage)] == [PAGE, PAGE]


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("2026-11-01T10:00:00.250000Z", AT.replace(microsecond=250_000)),
        ("2026-11-01T02:00:00-0800", AT),
        ("2026-11-01", AT.replace(hour=0)),
        ("2026-11", AT.replace(hour=0)),
        ("20261101100000", AT),
    ],
)
def test_a_date_of_any_precision_is_utc(date: str, at: datetime) -> None:
    found = parsed(record(date=date))
    assert isinstance(found, ForeignPage)
    assert found.at == at
    assert found.at.tzinfo is UTC


@pytest.mark.parametrize("date", ["2009-03-65T08:43:19-0800", "", "yesterday", "0001-01-01T00:00:00+0900"])
def test_a_date_that_no_calendar_has_is_told_with_its_text(date: str) -> None:
    assert body_of(record(date=date)) == f"the record has no date: {date!r}"


@pytest.mark.parametrize(
    "status",
    [
        "HTTP 200 Document follows",
        "HTTP/1.0200 OK",
        "HTTP/1.1200",
        "HTTP/2 200",
        "HTTP/1.1  200 OK",
        "http/1.0 200 ok",
        "HTTP/200 OK",
        "HTTP/1.1 200",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK",
    ],
)
def test_a_status_is_read_however_its_line_is_written(status: str) -> None:
    assert body_of(record(status=status)) == PAGE


@pytest.mark.parametrize("status", ["HTTP 404 gone", "HTTP/1.0404 x", "HTTP/2 301"])
def test_another_status_is_no_page_however_its_line_is_written(status: str) -> None:
    assert body_of(record(status=status)) == "skipped"


@pytest.mark.parametrize("status", ["<html>", "HTTP/1.1 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 100 Continue"])
def test_a_response_without_a_status_is_told(status: str) -> None:
    assert "no HTTP status" in str(body_of(record(status=status)[:-4] + b"\r\n\r\n"))


def test_a_response_of_no_bytes_is_told() -> None:
    whole = record()
    head = whole[: whole.index(b"Content-Length")] + b"Content-Length: 0\r\n\r\n\r\n\r\n"
    assert body_of(head) == "no HTTP status in ''"


@pytest.mark.parametrize(
    "media_type",
    [
        "TEXT/HTML",
        "text/plain",
        "text/xml; charset=utf-8",
        "application/xml",
        "application/xhtml+xml",
        "unknown/unknown",
        "application/octet-stream",
    ],
)
def test_every_type_that_a_fetch_takes_for_a_page_is_one(media_type: str) -> None:
    assert body_of(record(PAGE, f"Content-Type: {media_type}")) == PAGE


def test_a_page_without_a_type_is_one() -> None:
    assert body_of(record(PAGE, "Server: x")) == PAGE


class Kept(io.BytesIO):
    """Bytes that can still be read when the writer has closed them."""

    def close(self) -> None:
        pass


def packed_by(open_writer: Callable[[io.BytesIO], WarcWriter], content: bytes) -> bytes:
    packed = Kept()
    writer = open_writer(packed)
    for place in range(0, len(content), 1 << 20):  # Of more at once it drops the rest.
        writer.write(content[place : place + (1 << 20)])
    writer.close()
    return packed.getvalue()


def zstd(content: bytes) -> bytes:
    return packed_by(ZstdWriter, content)


def brotli(content: bytes) -> bytes:
    return packed_by(BrotliWriter, content)


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def chunked(content: bytes, extension: bytes = b"", trailer: bytes = b"", end: bytes = b"\r\n") -> bytes:
    pieces = [content[place : place + 500] for place in range(0, len(content), 500)]
    return b"".join(b"%x%s%s%s%s" % (len(each), extension, end, each, end) for each in pieces) + (
        b"0" + end + trailer + end
    )


CODED = {
    "gzip": (gzip.compress(PAGE), "Content-Encoding: gzip"),
    "x-gzip": (gzip.compress(PAGE), "Content-Encoding: X-GZIP"),
    "deflate": (zlib.compress(PAGE), "Content-Encoding: deflate"),
    "raw deflate": (raw_deflate(PAGE), "Content-Encoding: deflate"),
    "br": (brotli(PAGE), "Content-Encoding: br"),
    "zstd": (zstd(PAGE), "Content-Encoding: zstd"),
    "twice": (gzip.compress(zlib.compress(PAGE)), "Content-Encoding: deflate, gzip"),
    "transfer": (chunked(gzip.compress(PAGE)), "Transfer-Encoding: gzip, chunked"),
    "unsaid": (gzip.compress(PAGE), "X-Header: none"),
}


@pytest.mark.parametrize(("body", "coding"), CODED.values(), ids=CODED)
def test_a_coded_body_is_decoded(body: bytes, coding: str) -> None:
    assert body_of(record(body, HTML, coding)) == PAGE


@pytest.mark.parametrize(("body", "coding"), list(CODED.values())[:7], ids=list(CODED)[:7])
def test_a_body_that_is_coded_and_chunked_is_decoded(body: bytes, coding: str) -> None:
    assert body_of(record(chunked(body), HTML, coding, "Transfer-Encoding: chunked")) == PAGE


@pytest.mark.parametrize("stated", ["gzip", "deflate", "br", "zstd", "utf-8", "none", "gzip, br"])
@pytest.mark.parametrize("transfer", ["Transfer-Encoding: chunked", "X-Header: none"])
def test_a_body_that_was_stored_decoded_stays_as_it_is(stated: str, transfer: str) -> None:
    assert body_of(record(PAGE, HTML, f"Content-Encoding: {stated}", transfer)) == PAGE


@pytest.mark.parametrize(
    "body", [chunked(PAGE, b";name=value"), chunked(PAGE, trailer=b"Expires: 0\r\n"), chunked(PAGE, end=b"\n")]
)
def test_chunks_with_extensions_trailers_and_bare_lf_are_joined(body: bytes) -> None:
    assert body_of(record(body, HTML, "Transfer-Encoding: chunked")) == PAGE


@pytest.mark.parametrize("name", ["gzip", "deflate", "raw deflate", "br", "zstd"])
def test_half_a_coded_body_is_told_and_never_loaded_in_part(name: str) -> None:
    body, coding = CODED[name]
    told = body_of(record(body[: len(body) // 2], HTML, coding))
    assert isinstance(told, str)
    assert told.startswith(("incomplete_body: ", "bad_encoding: "))


def test_half_a_brotli_body_of_many_blocks_is_told() -> None:
    whole = b"".join(b"<p>%d</p>" % (number * 7919 % 100_003) for number in range(60_000))
    told = body_of(record(brotli(whole)[:-9], HTML, "Content-Encoding: br"))
    assert isinstance(told, str)
    assert told.startswith("incomplete_body: br")


def test_chunks_without_an_end_are_told() -> None:
    told = body_of(record(chunked(PAGE)[:600], HTML, "Transfer-Encoding: chunked"))
    assert isinstance(told, str)
    assert told.startswith("incomplete_body: ")


def test_a_coding_that_nobody_knows_is_told() -> None:
    assert (
        body_of(record(b"\x00\x01" + PAGE, HTML, "Content-Encoding: sdch")) == "bad_encoding: content coding 'sdch'"
    )


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_unpacks_into_too_much_is_told(coding: str) -> None:
    blank = b" " * (BODY_BYTES_AT_MOST + 1)
    pack: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "zstd": zstd,
        "br": brotli,
    }
    told = body_of(record(pack[coding](blank), HTML, f"Content-Encoding: {coding}"))
    assert told == f"too_large: over {BODY_BYTES_AT_MOST} bytes decoded"


def test_headers_of_a_megabyte_are_told() -> None:
    assert body_of(record(PAGE, HTML, *["X: y" * 10] * 25_000)) == "HTTP headers of more than 256 KiB"


def test_a_page_in_several_records_is_told() -> None:
    assert "WARC-Segment-Number" in str(body_of(record(more="WARC-Segment-Number: 1")))


def test_the_reader_goes_on_behind_a_record_that_is_chunked_and_coded(tmp_path: Path) -> None:
    """fastwarc 1.0.9 to 2.0.1 with auto_decode="all" ends the whole archive there, without an error."""
    headers = (HTML, "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    coded = record(chunked(gzip.compress(PAGE)), *headers, number=1)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(coded) + gzip.compress(record(number=2)) + gzip.compress(record(number=3)))
    found = list(read_pages(url_of(str(path)), 0, path.stat().st_size))
    assert [each.body for each in found if isinstance(each, ForeignPage)] == [PAGE] * 3


@pytest.mark.parametrize(
    ("head", "kind"),
    [(b"BZh91AY&SY", "bzip2"), (b"filedesc://a.arc 0.0.0.0", "ARC")],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, head: bytes, kind: str) -> None:
    path = tmp_path / "a.warc.packed"
    path.write_bytes(head * 50)
    (found,) = read_pages(url_of(str(path)), 0, path.stat().st_size)
    assert isinstance(found, Damage)
    assert kind in found.why
