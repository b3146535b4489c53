"""The archive in an object store: segments go there when they are whole, and are read back from there."""

import gzip
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import fsspec
import pytest

from schemas.errors import BadRecordError, NewsdeskError, TemporaryError
from schemas.items.capture import Capture, WarcPointer
from schemas.settings import Settings
from tasks.archive.foreign import read_pages, size_of
from tasks.archive.formats.protocol import ForeignPage
from tasks.archive.read import StoredCapture, read_back
from tasks.archive.records import payload_digest
from tasks.archive.segment import Segment
from tasks.archive.store import Archive
from tests.support.warehouse.services import BUCKET, free_port, object_store
from tests.tasks.archive.test_foreign import page, record
from tests.tasks.archive.test_segment import LINK, exchange

NAME = "2026/11/20/run-0123456789ab-fetch.warc.gz"
NUMBERS = count(1)


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """URL of an empty bucket; the environment leads to it."""
    with object_store() as variables, pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        yield f"s3://{BUCKET}"


@pytest.fixture
def archive(store: str, tmp_path: Path) -> Archive:
    """An archive at a prefix of its own."""
    return Archive(tmp_path / "archive", f"{store}/archive{next(NUMBERS)}/")


def kept(archive: Archive, *bodies: bytes, name: str = NAME) -> list[Capture]:
    with Segment(archive.folder, name, "run", archive.send) as segment:
        return [segment.write(exchange(body), LINK)[0] for body in bodies]


def elsewhere(archive: Archive, tmp_path: Path) -> Archive:
    """The same archive, as another machine sees it."""
    return Archive(tmp_path / "elsewhere", archive.store)


def test_a_segment_is_in_the_store_as_soon_as_it_is_whole(archive: Archive, tmp_path: Path) -> None:
    _, second = kept(archive, b"first", b"second")
    other = elsewhere(archive, tmp_path)
    assert (other.names(), other.read(second.warc)) == ([NAME], b"second")


def test_a_segment_leaves_the_disk_when_the_run_ends_and_is_read_all_the_same(archive: Archive) -> None:
    (capture,) = kept(archive, b"body")
    archive.settle()
    assert list(archive.folder.rglob("*.warc.gz")) == []
    assert (archive.names(), archive.read(capture.warc)) == ([NAME], b"body")


def test_what_a_dead_run_left_is_sent_by_the_next(archive: Archive, tmp_path: Path) -> None:
    with Segment(archive.folder, NAME, "run") as segment:
        (capture,) = segment.write(exchange(b"left"), LINK)
    assert elsewhere(archive, tmp_path).names() == []
    archive.settle()
    assert elsewhere(archive, tmp_path).read(capture.warc) == b"left"


def test_what_another_run_of_the_home_has_sent_is_no_fault(archive: Archive) -> None:
    kept(archive, b"body")
    archive.settle()
    archive.send(NAME)
    assert archive.names() == [NAME]


def test_a_segment_is_opened_as_a_file_wherever_it_lies(archive: Archive) -> None:
    kept(archive, b"far")
    archive.settle()
    kept(archive, b"near", name=NAME.replace("fetch", "discover"))
    bodies = {}
    with archive.opened(*archive.names()) as folder:
        for name in archive.names():
            bodies[name] = [each.body for each in read_back(folder / name, name) if isinstance(each, StoredCapture)]
    assert bodies == {NAME: [b"far"], NAME.replace("fetch", "discover"): [b"near"]}


def test_a_record_that_is_gone_or_another_is_told(archive: Archive) -> None:
    first, second = kept(archive, b"first", b"second")
    archive.settle()
    with pytest.raises(BadRecordError):
        archive.read(first.warc.model_copy(update={"file": "gone.warc.gz"}))
    with pytest.raises(BadRecordError):
        archive.read(first.warc.model_copy(update={"digest": second.warc.digest}))


def test_a_store_that_does_not_answer_is_a_temporary_error(
    tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(TemporaryError, match="archive"):
        kept(Archive(tmp_path, f"{store}/nowhere"), b"body")
    assert [path.name for path in tmp_path.rglob("*.gz")] == [NAME.rpartition("/")[2]]


def test_settings_tell_a_folder_from_a_store(tmp_path: Path) -> None:
    home = tmp_path / "home"
    given = ("", "segments", "s3://bucket/prefix")
    archives = [Archive.of(Settings(home=home, archive=each)) for each in given]
    assert archives == [
        Archive(home / "archive"),
        Archive(Path("segments")),
        Archive(home / "archive", "s3://bucket/prefix"),
    ]


def test_a_foreign_warc_file_in_a_store_is_read_in_ranges(archive: Archive, tmp_path: Path) -> None:
    body = page(2)
    content = gzip.compress(record(page(1), 1)) + gzip.compress(record(body, 2))
    (tmp_path / "crawl.warc.gz").write_bytes(content)
    url = f"{archive.store}crawl.warc.gz"
    fsspec.filesystem("s3").put_file(str(tmp_path / "crawl.warc.gz"), url)
    assert size_of(url) == len(content)
    (second,) = read_pages(url, 1, len(content))
    assert isinstance(second, ForeignPage)
    assert (second.url, second.body) == ("https://h.example/2", body)
    pointer = WarcPointer(file=url, offset=second.offset, length=second.length, digest=payload_digest(second.body))
    assert archive.read(pointer) == body


def test_a_foreign_warc_file_that_is_not_in_the_store_is_named(archive: Archive) -> None:
    with pytest.raises(NewsdeskError, match=r"cannot read 's3://.*none\.warc\.gz'"):
        size_of(f"{archive.store}none.warc.gz")
