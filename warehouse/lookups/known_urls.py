"""Looks up stored facts on URLs and feeds, for discovery."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

import pyarrow as pa
from pydantic import BaseModel

from schemas.history.known_urls import (
    CanonicalClaim,
    KnownGuid,
    KnownUrl,
    LeftOver,
    LookAlike,
    NewEntries,
    Revisit,
    RevisitRules,
)
from schemas.runs.ledger import FeedState
from warehouse.database.connection import Session, Warehouse

Model = TypeVar("Model", bound=BaseModel)
OfSource = TypeVar("OfSource", Revisit, KnownGuid, CanonicalClaim, LookAlike)
Forms = Mapping[tuple[str, str], str]
"""The canonical form of each (source, URL as found)."""


def arriving_forms(wanted: Forms) -> pa.Table:
    """The wanted URLs in two rows each: as found, and in their canonical form."""
    spelt = {(source, url, form) for (source, url), form in wanted.items()}
    return _pairs(("source", "url", "form"), spelt | {(source, form, form) for source, _, form in spelt})


class _Known(KnownUrl):
    form: str


def known_urls(warehouse: Warehouse, wanted: Forms) -> Mapping[str, dict[str, KnownUrl]]:
    """By source and URL as wanted, the URLs that already have an outcome at the source, under any spelling with the
    same canonical form."""
    by_source: dict[str, dict[str, KnownUrl]] = defaultdict(dict)
    if not wanted:
        return by_source

    def work(session: Session) -> list[_Known]:
        session.bring(arriving_forms(wanted))
        return session.models("select_known_urls", _Known)

    found = {(known.source, known.form): known for known in warehouse.look(work, "looking up URLs")}
    for (source, url), form in wanted.items():
        if known := found.get((source, form)):
            by_source[source][url] = known
    return by_source


def feed_states(warehouse: Warehouse, sources: Collection[str], now: datetime) -> Mapping[str, dict[str, FeedState]]:
    """By source and URL, the latest observation of each feed, sitemap or section until `now` (UTC); a later one,
    which a wrong clock made, only where there is no other. Empty for a source without any."""
    work = partial(_of_sources, sources=sources, statement="select_feed_states", model=FeedState, now=now)
    by_source: dict[str, dict[str, FeedState]] = defaultdict(dict)
    for state in warehouse.look(work, "looking up feeds"):
        by_source[state.source][state.url] = state
    return by_source


def new_entries(
    warehouse: Warehouse, places: Collection[tuple[str, str]], since: datetime
) -> Mapping[str, dict[str, dict[int, int]]]:
    """By source and URL of a (source, place), the new entries that polls since `since` (UTC) found there, by the hour
    since 1970 in which they appeared."""

    def work(session: Session) -> list[NewEntries]:
        session.bring(_pairs(("source", "url"), set(places)))
        return session.models("select_new_entries", NewEntries, since=since)

    by_source: dict[str, dict[str, dict[int, int]]] = defaultdict(dict)
    for found in warehouse.look(work, "looking up new entries") if places else ():
        by_source[found.source][found.url] = dict(zip(found.hours, found.entries, strict=True))
    return by_source


def unfinished_feeds(warehouse: Warehouse, sources: Collection[str], since: datetime) -> Mapping[str, set[str]]:
    """By source, its feeds with links that a run since `since` accepted and did not fetch."""
    work = partial(_of_sources, sources=sources, statement="select_unfinished_feeds", model=LeftOver, since=since)
    by_source: dict[str, set[str]] = defaultdict(set)
    for left in warehouse.look(work, "looking up links left over"):
        by_source[left.source].add(left.found_in)
    return by_source


def revisits(warehouse: Warehouse, sources: Collection[str], rules: RevisitRules) -> Mapping[str, list[Revisit]]:
    """By source, its articles that the rules want revisited, newest first."""

    def work(session: Session) -> list[Revisit]:
        session.bring(pa.table({"source": pa.array(sorted(set(sources)), pa.string())}))
        values = {name: list(value) if isinstance(value, tuple) else value for name, value in rules}
        return session.models("select_revisits", Revisit, **values)

    return _by_source(warehouse.look(work, "looking up articles to revisit"))


def known_guids(
    warehouse: Warehouse, guids: Collection[tuple[str, str]], urls: Forms
) -> Mapping[str, list[KnownGuid]]:
    """By source, the feed entries of captured pages that share a (source, GUID) or a URL with the arguments, under
    any spelling with the same canonical form, oldest first."""
    spelt = {*urls, *((source, form) for (source, _), form in urls.items())}
    rows = [(source, guid, None) for source, guid in guids] + [(source, None, url) for source, url in spelt]

    def work(session: Session) -> list[KnownGuid]:
        session.bring(_pairs(("source", "guid", "url"), rows))
        return session.models("select_known_guids", KnownGuid)

    return _by_source(warehouse.look(work, "looking up GUIDs") if rows else ())


def canonical_claims(
    warehouse: Warehouse, claimed: Collection[tuple[str, str]]
) -> Mapping[str, list[CanonicalClaim]]:
    """By source, the pages and texts that made versions of the articles at these (source, canonical URL)."""

    def work(session: Session) -> list[CanonicalClaim]:
        session.bring(_pairs(("source", "canonical_url"), set(claimed)))
        return session.models("select_canonical_claims", CanonicalClaim)

    return _by_source(warehouse.look(work, "looking up articles") if claimed else ())


def look_alikes(
    warehouse: Warehouse, titles: Collection[tuple[str, str]], words_at_most: int
) -> Mapping[str, list[LookAlike]]:
    """By source, its versions with one of the (source, title) pairs and at most `words_at_most` words."""

    def work(session: Session) -> list[LookAlike]:
        session.bring(_pairs(("source", "title"), set(titles)))
        return session.models("select_look_alikes", LookAlike, words_at_most=words_at_most)

    return _by_source(warehouse.look(work, "looking up titles") if titles else ())


def _by_source(found: Iterable[OfSource]) -> Mapping[str, list[OfSource]]:
    """By source, in the order in which they were found; empty for a source without any."""
    by_source: dict[str, list[OfSource]] = defaultdict(list)
    for one in found:
        by_source[one.source].append(one)
    return by_source


def _of_sources(
    session: Session, sources: Collection[str], statement: str, model: type[Model], **values: object
) -> list[Model]:
    session.bring(pa.table({"source": pa.array(sorted(set(sources)), pa.string())}))
    return session.models(statement, model, **values)


def _pairs(names: Sequence[str], rows: Collection[tuple[str | None, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True)
    return pa.table({name: pa.array(values, pa.string()) for name, values in zip(names, columns, strict=True)})
