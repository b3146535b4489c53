"""Checks every record of the archive against the warehouse, repairs torn tails, counts and exports captures."""

import fcntl
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from schemas.errors import UsageError
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.finding import Finding, Severity
from schemas.runs.archive_check import ArchiveCheck, ArchiveFault, CaptureCount, CapturePlace, Trouble
from schemas.runs.batch import Batch, BatchLedger
from schemas.runs.run import Run, RunState
from tasks.archive.members import Damage
from tasks.archive.read import UNFINISHED, StoredCapture, read_back
from tasks.archive.records import warcinfo
from tasks.archive.store import Archive
from tasks.pure.history import rules
from tasks.pure.runs.endings import OF_ARCHIVE, RunEvidence, closings
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_batch, load_run
from warehouse.lookups import captures
from warehouse.lookups.health import open_incidents

FINDINGS_AT_MOST = 50
"""Findings of one check: a lost disk has millions of faults, and the first ones say so."""


class _SegmentContents(NamedTuple):
    """The contents of one segment; `end` is the first byte behind its last whole capture."""

    captures: list[Capture]
    damage: list[Damage]
    end: int


def check(
    archive: Archive, warehouse: Warehouse, repair: bool = False, tell: Callable[[str], None] = lambda _: None
) -> ArchiveCheck:
    """Verify every record of every segment, and that the archive and the warehouse know the same captures.

    With `repair`, a segment whose writer died is cut behind its last whole capture and gets its final name. A
    finished segment that ends within a record is cut too, unless it is in an object store. Damage in the middle of a
    file is reported, never changed. `tell` gets the name of each folder before its check."""
    found = ArchiveCheck()
    mended = _mend_left_behind(archive, repair)
    names = archive.names()
    for folder in sorted({*map(_folder_of, names), *captures.capture_folders(warehouse)}):
        tell(folder)
        its = [name for name in names if _folder_of(name) == folder]
        with archive.opened(*its) as there:
            places = captures.capture_places(warehouse, folder)
            found = _added(found, _check_folder(there, its, places, repair and not archive.store))
    return found.model_copy(update={"faults": (*mended, *found.faults)})


def record(warehouse: Warehouse, found: ArchiveCheck, run_id: str, begun: datetime, ended: datetime) -> None:
    """Write the check's row in ops.runs, a finding for each of the first faults that remain, and a closing for each
    incident of an earlier check that this one did not find."""
    left = [_finding(fault, run_id, ended) for fault in found.faults if not fault.is_repaired]
    evidence = RunEvidence("archive", run_id, ended, sources={}, is_whole=False, found=left)
    before = [one for one in open_incidents(warehouse) if one.code.startswith(OF_ARCHIVE)]
    ledger = BatchLedger(findings=tuple(left[:FINDINGS_AT_MOST]), closings=closings(before, evidence))
    batch = Batch[Article](batch_id=uuid5(NAMESPACE_URL, run_id), run_id=run_id, ledger=ledger)
    load_batch(warehouse, batch, rules, ended)
    run = Run(
        run_id=run_id,
        flow="archive",
        runner="direct",
        started_at=begun,
        finished_at=ended,
        state=RunState.FAILED if left else RunState.COMPLETED,
        sources=0,
        urls=0,
        error=f"{len(left)} faults in the archive" if left else None,
    )
    load_run(warehouse, run)


def _finding(fault: ArchiveFault, run_id: str, at: datetime) -> Finding:
    return Finding(
        run_id=run_id,
        code=f"{OF_ARCHIVE}{fault.trouble.value}",
        severity=Severity.WARNING,
        message=f"{fault.file} at byte {fault.offset}: {fault.detail}; see `newsdesk archive check`"[:500],
        at=at,
        about=fault.file,
    )


def stats(warehouse: Warehouse) -> list[CaptureCount]:
    """The captures by source and kind."""
    return captures.capture_counts(warehouse)


def export(archive: Archive, to: Path, since: datetime, until: datetime | None, source: str | None) -> int:
    """Copy the captures fetched in [since, until), of one source or all, with their requests and links into
    one WARC file, byte for byte, behind a warcinfo record; gives their number. Damaged records stay behind.

    Raises `UsageError` where the file exists.
    """
    if to.exists():
        raise UsageError(f"there is a file {str(to)!r} already")
    unfinished, count = to.with_name(to.name + UNFINISHED), 0
    to.parent.mkdir(parents=True, exist_ok=True)
    with unfinished.open("wb") as out:
        out.write(warcinfo(to.name, since))
        for name in archive.names():
            with archive.opened(name) as folder, (folder / name).open("rb") as file:
                for kept in read_back(folder / name, name):
                    if isinstance(kept, StoredCapture) and _is_wanted(kept.capture, since, until, source):
                        file.seek(kept.capture.warc.offset)
                        out.write(file.read(kept.end - kept.capture.warc.offset))
                        count += 1
    os.replace(unfinished, to)
    return count


