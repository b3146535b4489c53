"""Runs of the four stages behind discovery, against a site of raw sockets, at times of our own."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.link import Link
from schemas.items.outcome import Reason
from schemas.runs.batch import Batch, Loaded
from schemas.sources.source import Source
from tasks.ingest.extract import extract
from tasks.ingest.fetch import fetch
from tasks.ingest.load import load
from tasks.ingest.validate import validate
from tasks.run.groups import Group
from tasks.run.kit import Kit


class Run(NamedTuple):
    """What a run extracted and loaded."""

    found: Batch[Article]
    loaded: Loaded

    @property
    def reasons(self) -> dict[str, Reason]:
        """How each URL ended, by host and path."""
        return {one.url.removeprefix("http://"): one.reason for one in self.loaded.outcomes}


def source_of(slug: str) -> Source:
    """A source whose host is `SLUG.test`."""
    home = f"http://{slug}.test/"
    return Source(slug=slug, name=slug.title(), homepage=home, language="en", country="gb", pace_s=0.0)


def run_at(kit: Kit, now: datetime, sources: Iterable[Source], places: Iterable[str]) -> Run:
    """A run at that time which fetches the places (host and path) and takes them to the warehouse."""
    its = replace(kit, run_id=f"run-{now:%d-%H%M}", now=now, clock=now.timestamp)
    group = Group(uuid4(), tuple(sources))
    links = tuple(
        Link(url=f"http://{place}", source=place.partition(".")[0], found_in="list", found_at=now) for place in places
    )
    pages = fetch(its, group, Batch(batch_id=group.batch_id, run_id=its.run_id, kept=links))
    found = extract(its, group, _fetched_at(pages, now))
    return Run(found, load(its, validate(found, {}, now, group.languages)))


def _fetched_at(pages: Batch[Capture], now: datetime) -> Batch[Capture]:
    """As a run at that time would have fetched them: the web has a clock of its own."""
    dated = {one.capture_id: one.model_copy(update={"fetched_at": now}) for one in pages.ledger.captures}
    ledger = pages.ledger.model_copy(update={"captures": tuple(dated.values())})
    return pages.model_copy(update={"kept": tuple(dated[one.capture_id] for one in pages.kept), "ledger": ledger})
