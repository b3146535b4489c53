"""What the warehouse remembers of sites: their latest pages and their wrappers."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from schemas.site import PageSight, SiteHistory, Wrapper
from warehouse.connection import Warehouse
from warehouse.reader import Reader
from warehouse.session import Session


def site_histories(
    warehouse: Warehouse, sources: Collection[str], before: datetime, pages: int
) -> dict[str, SiteHistory]:
    """The history of each of the sources at that time (UTC), at most so many pages; none for one that was
    never seen."""

    def work(session: Session) -> dict[str, SiteHistory]:
        return _histories(session, sources, before, pages)

    return warehouse.look(work, "looking up sites") if sources else {}


def read_site_history(reader_path: Path, source: str, before: datetime, pages: int) -> SiteHistory:
    """The same of one source, from the reader file."""
    with Reader(reader_path) as session:
        return _histories(session, [source], before, pages).get(source, SiteHistory())


def _histories(session: Session, sources: Collection[str], before: datetime, pages: int) -> dict[str, SiteHistory]:
    names = sorted(set(sources))
    seen = session.models("select_site_pages", PageSight, sources=names, before=before, pages=pages)
    wrappers = session.models("select_wrappers", Wrapper, sources=names, before=before)
    by_source: dict[str, list[PageSight]] = defaultdict(list)
    for sight in seen:
        by_source[sight.source].append(sight)
    latest = {wrapper.source: wrapper for wrapper in wrappers}
    return {
        source: SiteHistory(sights=tuple(by_source.get(source, ())), wrapper=latest.get(source))
        for source in by_source.keys() | latest.keys()
    }