def _is_wanted(capture: Capture, since: datetime, until: datetime | None, source: str | None) -> bool:
    is_in_time = since <= capture.fetched_at and (until is None or capture.fetched_at < until)
    return is_in_time and source in (None, capture.link.source)


def _folder_of(name: str) -> str:
    return name.rpartition("/")[0] + "/"


def _name(archive: Path, path: Path) -> str:
    return path.relative_to(archive).as_posix()


def _mend_left_behind(archive: Archive, repair: bool) -> list[ArchiveFault]:
    """The unfinished segments of runs that died; a repaired one becomes part of the archive."""
    faults: list[ArchiveFault] = []
    for path in sorted(archive.folder.rglob(f"*.warc.gz{UNFINISHED}")):
        if mended := _left_behind(archive.folder, path, repair, faults):
            archive.send(_name(archive.folder, mended))
    return faults


def _check_folder(archive: Path, names: list[str], places: list[CapturePlace], repair: bool) -> ArchiveCheck:
    faults: list[ArchiveFault] = []
    there: dict[str, Capture] = {}
    paths = [archive / name for name in names]
    for path in paths:
        look = _contents(archive, path)
        faults += _damaged(archive, path, look, repair)
        there |= {str(capture.capture_id): capture for capture in look.captures}
    faults += _disagreements(there, {place.capture_id: place for place in places})
    size = sum(path.stat().st_size for path in paths)
    return ArchiveCheck(segments=len(paths), captures=len(there), bytes=size, faults=tuple(faults))


def _contents(archive: Path, path: Path) -> _SegmentContents:
    found, damage, end = [], [], 0
    for each in read_back(path, _name(archive, path).removesuffix(UNFINISHED)):
        if isinstance(each, Damage):
            damage.append(each)
        else:
            found.append(each.capture)
            end = each.end
    return _SegmentContents(found, damage, end)


def _left_behind(archive: Path, path: Path, repair: bool, faults: list[ArchiveFault]) -> Path | None:
    """Check a segment without its final name, unless a run holds its lock; returns the finished file if repaired."""
    with path.open("rb+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        look = _contents(archive, path)
        detail = f"its run died before it was finished; it holds {len(look.captures)} whole captures"
        faults.append(
            ArchiveFault(
                file=_name(archive, path),
                offset=look.end,
                trouble=Trouble.UNFINISHED,
                detail=detail,
                is_repaired=repair,
            )
        )
        if not repair:
            return None
        file.truncate(look.end)
        os.fsync(file.fileno())
    if not look.end:
        path.unlink()
        return None
    return path.rename(path.with_name(path.name.removesuffix(UNFINISHED)))


def _damaged(archive: Path, path: Path, look: _SegmentContents, repair: bool) -> Iterator[ArchiveFault]:
    for each in look.damage:
        is_torn = each.is_tail and each.offset >= look.end
        if is_torn and repair:
            with path.open("rb+") as file:
                file.truncate(look.end)
                os.fsync(file.fileno())
        yield ArchiveFault(
            file=_name(archive, path),
            offset=each.offset,
            trouble=Trouble.TORN if is_torn else Trouble.DAMAGED,
            detail=each.why,
            is_repaired=is_torn and repair,
        )


def _disagreements(there: dict[str, Capture], known: dict[str, CapturePlace]) -> Iterator[ArchiveFault]:
    for capture_id in there.keys() - known.keys():
        warc = there[capture_id].warc
        detail = f"the warehouse does not know the capture of {there[capture_id].url}"
        yield ArchiveFault(file=warc.file, offset=warc.offset, trouble=Trouble.NOT_IN_WAREHOUSE, detail=detail)
    for capture_id, place in known.items():
        found = there.get(capture_id)
        if found is None or (found.warc.file, found.warc.offset) != (place.warc_file, place.warc_offset):
            detail = f"there is no whole record of capture {capture_id} at this place"
            yield ArchiveFault(
                file=place.warc_file, offset=place.warc_offset, trouble=Trouble.NOT_IN_ARCHIVE, detail=detail
            )


def _added(first: ArchiveCheck, second: ArchiveCheck) -> ArchiveCheck:
    return ArchiveCheck(
        segments=first.segments + second.segments,
        captures=first.captures + second.captures,
        bytes=first.bytes + second.bytes,
        faults=first.faults + second.faults,
    )
