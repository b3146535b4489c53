"""A new archive format is one file and one registration: the backfill's own functions then read it."""

import gzip
import importlib
import sys
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from schemas.errors import BadRecordError, NewsdeskError
from schemas.items.capture import WarcPointer
from schemas.items.outcome import Reason
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin, Chunk
from tasks.archive.foreign import read_foreign, read_pages, size_of, url_of
from tasks.archive.formats import registry
from tasks.archive.formats.protocol import ForeignPage
from tasks.archive.formats.warc import GzippedWarc, PlainWarc
from tasks.archive.records import payload_digest
from tasks.backfill.read_warc_range import read_warc_range
from tasks.pure.backfill.chunks import Owners
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tests.support.sites.raw_site import RawSite

LINES = '''
"""Lines: a page a line, `URL|date|body`. Damage is a line without the three."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from tasks.archive.formats.protocol import ForeignPage
from tasks.archive.formats.registry import register
from tasks.archive.members import Damage


class Lines:
    suffixes = (".lines",)
    is_container = False
    errors = ()

    def recognises(self, head):
        return head.startswith(b"ht")

    def records(self, file, begin, end):
        file.seek(max(begin - 1, 0))
        offset = begin and begin - 1 + len(file.readline())
        while offset < end and (line := file.readline()):
            yield self.record(line, offset)
            offset += len(line)

    def record(self, content, offset):
        url, _, rest = content.decode().rstrip().partition("|")
        date, _, body = rest.partition("|")
        if not body:
            return Damage(offset, "no three fields")
        at, name = datetime.fromisoformat(date), uuid5(NAMESPACE_URL, url)
        return ForeignPage(name, url, at, 200, (), body.encode(), offset, len(content))


register(Lines())
'''
ZIPPED = '''
"""Zipped: a ZIP file with a page a member, compressed; the member's name is the page's path."""

import struct
import zipfile
import zlib
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from tasks.archive.formats.protocol import ForeignPage
from tasks.archive.formats.registry import register

HEAD = struct.Struct("<26xHH")


class Zipped:
    suffixes = (".zipped",)
    is_container = True
    errors = (zipfile.BadZipFile, zlib.error)

    def recognises(self, head):
        return head == b"PK" + bytes((3, 4))

    def records(self, file, begin, end):
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                if begin <= member.header_offset < end:
                    file.seek(member.header_offset)
                    length = HEAD.size + sum(HEAD.unpack(file.read(HEAD.size))) + member.compress_size
                    file.seek(member.header_offset)
                    yield self.record(file.read(length), member.header_offset)

    def record(self, content, offset):
        name, extra = HEAD.unpack_from(content)
        url = "https://h.example/" + content[HEAD.size : HEAD.size + name].decode()
        body = zlib.decompress(content[HEAD.size + name + extra :], -15)
        return ForeignPage(
            uuid5(NAMESPACE_URL, url), url, datetime(2026, 11, 1, tzinfo=UTC), 200, (), body, offset, len(content)
        )


register(Zipped())
'''
PAGES = "".join(
    f"https://h.example/{number}|2026-11-0{number}T10:00:00+00:00|<p>page {number}</p>\n" for number in (1, 2, 3)
)


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A format in a module of its own, which registers itself."""
    monkeypatch.setattr(registry, "FORMATS", list(registry.FORMATS))
    (tmp_path / "made_up_lines.py").write_text(LINES)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("made_up_lines")
    yield
    del sys.modules["made_up_lines"]


@pytest.fixture
def zipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A container's format in a module of its own, and a file of it with two pages."""
    monkeypatch.setattr(registry, "FORMATS", list(registry.FORMATS))
    (tmp_path / "made_up_zipped.py").write_text(ZIPPED)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("made_up_zipped")
    with zipfile.ZipFile(tmp_path / "a.zipped", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1", "<p>page 1</p>" * 9)
        archive.writestr("2", "<p>page 2</p>" * 9)
    yield tmp_path / "a.zipped"
    del sys.modules["made_up_zipped"]


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    with RawSite({}) as nowhere:
        settings = nowhere.settings(home=tmp_path / "home", disk_floor_mb=0)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    with open_kit(settings, "run", now, "0", NoProgress(), threading.Event()) as opened:
        yield opened


def chunk(url: str, begin: int, end: int) -> Chunk:
    return Chunk(
        plan_id=UUID(int=1),
        number=1,
        batch_id=UUID(int=2),
        label="a.lines from byte 0",
        file=url,
        first_byte=begin,
        end_byte=end,
        count=end - begin,
    )


@pytest.mark.usefixtures("lines")
def test_a_backfill_reads_ranges_of_a_registered_format_and_its_captures_again(tmp_path: Path, kit: Kit) -> None:
    (tmp_path / "a.lines").write_text(PAGES + "https://h.example/broken\n")
    url = url_of(str(tmp_path / "a.lines"))
    wanted, middle = BackfillOptions(ground=BackfillOrigin.WARC, inputs=(url,), takes_strangers=True), len(PAGES) // 2
    owners = Owners([], takes_strangers=True)

    first, second = (
        read_warc_range(kit, wanted, chunk(url, *ends), owners) for ends in ((0, middle), (middle, size_of(url)))
    )

    assert [capture.url for capture in (*first.batch.kept, *second.batch.kept)] == [
        "https://h.example/1",
        "https://h.example/2",
        "https://h.example/3",
    ]
    assert [kit.archive.read(capture.warc) for capture in second.batch.kept][-1] == b"<p>page 3</p>"
    assert [outcome.reason for outcome in second.batch.dropped] == [Reason.BAD_RECORD]


@pytest.mark.usefixtures("lines")
def test_a_registered_format_leaves_other_files_to_theirs() -> None:
    assert isinstance(registry.format_of("file:///a.warc", b"WA"), PlainWarc)
    assert isinstance(registry.format_of("file:///a.warc.gz", gzip.compress(b"")[:2]), GzippedWarc)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "https://h.example/a.WARC.GZ?key=1", "a"])
