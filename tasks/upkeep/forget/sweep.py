"""Takes out of one home what its tombstones and requests name; killed at any moment, it begins again."""

from collections.abc import Collection
from contextlib import closing
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from schemas.runs.forget import ForgetRequest, Selection, TombstoneFile
from schemas.settings import Settings
from tasks.archive import tombstones as files
from tasks.archive.store import Archive
from tasks.pure.history import rules
from tasks.search.side_index import remove as remove_from_index
from tasks.upkeep.corrections import drop_corrections, recall_corrections
from tasks.upkeep.forget.places import blank_archive, drop_reports, naming_listings
from warehouse.database.connection import Warehouse
from warehouse.hot.state import open_hot
from warehouse.load.copies import decide_undecided
from warehouse.reader.publish import publish_reader
from warehouse.tables.backup import back_up
from warehouse.tables.forget import tombstones
from warehouse.tables.forget.clean import clean
from warehouse.tables.forget.rewrite import SHORTEST_TITLE, rewrite_tables
from warehouse.tables.forget.select import forgotten_pages, selection
from warehouse.tables.migrate import migrate

LISTED_AT_MOST = 500
"""URLs that listings are searched for; a source and a period take all their listings with them."""


class Swept(BaseModel):
    """What was taken out of one home. `requests`: those that were carried out."""

    model_config = ConfigDict(frozen=True)

    requests: tuple[ForgetRequest, ...] = ()
    articles: int = 0
    captures: int = 0
    redacted: int = 0
    listings: int = 0
    reports: int = 0
    rows_changed: int = 0

    def with_more(self, other: "Swept") -> "Swept":
        """The counts of two sweeps that carried out the same requests."""
        names = ("articles", "captures", "redacted", "listings", "reports", "rows_changed")
        return self.model_copy(update={name: getattr(self, name) + getattr(other, name) for name in names})


def select_all(warehouse: Warehouse, archive: Archive, requests: Collection[ForgetRequest]) -> tuple[Selection, int]:
    """What goes, and how many captures of listings are among it."""
    chosen = selection(warehouse, forgotten_pages(warehouse), requests)
    return with_listings(warehouse, archive, chosen)


def with_listings(warehouse: Warehouse, archive: Archive, chosen: Selection) -> tuple[Selection, int]:
    """The selection with the captures of feeds, sitemaps and sections that name its pages, and their number."""
    if not chosen.urls or len(chosen.urls) > LISTED_AT_MOST:
        return chosen, 0
    naming = set(naming_listings(warehouse, archive, chosen)) - set(chosen.places)
    return chosen.model_copy(update={"places": (*chosen.places, *sorted(naming))}), len(naming)


def sweep(settings: Settings, warehouse: Warehouse, now: datetime, is_cleaned: bool = True) -> Swept:
    """Carry out every request that is not done, and take out what came of a tombstone's page since: a run that had
    fetched it before loads it afterwards. The archive, reports and messages come before the tables: what is still in
    a table says where the records of it lie, and which words they have. Nothing is done where nothing is found.

    `is_cleaned`: old snapshots, files and free pages are deleted, too; else the next sweep does that."""
    archive = Archive.of(settings)
    recall(warehouse, archive)
    recall_corrections(warehouse, archive)
    requests = tombstones.unfinished(warehouse)
    chosen, listings = select_all(warehouse, archive, requests)
    if chosen.is_empty and not requests:
        return Swept()
    emptied = blank_archive(warehouse, archive, chosen)
    reports = drop_reports(settings, chosen)
    _empty_side_stores(settings, warehouse, chosen)
    rows = rewrite_tables(warehouse, chosen, emptied.digests)
    drop_corrections(warehouse, archive)
    decide_undecided(warehouse, rules, "forget", now)
    publish_reader(warehouse, settings.reader_path)
    remove_from_index(settings, chosen.articles)
    if is_cleaned:
        clean(warehouse, now)
        _renew_backups(settings, warehouse, now)
    _sweep_set_aside(settings, archive, now)
    return Swept(
        requests=tuple(requests),
        articles=len(chosen.articles),
        captures=emptied.captures,
        redacted=emptied.redacted,
        listings=listings,
        reports=reports,
        rows_changed=rows,
    )


def _empty_side_stores(settings: Settings, warehouse: Warehouse, chosen: Selection) -> None:
    """What a home keeps of articles beside its tables: messages of alerts. A home that a restore set aside may have
    none."""
    if warehouse.address.catalog == "sqlite" and not settings.hot_path.exists():
        return
    needles = {*chosen.urls, *(title for title in chosen.titles if len(title) >= SHORTEST_TITLE)}
    with closing(open_hot(settings)) as hot:
        hot.alerts.forget(needles, chosen.sources)


def recall(warehouse: Warehouse, archive: Archive) -> None:
    """Write the requests that the archive has and the warehouse lacks: it is rebuilt, or was restored from an older
    backup."""
    known = {request.forget_id for request in tombstones.requests(warehouse)}
    tombstones.write_requests(warehouse, files.kept(archive, known))


def take_over(settings: Settings, before: Path) -> None:
    """Let the archive keep the tombstones of another home, which this one takes the place of."""
    archive, other = Archive.of(settings), Archive(before / "archive")
    for file in files.kept(other):
        files.keep(archive, file)


def _renew_backups(settings: Settings, warehouse: Warehouse, now: datetime) -> None:
    """Copies of the catalog name files that are gone, and have the old statistics: one of today takes their place."""
    folder = settings.home / "warehouse" / "backups"
    if not folder.is_dir():
        return
    for old in folder.glob("catalog-*"):
        old.unlink()
    if warehouse.address.catalog == "sqlite":
        back_up(Path(warehouse.address.target), folder, now.date())


def _sweep_set_aside(settings: Settings, archive: Archive, now: datetime) -> None:
    """The homes that a restore set aside (HOME/before-restore-TIME)."""
    for folder in sorted(settings.home.glob("before-restore-*")):
        if (folder / "warehouse" / "catalog.sqlite").is_file():
            sweep_folder(settings, folder, files.kept(archive), now)


def sweep_folder(settings: Settings, folder: Path, requests: Collection[TombstoneFile], now: datetime) -> Swept:
    """Take the same out of a home in another folder, which has its warehouse and archive below it."""
    there = settings.model_copy(
        update={"home": folder, "warehouse": "", "archive": "", "sources": folder / "sources"}
    )
    archive = Archive.of(there)
    for file in requests:
        files.keep(archive, file)
    with Warehouse(there.warehouse_url, there.duckdb_memory) as warehouse:
        migrate(warehouse, now)
        return sweep(there, warehouse, now)
