"""Selects what goes: the pages with a tombstone, their articles and captures, and the listings that may name them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

import pyarrow as pa

from schemas.items.capture import WarcPointer
from schemas.runs.forget import ForgetRequest, ForgetWhat, ForgottenPlace, MetPage, Selection
from warehouse.database.connection import Session, Warehouse

ROUNDS = 4
"""A page leads to its article, that to other pages; more rounds have found nothing in any warehouse tried."""
DOING = "looking up what to forget"


class ListingPlace(NamedTuple):
    """A capture of a feed, sitemap or section."""

    capture_id: str
    pointer: WarcPointer
    charset: str | None


class Neighbours(NamedTuple):
    """Articles that stay: those with the same text, and those that link to what goes."""

    same_text: int
    linking: int


def spellings(warehouse: Warehouse, urls: Collection[str]) -> frozenset[MetPage]:
    """Every URL under which the article of these URLs is known: other spellings, redirects, pages that were taken
    for it. `urls` are as found or in canonical form; none of the result is a guess."""

    def work(session: Session) -> frozenset[MetPage]:
        found: frozenset[MetPage] = frozenset()
        known = set(urls)
        for _ in range(ROUNDS):
            session.bring(pa.table({"url": pa.array(sorted(known), pa.string())}))
            found = frozenset(MetPage(*row) for row in session.rows("select_spellings"))
            more = known | {page.url for page in found} | {page.form for page in found}
            if more == known:
                break
            known = more
        return found

    return warehouse.look(work, DOING)


def pages_before(warehouse: Warehouse, before: datetime, source: str | None) -> frozenset[MetPage]:
    """The URLs that were fetched for the last time before the instant (UTC), at one source or at any."""
    rows = warehouse.look(lambda session: session.rows("select_pages_before", before=before, source=source), DOING)
    return frozenset(MetPage(*row) for row in rows)


def forgotten_pages(warehouse: Warehouse) -> frozenset[MetPage]:
    """The URLs with a tombstone that are still in a table."""
    return frozenset(
        MetPage(*row) for row in warehouse.look(lambda session: session.rows("select_forgotten_pages"), DOING)
    )


def selection(warehouse: Warehouse, pages: Iterable[MetPage], requests: Collection[ForgetRequest]) -> Selection:
    """What goes of these pages, and of the sources and periods that the requests name."""
    urls = frozenset(word for page in pages for word in (page.url, page.form))
    sources = frozenset(each.source for each in requests if each.what is ForgetWhat.SOURCE and each.source)
    periods = tuple((each.source, each.before) for each in requests if each.before is not None)

    def work(session: Session) -> Selection:
        session.bring(kinds(url=urls, source=sources))
        articles = frozenset(str(row[0]) for row in session.rows("select_forgotten_articles"))
        session.bring(kinds(url=urls, source=sources, article=articles))
        titles = frozenset(str(row[0]) for row in session.rows("select_forgotten_titles"))
        places = {ForgottenPlace(*row) for row in session.rows("select_forgotten_captures")}
        for source, before in periods:
            old = session.rows("select_old_captures", before=before, source=source)
            places |= {ForgottenPlace(*row) for row in old}
        return Selection(
            urls=urls,
            articles=articles,
            titles=titles,
            places=tuple(sorted(places)),
            sources=sources,
            periods=periods,
        )

    return warehouse.look(work, DOING)


def listings(warehouse: Warehouse, urls: Collection[str]) -> list[ListingPlace]:
    """The captures of feeds, sitemaps and sections that may name one of these URLs, in the order of the files."""

    def work(session: Session) -> list[ListingPlace]:
        session.bring(kinds(url=urls))
        return [
            ListingPlace(capture_id, WarcPointer(file=file, offset=offset, length=length, digest=digest), charset)
            for capture_id, file, offset, length, digest, charset in session.rows("select_listings_since")
        ]

    return warehouse.look(work, DOING)


def segments_since(warehouse: Warehouse, urls: Collection[str]) -> frozenset[str]:
    """The segments whose pages may name one of these URLs."""

    def work(session: Session) -> frozenset[str]:
        session.bring(kinds(url=urls))
        return frozenset(str(row[0]) for row in session.rows("select_segments_since"))

    return warehouse.look(work, DOING)


def digests(warehouse: Warehouse, files: Collection[str]) -> dict[str, str]:
    """The digest of each capture in the segments, by its id."""

    def work(session: Session) -> dict[str, str]:
        session.bring(kinds(file=files))
        return {str(capture_id): str(digest) for capture_id, digest in session.rows("select_digests")}

    return warehouse.look(work, DOING)


def neighbours(warehouse: Warehouse, chosen: Selection) -> Neighbours:
    """How many articles that stay have the text of one that goes, or link to it."""

    def work(session: Session) -> Neighbours:
        session.bring(kinds(url=chosen.urls, article=chosen.articles))
        return Neighbours(
            int(session.rows("count_same_text")[0][0]), int(session.rows("count_linking_articles")[0][0])
        )

    return warehouse.look(work, DOING)


def known_segments(warehouse: Warehouse) -> frozenset[str]:
    """The segments of our own archive of which the warehouse lists captures."""
    rows = warehouse.look(lambda session: session.rows("select_known_segments"), DOING)
    return frozenset(str(row[0]) for row in rows)


def kinds(**values: Collection[str]) -> pa.Table:
    """Several sets in one table, of columns kind and value."""
    rows = [(kind, value) for kind, its in values.items() for value in sorted(its)]
    return pa.table(
        {
            "kind": pa.array([kind for kind, _ in rows], pa.string()),
            "value": pa.array([value for _, value in rows], pa.string()),
        }
    )
