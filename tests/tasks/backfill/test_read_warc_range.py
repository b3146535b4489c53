"""Revisits in a range: followed through ranges, files and other processes, or told with file and offset."""

import gzip
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest

from schemas.items.capture import Capture
from schemas.items.outcome import Reason
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin, Chunk
from schemas.runs.batch import Batch
from tasks.archive.foreign import size_of, url_of
from tasks.archive.payloads import Payloads
from tasks.backfill.read_warc_range import RangeCaptures, read_warc_range
from tasks.pure.backfill.chunks import Owners
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tests.support.sites.raw_site import RawSite

HTML = "Content-Type: text/html"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
MARKET = b"<p>Der Markt bleibt am Montag geschlossen.</p>"
BRIDGE = b"<p>Le pont rouvre mardi matin.</p>"


def record(day: int, block: str, body: bytes = b"", url: str = "/a", kind: str = "response", **named: str) -> bytes:
    """One record; `day` makes its id and its date. `block` is the head of its HTTP response, or empty."""
    content = (block + "\r\n\r\n").encode() + body if block else b""
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{UUID(int=day)}>",
        "WARC-Date": f"2026-11-{day:02}T10:00:00Z",
        "WARC-Target-URI": f"https://h.example{url}",
        "Content-Length": str(len(content)),
        **{f"WARC-{name.replace('_', '-')}": value for name, value in named.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + content + b"\r\n\r\n")


def page(day: int, body: bytes, url: str = "/a", **named: str) -> bytes:
    return record(day, f"HTTP/1.1 200 OK\r\n{HTML}", body, url, **named)


def revisit(day: int, url: str = "/a", block: str = f"HTTP/1.1 200 OK\r\n{HTML}", **named: str) -> bytes:
    return record(day, block, b"", url, "revisit", **({"Profile": IDENTICAL} | named))


class Reader(NamedTuple):
    """A kit, and the files of one backfill."""

    kit: Kit
    folder: Path

    def write(self, name: str, *records: bytes) -> list[int]:
        """The file; returns where its records begin, and its size."""
        (self.folder / name).write_bytes(b"".join(records))
        return [sum(map(len, records[:place])) for place in range(len(records) + 1)]

    def read(
        self, name: str, begin: int = 0, end: int | None = None, payloads: Payloads | None = None
    ) -> RangeCaptures:
        names = sorted(str(path) for path in self.folder.glob("*.warc.gz"))
        url = url_of(str(self.folder / name))
        end = size_of(url) if end is None else end
        wanted = BackfillOptions(ground=BackfillOrigin.WARC, inputs=tuple(names), takes_strangers=True)
        chunk = Chunk(
            plan_id=UUID(int=1),
            number=1,
            batch_id=UUID(int=2),
            label=name,
            file=url,
            first_byte=begin,
            end_byte=end,
            count=end - begin,
        )
        return read_warc_range(self.kit, wanted, chunk, Owners([], takes_strangers=True), payloads)

    def said(self, batch: Batch[Capture]) -> list[tuple[str, int, bytes]]:
        """Path, day and body of each capture, as it is read from the archive again."""
        return [
            (each.url.removeprefix("https://h.example"), each.fetched_at.day, self.kit.archive.read(each.warc))
            for each in sorted(batch.kept, key=lambda one: one.fetched_at)
        ]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with RawSite({}) as nowhere:
        settings = nowhere.settings(home=tmp_path / "home", disk_floor_mb=0)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    (tmp_path / "files").mkdir()
    with open_kit(settings, "run", now, "0", NoProgress(), threading.Event()) as kit:
        yield Reader(kit, tmp_path / "files")


@pytest.mark.parametrize(
    "named",
    [
        {"Refers_To": f"<urn:uuid:{UUID(int=1)}>"},
        {"Refers_To_Target_URI": "https://h.example/a", "Refers_To_Date": "2026-11-01T10:00:00Z"},
        {"Payload_Digest": "sha1:MARKET"},
    ],
    ids=["id", "url and time", "digest"],
)
@pytest.mark.parametrize("url", ["/a", "/b"])
@pytest.mark.parametrize("block", [f"HTTP/1.1 200 OK\r\n{HTML}", ""], ids=["with a head", "empty"])
def test_a_revisit_is_a_capture_with_the_body_of_its_target(
    reader: Reader, named: dict[str, str], url: str, block: str
) -> None:
    market = page(1, MARKET, Payload_Digest="sha1:MARKET")
    reader.write("1.warc.gz", market, page(2, BRIDGE), revisit(5, url, block, **named))
    found = reader.read("1.warc.gz")
    assert reader.said(found.batch) == [("/a", 1, MARKET), ("/a", 2, BRIDGE), (url, 5, MARKET)]
    assert found.bodies[UUID(int=5)] == MARKET
    assert {each.media_type for each in found.batch.kept} == {"text/html"}
    assert not found.batch.dropped


