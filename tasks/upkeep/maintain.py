"""One round of maintenance: merges and deletes data files, backs up the catalog, checks a sample of the archive."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from schemas.errors import NewsdeskError
from schemas.items.capture import WarcPointer
from schemas.runs.maintenance import Maintained
from schemas.runs.run import Run, RunState
from schemas.settings import Settings
from tasks.archive.store import Archive
from tasks.pure.history import rules
from tasks.upkeep.corrections import keep_corrections
from warehouse.database.connection import Warehouse
from warehouse.load.copies import decide_undecided, sample_stored
from warehouse.load.load import load_run
from warehouse.load.mentions import find_stored_mentions
from warehouse.load.rules import HistoryRules
from warehouse.load.splits import propose_splits
from warehouse.load.stories import place_stored
from warehouse.load.story_links import link_stories
from warehouse.reader.publish import publish_reader
from warehouse.tables import maintain as tables_upkeep
from warehouse.tables.backup import back_up
from warehouse.tables.compact_stories import compact_stories

SAMPLE = 100
"""Records of the archive that a round reads, at random: hourly rounds read 900,000 a year."""
TEXTS = 500
"""Stored texts of an earlier version that are sampled, put into stories, or searched for mentions, while the write
lock is held, about a second."""
TEXTS_A_ROUND = 20_000
OfStored = Callable[[Warehouse, HistoryRules, str, datetime, int], int]
"""Does something for so many stored texts at most that an earlier version of Newsdesk loaded without it, and returns
for how many."""


def maintain(
    warehouse: Warehouse, settings: Settings, run_id: str, now: datetime, is_full: bool, seed: int
) -> Maintained:
    """One round. Data files are deleted only after a reader file that does not name them is published."""
    begun = time.monotonic()
    decide_undecided(warehouse, rules, run_id, now)
    sampled = _stored(warehouse, sample_stored, run_id, now)
    placed = _stored(warehouse, place_stored, run_id, now)
    link_stories(warehouse, rules, run_id, now)
    splits = propose_splits(warehouse, rules, run_id, now) if is_full else 0
    searched = _stored(warehouse, find_stored_mentions, run_id, now)
    compact_stories(warehouse)
    keep_corrections(warehouse, Archive.of(settings))
    merged, made = tables_upkeep.merge_files(warehouse, is_full)
    expired = tables_upkeep.expire_snapshots(warehouse, now)
    publish_reader(warehouse, settings.reader_path)
    deleted, orphans = tables_upkeep.delete_old_files(warehouse, now), tables_upkeep.delete_orphans(warehouse, now)
    pointers = tables_upkeep.sample_captures(warehouse, SAMPLE, seed)
    return Maintained(
        run_id=run_id,
        files_merged=merged,
        files_made=made,
        snapshots_expired=expired,
        files_deleted=deleted,
        orphans_deleted=orphans,
        texts_sampled=sampled,
        articles_placed=placed,
        splits_proposed=splits,
        texts_read=searched,
        backup=_back_up(warehouse, settings, now),
        records_checked=len(pointers),
        damaged=_damaged(Archive.of(settings), pointers),
        seconds=time.monotonic() - begun,
    )


def record(warehouse: Warehouse, settings: Settings, done: Maintained, runner: str, started_at: datetime) -> Run:
    """Write the round's row in `ops.runs`, then publish the reader file once more, so that it holds the row."""
    run = Run(
        run_id=done.run_id,
        flow="maintain",
        runner=runner,
        started_at=started_at,
        finished_at=started_at + timedelta(seconds=done.seconds),
        state=RunState.FAILED if done.damaged else RunState.COMPLETED,
        sources=0,
        urls=0,
        error="; ".join(done.damaged) or None,
    )
    load_run(warehouse, run)
    publish_reader(warehouse, settings.reader_path)
    return run


def _stored(warehouse: Warehouse, some: OfStored, run_id: str, now: datetime) -> int:
    """Do `some` until nothing is left, or a round's share is done; how many stored texts it was done for."""
    done = 0
    while done < TEXTS_A_ROUND and (number := some(warehouse, rules, run_id, now, TEXTS)):
        done += number
    return done


def _back_up(warehouse: Warehouse, settings: Settings, now: datetime) -> str | None:
    if warehouse.address.catalog == "postgres":
        return None
    return str(back_up(Path(warehouse.address.target), settings.home / "warehouse" / "backups", now.date()))


def _damaged(archive: Archive, pointers: Sequence[WarcPointer]) -> tuple[str, ...]:
    faults = []
    for pointer in pointers:
        try:
            archive.read(pointer)
        except NewsdeskError as error:
            faults.append(str(error))
    return tuple(faults)
