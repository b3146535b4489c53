"""A request to forget: which pages it means, its tombstones, and what it would take out."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from schemas.errors import RefusedError
from schemas.runs.forget import (
    ForgetRequest,
    ForgetResult,
    ForgetWhat,
    Forgotten,
    Lifted,
    MetPage,
    Selection,
    Tombstone,
    TombstoneFile,
    hash_of,
)
from schemas.settings import Settings
from tasks.archive import tombstones as files
from tasks.archive.store import Archive
from tasks.pure.urls.forgotten import forms_of
from tasks.upkeep.forget.sweep import with_listings
from tasks.upkeep.runs_under_way import runs_under_way
from warehouse.database.connection import Warehouse
from warehouse.tables.forget import tombstones
from warehouse.tables.forget.select import neighbours, pages_before, selection, spellings

NEVER_LOAD = frozenset({"maintain", "archive", "forget", "health", "publish"})
"""Flows that bring no article."""


class Wanted(NamedTuple):
    """What a person names: a URL, or a source, or an instant, or a source and an instant."""

    url: str | None = None
    source: str | None = None
    before: datetime | None = None

    @property
    def what(self) -> ForgetWhat:
        """The kind of the request."""
        if self.url:
            return ForgetWhat.ARTICLE
        return ForgetWhat.PERIOD if self.before else ForgetWhat.SOURCE


class ForgetPlan(NamedTuple):
    """A request that is not written yet, what it takes out, and how many listings are among it."""

    file: TombstoneFile
    chosen: Selection
    listings: int


def ask(
    warehouse: Warehouse, archive: Archive, wanted: Wanted, forget_id: UUID, why: str, asked_by: str, now: datetime
) -> ForgetPlan:
    """The request, with a tombstone for each page that it means. A URL that was never met gets one, too."""
    pages = _pages(warehouse, wanted)
    request = ForgetRequest(
        forget_id=forget_id,
        what=wanted.what,
        source=wanted.source,
        before=wanted.before,
        why=why,
        asked_by=asked_by,
        at=now,
    )
    file = TombstoneFile(request=request, tombstones=tuple(_stones(request, wanted, pages)))
    chosen, listings = with_listings(warehouse, archive, selection(warehouse, pages, [request]))
    return ForgetPlan(file, chosen, listings)


def lift(warehouse: Warehouse, archive: Archive, url: str, request: ForgetRequest) -> Lifted:
    """Write that the page may be taken up again, with all its spellings: those of each request to forget an article
    that named it, and of other requests its own. Raises `RefusedError` where no tombstone of it holds."""
    own = {hash_of(form) for form in forms_of(url)}
    met = tombstones.standing(warehouse, own)
    if not met:
        raise RefusedError(f"nothing to lift: {url!r} was not forgotten, or its tombstone was lifted before")
    ids = {stone.forget_id for stone in met}
    articles = {each.forget_id for each in requests(warehouse) if each.what is ForgetWhat.ARTICLE} & ids
    spelt = (stone.url_hash for each in articles for stone in tombstones.tombstones_of(warehouse, each))
    stones = tuple(
        Tombstone(forget_id=request.forget_id, url_hash=each, at=request.at) for each in sorted(own.union(spelt))
    )
    file = TombstoneFile(request=request, tombstones=stones)
    files.keep(archive, file)
    tombstones.write_requests(warehouse, [file])
    finish(
        warehouse,
        [ForgetResult(forget_id=request.forget_id, articles=0, captures=0, rows_changed=0, at=request.at)],
    )
    return Lifted(forget_id=request.forget_id, lifts=tuple(sorted(ids)), tombstones=len(stones))


def write(warehouse: Warehouse, archive: Archive, asked: ForgetPlan) -> None:
    """Write the tombstones, first into the archive. From now on runs obey them."""
    files.keep(archive, asked.file)
    tombstones.write_requests(warehouse, [asked.file])


def would_forget(warehouse: Warehouse, asked: ForgetPlan) -> Forgotten:
    """What the request would take out, and what stays beside it."""
    beside = neighbours(warehouse, asked.chosen)
    return Forgotten(
        forget_id=asked.file.request.forget_id,
        is_dry_run=True,
        what=asked.file.request.what,
        articles=len(asked.chosen.articles),
        captures=len(asked.chosen.places),
        listings=asked.listings,
        same_text=beside.same_text,
        linked_from=beside.linking,
    )


def requests(warehouse: Warehouse) -> list[ForgetRequest]:
    """All requests, oldest first."""
    return tombstones.requests(warehouse)


def runs_to_wait_for(settings: Settings, since: datetime) -> tuple[str, ...]:
    """The runs under way that began before the instant: they may have fetched what is to be forgotten."""
    return tuple(
        life.run_id
        for life in runs_under_way(settings)
        if life.state == "running" and life.started_at <= since and life.flow not in NEVER_LOAD
    )


def finish(warehouse: Warehouse, results: Collection[ForgetResult]) -> None:
    """Write that the requests were carried out."""
    if results:
        tombstones.write_results(warehouse, results)


def _pages(warehouse: Warehouse, wanted: Wanted) -> frozenset[MetPage]:
    if wanted.url:
        return spellings(warehouse, {wanted.url, *forms_of(wanted.url)})
    return pages_before(warehouse, wanted.before, wanted.source) if wanted.before else frozenset()


def _stones(request: ForgetRequest, wanted: Wanted, pages: Collection[MetPage]) -> list[Tombstone]:
    """For an article they hold for all sources; for a period for those that had the page."""
    said: set[tuple[str | None, str]]
    if wanted.url:
        said = {(None, form) for form in {*forms_of(wanted.url), *(page.form for page in pages)}}
    else:
        said = {(page.source, page.form) for page in pages}
    return [
        Tombstone(forget_id=request.forget_id, url_hash=hash_of(form), source=source, at=request.at)
        for source, form in sorted(said, key=lambda each: (each[0] or "", each[1]))
    ]
