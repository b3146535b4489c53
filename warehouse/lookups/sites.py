"""Looks up the stored history of sites: their latest pages and their wrappers."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from uuid import UUID

from schemas.items.site_page import Method, PageSight, SiteHistory, Wrapper
from warehouse.database.connection import Warehouse
from warehouse.database.session import Session
from warehouse.reader.file import Reader


def site_histories(
    warehouse: Warehouse, sources: Collection[str], before: datetime, pages: int, behind: UUID | None = None
) -> dict[str, SiteHistory]:
    """The history of each source before `before` (UTC), with at most `pages` pages; a source without pages and
    wrapper is left out. `behind`: the batch whose last pages are ignored; None: none are."""

    def work(session: Session) -> dict[str, SiteHistory]:
        return _histories(session, sources, before, pages, behind)

    return warehouse.look(work, "looking up sites") if sources else {}


def read_site_history(reader_path: Path, source: str, before: datetime, pages: int) -> SiteHistory:
    """The history of one source before `before` (UTC), from the reader file."""
    with Reader(reader_path) as session:
        return _histories(session, [source], before, pages).get(source, SiteHistory())


def read_road(reader_path: Path, capture_id: UUID) -> tuple[Method | None, Wrapper | None]:
    """The method that extracted a capture's text, and the wrapper that it used, from the reader file. None: not
    recorded, or no wrapper was used."""
    with Reader(reader_path) as session:
        sight = next(iter(session.models("select_sight", PageSight, capture_id=capture_id)), None)
        if sight is None or sight.road is Method.RULES:
            return (sight.road if sight else None), None
        found = session.models("select_wrapper", Wrapper, source=sight.source, version=sight.wrapper)
        return (sight.road, found[0]) if found else (None, None)


def _histories(
    session: Session, sources: Collection[str], before: datetime, pages: int, behind: UUID | None = None
) -> dict[str, SiteHistory]:
    names = sorted(set(sources))
    seen = session.models("select_site_pages", PageSight, sources=names, before=before, pages=pages, behind=behind)
    wrappers = session.models("select_wrappers", Wrapper, sources=names, before=before)
    by_source: dict[str, list[PageSight]] = defaultdict(list)
    for sight in seen:
        by_source[sight.source].append(sight)
    latest = {wrapper.source: wrapper for wrapper in wrappers}
    return {
        source: SiteHistory(sights=tuple(by_source.get(source, ())), wrapper=latest.get(source))
        for source in by_source.keys() | latest.keys()
    }