def test_a_target_without_a_digest_is_found_by_that_of_its_bytes(reader: Reader) -> None:
    digest = "sha1:VJACE4T6MGCHDW522T7IDNT3FMVOPRWL"
    reader.write("1.warc.gz", page(1, b"<p>x</p>"), revisit(5, "/b", Payload_Digest=digest))
    assert reader.said(reader.read("1.warc.gz").batch) == [("/a", 1, b"<p>x</p>"), ("/b", 5, b"<p>x</p>")]


@pytest.mark.parametrize("named", [{}, {"Refers_To": f"<urn:uuid:{UUID(int=2)}>"}], ids=["nothing", "id"])
def test_a_page_that_was_not_modified_says_what_it_said_last(reader: Reader, named: dict[str, str]) -> None:
    head = "HTTP/1.1 304 Not Modified\r\nETag: x"
    reader.write("1.warc.gz", page(1, MARKET), page(2, BRIDGE), revisit(5, block=head, Profile=NOT_MODIFIED, **named))
    assert reader.said(reader.read("1.warc.gz").batch)[-1] == ("/a", 5, BRIDGE)


def test_a_target_in_an_earlier_range_or_file_is_read_again_by_a_new_process(reader: Reader) -> None:
    reader.write("1.warc.gz", page(1, MARKET, Payload_Digest="sha1:M"))
    ends = reader.write("2.warc.gz", page(2, BRIDGE, "/b", Payload_Digest="sha1:B"), page(3, MARKET, "/c"))
    reader.write("3.warc.gz", revisit(5, "/d", Payload_Digest="sha1:M"), revisit(6, "/e", Payload_Digest="sha1:B"))
    assert reader.said(reader.read("3.warc.gz").batch) == [("/d", 5, MARKET), ("/e", 6, BRIDGE)]
    tail = reader.folder / "2.warc.gz"
    tail.write_bytes(tail.read_bytes() + revisit(7, "/f", Payload_Digest="sha1:B"))
    assert reader.said(reader.read("2.warc.gz", ends[-1]).batch) == [("/f", 7, BRIDGE)]


def test_a_target_that_was_read_before_is_not_read_again(reader: Reader) -> None:
    payloads = Payloads()
    reader.write("1.warc.gz", page(1, MARKET, Payload_Digest="sha1:M"))
    first = reader.read("1.warc.gz", payloads=payloads)
    reader.write("2.warc.gz", revisit(5, "/d", Payload_Digest="sha1:M"))
    (reader.folder / "1.warc.gz").rename(reader.folder / "1.warc.gz.away")
    (found,) = reader.read("2.warc.gz", payloads=payloads).batch.kept
    assert found.warc == first.batch.kept[0].warc


def test_a_revisit_whose_target_is_nowhere_is_told_with_its_offset(reader: Reader) -> None:
    offsets = reader.write("1.warc.gz", page(1, MARKET), revisit(5, "/d", Payload_Digest="sha1:NONE"))
    batch = reader.read("1.warc.gz").batch
    assert [each.url for each in batch.kept] == ["https://h.example/a"]
    (outcome,) = batch.dropped
    assert outcome.reason is Reason.BAD_RECORD
    assert outcome.url == f"{url_of(str(reader.folder / '1.warc.gz'))}#{offsets[1]}"
    assert "a revisit of https://h.example/d" in (outcome.detail or "")


def test_a_revisit_without_a_date_is_told_with_its_offset(reader: Reader) -> None:
    reader.write("1.warc.gz", page(1, MARKET), revisit(5, Date="2026-13-40"))
    (outcome,) = reader.read("1.warc.gz").batch.dropped
    assert "no date" in (outcome.detail or "")


@pytest.mark.parametrize(
    "other",
    [
        revisit(5, "/i.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png"),
        revisit(5, "/gone", f"HTTP/1.1 404 Not Found\r\n{HTML}"),
        revisit(5, "/i.png", "HTTP/1.1 304 Not Modified", Refers_To=f"<urn:uuid:{UUID(int=3)}>"),
        revisit(5, "/i.png", "", Payload_Digest="sha1:IMAGE"),
        revisit(5, "/i.png", "HTTP/1.1 304 Not Modified", Profile=NOT_MODIFIED),
    ],
    ids=["image", "404", "not modified", "digest", "not modified, unnamed"],
)
def test_a_revisit_of_what_is_no_page_is_passed_over(reader: Reader, other: bytes) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: image/png"
    image = record(3, head, b"x", "/i.png", Payload_Digest="sha1:IMAGE")
    reader.write("1.warc.gz", image, page(4, MARKET), other)
    batch = reader.read("1.warc.gz").batch
    assert (len(batch.kept), batch.dropped) == (1, ())


def test_an_earlier_file_that_cannot_be_read_leaves_the_chunk_open(reader: Reader) -> None:
    (reader.folder / "1.warc.gz").symlink_to(reader.folder / "nothing")
    reader.write("2.warc.gz", page(1, MARKET), revisit(5, "/d", Payload_Digest="sha1:NONE"))
    batch = reader.read("2.warc.gz").batch
    assert [each.reason for each in batch.dropped] == [Reason.INTERRUPTED]
    assert [each.code for each in batch.ledger.findings] == ["unread_range"]