def test_the_bytes_decide_where_the_name_of_a_warc_file_is_wrong(name: str) -> None:
    assert isinstance(registry.format_of(name, b"WA"), PlainWarc)
    assert isinstance(registry.format_of(name, b"\x1f\x8b"), GzippedWarc)


def second_page(url: str) -> WarcPointer:
    _, found = read_pages(url, 0, size_of(url))
    assert isinstance(found, ForeignPage)
    return WarcPointer(file=url, offset=found.offset, length=found.length, digest=payload_digest(found.body))


def test_a_record_of_a_container_is_read_again_by_the_format_of_its_file(zipped: Path) -> None:
    assert read_foreign(second_page(url_of(str(zipped)))) == b"<p>page 2</p>" * 9


def test_a_container_that_its_library_cannot_read_is_an_error_that_names_the_file(zipped: Path) -> None:
    zipped.write_bytes(zipped.read_bytes()[:-30])

    with pytest.raises(NewsdeskError, match=r"cannot read 'file:.*a\.zipped': BadZipFile"):
        list(read_pages(url_of(str(zipped)), 0, zipped.stat().st_size))


def test_a_record_that_its_library_cannot_read_again_is_damaged(zipped: Path) -> None:
    pointer = second_page(url_of(str(zipped)))
    whole = bytearray(zipped.read_bytes())
    whole[pointer.offset + 31 : pointer.offset + pointer.length] = b"\xff" * (pointer.length - 31)
    zipped.write_bytes(whole)

    with pytest.raises(BadRecordError, match=r"a\.zipped"):
        read_foreign(pointer)


def test_a_container_without_its_suffix_is_not_taken_for_one(zipped: Path) -> None:
    assert isinstance(registry.format_of("file:///a", zipped.read_bytes()[:4]), PlainWarc)
