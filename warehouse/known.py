"""What the warehouse remembers of URLs and feeds, for discovery."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

import pyarrow as pa
from pydantic import BaseModel

from schemas.known import CanonicalClaim, KnownGuid, KnownUrl, LeftOver
from schemas.run import FeedState
from warehouse.connection import Session, Warehouse

Model = TypeVar("Model", bound=BaseModel)


def known_urls(warehouse: Warehouse, source: str, urls: Sequence[str]) -> dict[str, KnownUrl]:
    """Those of `urls` that `source` has had an outcome for, by URL as found."""
    if not urls:
        return {}

    def work(session: Session) -> list[KnownUrl]:
        session.bring(pa.table({"url": pa.array(sorted(set(urls)), pa.string())}))
        return session.models("select_known_urls", KnownUrl, source=source)

    return {known.url: known for known in warehouse.look(work, f"looking up URLs of {source!r}")}


def feed_states(warehouse: Warehouse, sources: Collection[str]) -> Mapping[str, dict[str, FeedState]]:
    """The latest observation of each place of the sources, by source and URL; a source without any: none."""
    work = partial(_of_sources, sources=sources, statement="select_feed_states", model=FeedState)
    by_source: dict[str, dict[str, FeedState]] = defaultdict(dict)
    for state in warehouse.look(work, "looking up feeds"):
        by_source[state.source][state.url] = state
    return by_source


def unfinished_feeds(warehouse: Warehouse, sources: Collection[str], since: datetime) -> Mapping[str, set[str]]:
    """By source, its feeds some of whose links were taken up since then and never got to."""
    work = partial(_of_sources, sources=sources, statement="select_unfinished_feeds", model=LeftOver, since=since)
    by_source: dict[str, set[str]] = defaultdict(set)
    for left in warehouse.look(work, "looking up what was left over"):
        by_source[left.source].add(left.found_in)
    return by_source


def known_guids(warehouse: Warehouse, source: str, guids: Sequence[str], urls: Sequence[str]) -> list[KnownGuid]:
    """What the feeds of `source` said of captured pages that share one of the GUIDs or URLs, oldest first."""
    schema = pa.schema([("guid", pa.string()), ("url", pa.string())])
    pairs = [{"guid": guid, "url": None} for guid in set(guids)] + [{"guid": None, "url": url} for url in set(urls)]

    def work(session: Session) -> list[KnownGuid]:
        session.bring(pa.Table.from_pylist(pairs, schema=schema))
        return session.models("select_known_guids", KnownGuid, source=source)

    return warehouse.look(work, f"looking up GUIDs of {source!r}")


def canonical_claims(warehouse: Warehouse, source: str, canonical_urls: Sequence[str]) -> list[CanonicalClaim]:
    """The pages and texts of `source` that made versions of the articles at these canonical URLs."""

    def work(session: Session) -> list[CanonicalClaim]:
        session.bring(pa.table({"canonical_url": pa.array(sorted(set(canonical_urls)), pa.string())}))
        return session.models("select_canonical_claims", CanonicalClaim, source=source)

    return warehouse.look(work, f"looking up articles of {source!r}")


def _of_sources(
    session: Session, sources: Collection[str], statement: str, model: type[Model], **values: object
) -> list[Model]:
    session.bring(pa.table({"source": pa.array(sorted(set(sources)), pa.string())}))
    return session.models(statement, model, **values)
