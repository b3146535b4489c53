"""The archive against the warehouse: what is damaged, torn, left over or unknown, and what is mended."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from warcio.archiveiterator import ArchiveIterator

from schemas.errors import UsageError
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.runs.archive_check import ArchiveCheck, Trouble
from schemas.runs.batch import Batch, BatchLedger
from tasks.archive.segment import Segment
from tasks.archive.store import Archive
from tasks.upkeep.check_archive import check, export
from tests.support.warehouse.loading import load_batch
from tests.tasks.archive.test_segment import AT, LINK, exchange
from warehouse.database.connection import Warehouse
from warehouse.tables.migrate import migrate

NAME = "2026/11/20/run-0123456789ab-fetch.warc.gz"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Tests share it; each has captures and an archive of its own."""
    folder = tmp_path_factory.mktemp("warehouse")
    with Warehouse(f"ducklake:sqlite:{folder}/catalog.sqlite?data={folder}/data/") as opened:
        migrate(opened, AT)
        yield opened


@pytest.fixture
def name() -> str:
    """A folder of each test's own, since they share a warehouse."""
    return f"{uuid4().hex}/run-0123456789ab-fetch.warc.gz"


def known(warehouse: Warehouse, *captures: Capture) -> None:
    batch = Batch[Article](batch_id=uuid4(), run_id="run", ledger=BatchLedger(captures=captures))
    load_batch(warehouse, batch, AT)


def kept(archive: Path, name: str, count: int = 3) -> list[Capture]:
    with Segment(archive, name, "run") as segment:
        return [
            segment.write(exchange(os.urandom(2_000), sent_at=AT + timedelta(hours=hour)), LINK)[0]
            for hour in range(count)
        ]


def look(archive: Path, warehouse: Warehouse, name: str, repair: bool = False) -> ArchiveCheck:
    """The check, less the faults of other tests' folders."""
    found = check(Archive(archive), warehouse, repair)
    folder = name.partition("/")[0]
    return found.model_copy(update={"faults": tuple(f for f in found.faults if f.file.startswith(folder))})


def troubles(found: ArchiveCheck) -> list[tuple[Trouble, int, bool]]:
    return [(fault.trouble, fault.offset, fault.is_repaired) for fault in found.faults]


def test_what_is_whole_and_known_is_sound(tmp_path: Path, warehouse: Warehouse, name: str) -> None:
    known(warehouse, *kept(tmp_path, name))
    found = look(tmp_path, warehouse, name)
    assert (found.segments, found.captures, found.faults) == (1, 3, ())
    assert found.is_sound


def test_a_capture_that_the_warehouse_lacks_is_told(tmp_path: Path, warehouse: Warehouse, name: str) -> None:
    captures = kept(tmp_path, name)
    known(warehouse, *captures[:2])
    assert troubles(look(tmp_path, warehouse, name)) == [(Trouble.NOT_IN_WAREHOUSE, captures[2].warc.offset, False)]


def test_a_record_that_the_archive_lost_is_told(tmp_path: Path, warehouse: Warehouse, name: str) -> None:
    captures = kept(tmp_path, name)
    known(warehouse, *captures)
    (tmp_path / name).unlink()
    offsets = {capture.warc.offset for capture in captures}
    found = look(tmp_path, warehouse, name)
    assert {(fault.trouble, fault.offset) for fault in found.faults} == {
        (Trouble.NOT_IN_ARCHIVE, offset) for offset in offsets
    }


def test_damage_in_the_midst_is_told_and_never_touched(tmp_path: Path, warehouse: Warehouse, name: str) -> None:
    captures = kept(tmp_path, name)
    known(warehouse, *captures)
    path, place = tmp_path / name, captures[1].warc.offset
    whole = bytearray(path.read_bytes())
    whole[place + 900 : place + 910] = bytes(10)
    path.write_bytes(whole)
    expected = [(Trouble.DAMAGED, place, False), (Trouble.NOT_IN_ARCHIVE, place, False)]
    assert troubles(look(tmp_path, warehouse, name, repair=True)) == expected
    assert path.read_bytes() == whole


def test_a_torn_tail_is_cut_off_behind_the_last_whole_capture(
    tmp_path: Path, warehouse: Warehouse, name: str
) -> None:
    captures = kept(tmp_path, name)
    known(warehouse, *captures[:2])
    os.truncate(tmp_path / name, captures[2].warc.offset + 700)
    assert troubles(look(tmp_path, warehouse, name)) == [(Trouble.TORN, captures[2].warc.offset, False)]
    assert look(tmp_path, warehouse, name, repair=True).is_sound
    assert look(tmp_path, warehouse, name).faults == ()
    assert (tmp_path / name).stat().st_size == captures[2].warc.offset


def test_a_segment_whose_writer_is_gone_is_finished(tmp_path: Path, warehouse: Warehouse, name: str) -> None:
    captures = kept(tmp_path, name)
    known(warehouse, *captures)
    whole = tmp_path / name
    left = whole.rename(whole.with_name(whole.name + ".open"))
    with left.open("ab") as file:
        file.write(b"\x1f\x8b\x08half")
    assert next(trouble for trouble, *_ in troubles(look(tmp_path, warehouse, name))) is Trouble.UNFINISHED
    assert look(tmp_path, warehouse, name, repair=True).is_sound
    assert look(tmp_path, warehouse, name).faults == ()
    assert not left.exists()


def test_a_segment_that_is_being_written_is_left_alone(tmp_path: Path, warehouse: Warehouse, name: str) -> None:
    with Segment(tmp_path, name, "run") as segment:
        capture = segment.write(exchange(), LINK)[0]
        assert look(tmp_path, warehouse, name, repair=True).faults == ()
    known(warehouse, capture)
    assert look(tmp_path, warehouse, name).faults == ()


def test_an_export_is_a_warc_that_another_reader_verifies(tmp_path: Path) -> None:
    kept(tmp_path / "archive", NAME, count=4)
    to = tmp_path / "out" / "export.warc.gz"
    until = AT + timedelta(hours=3)
    assert export(Archive(tmp_path / "archive"), to, AT + timedelta(hours=1), until, "outlet") == 2
    with to.open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
    assert kinds == ["warcinfo", *["response", "request", "metadata"] * 2]


def test_an_export_of_another_source_has_nothing(tmp_path: Path) -> None:
    kept(tmp_path, NAME)
    assert export(Archive(tmp_path), tmp_path / "x.warc.gz", AT, None, "stranger") == 0


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "there.warc.gz").touch()
    with pytest.raises(UsageError, match="already"):
        export(Archive(tmp_path), tmp_path / "there.warc.gz", AT, None, None)
