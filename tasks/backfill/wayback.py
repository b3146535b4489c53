"""Lists the captures that the Wayback Machine has of sources, and fetches them as captures of the original time."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Protocol

from schemas.items.capture import Capture
from schemas.items.link import Dated, EntryFacts, Link, Precision, UrlKind
from schemas.items.outcome import Outcome, Reason, Refusal, Stage
from schemas.runs.backfill_plan import BackfillOptions
from schemas.runs.batch import Batch, BatchLedger, pass_on
from schemas.sources.source import Source
from tasks.archive.segment import Segment
from tasks.politeness.politeness import PoliteClient
from tasks.pure.backfill.wayback_cdx import Memento, cdx_url, memento_url, months, read_cdx, stamp_of
from tasks.pure.urls.domains import registrable_domain
from tasks.run.groups import Group
from tasks.run.kit_parts import LedgerKit, ProgressKit, RunKit, SegmentKit, SettingsKit, StopKit, WebKit
from tasks.web.client import Exchange

FIRST = datetime(1996, 1, 1, tzinfo=UTC)
"""The Wayback Machine has nothing older."""


class WaybackKit(LedgerKit, ProgressKit, RunKit, SegmentKit, SettingsKit, StopKit, WebKit, Protocol):
    """The equipment that a step of this file uses."""


def list_mementos(kit: WaybackKit, group: Group, wanted: BackfillOptions) -> Batch[Link]:
    """The captures of the sources' domains, one a URL and month."""
    client = kit.polite_client()
    links: dict[tuple[str, str], Link] = {}
    outcomes: list[Outcome] = []
    captures: list[Capture] = []
    with kit.segment(group.batch_id, Stage.DISCOVER) as segment:
        for source in group.sources:
            for link, memento in _listed(kit, source, wanted, client, segment, outcomes, captures):
                links.setdefault((memento.url, memento.stamp[:6]), _link(source.slug, link.url, memento, kit.at()))
        captures += _robots(kit, group, client, segment)
    return Batch(
        batch_id=group.batch_id,
        run_id=kit.run_id,
        kept=tuple(links.values()),
        dropped=tuple(outcomes),
        ledger=BatchLedger(captures=tuple(captures), requests=client.requests()),
    )


def as_mementos(kit: WaybackKit, listed: Batch[Link]) -> Batch[Link]:
    """The links of a list as captures of the dates that the list gives; of now where it gives none. The Wayback
    Machine answers with the capture that is nearest in time."""
    links = {}
    for link in listed.kept:
        stated = link.entry.modified.at if link.entry.modified else None
        memento = Memento(f"{(stated or kit.at()).astimezone(UTC):%Y%m%d%H%M%S}", link.url)
        links[memento.url, memento.stamp[:6]] = _link(link.source, link.found_in, memento, kit.at())
    return listed.model_copy(update={"kept": tuple(links.values())})


def fetch_mementos(kit: WaybackKit, group: Group, batch: Batch[Link]) -> Batch[Capture]:
    """The captures of links that `list_mementos` returned, with the original URL and the time of the original
    capture, so that an old page becomes an old version of its article."""
    client = kit.polite_client()
    kept: list[Capture] = []
    dropped: list[Outcome] = []
    captures: list[Capture] = []
    kit.progress.expect(Stage.FETCH, len(batch.kept))
    with kit.segment(batch.batch_id, Stage.FETCH) as segment:
        for link in batch.kept:
            found = _fetched_memento(kit, group, link, client, segment)
            if isinstance(found, Outcome):
                dropped.append(found)
            else:
                kept.append(found)
                captures.append(found)
            kit.progress.advance(Stage.FETCH)
        captures += _robots(kit, group, client, segment)
    ledger = BatchLedger(captures=tuple(captures), requests=client.requests())
    return pass_on(batch, tuple(kept), tuple(dropped), ledger, Stage.FETCH, 0.0)


def _listed(
    kit: WaybackKit,
    source: Source,
    wanted: BackfillOptions,
    client: PoliteClient,
    segment: Segment,
    outcomes: list[Outcome],
    captures: list[Capture],
) -> Iterator[tuple[Link, Memento]]:
    domain = registrable_domain(source.homepage)
    for since, until in months(wanted.since or FIRST, wanted.until or kit.at()):
        key: str | None = None
        while True:
            url = cdx_url(kit.settings.wayback, domain, since, until, key)
            link = kit.own_link(source, url, UrlKind.SITEMAP)
            if refusal := kit.stop_reason():
                outcomes.append(kit.end(link, Stage.DISCOVER, refusal))
                return
            exchange, attempts = client.get(source, url, UrlKind.SITEMAP)
            kept = segment.write(exchange, link, attempts)
            captures += kept
            said = Refusal(reason=exchange.reason, detail=exchange.detail)
            page = read_cdx(exchange.body) if exchange.reason is Reason.OK else said
            verdict = page if isinstance(page, Refusal) else Refusal(reason=Reason.OK)
            outcomes.append(kit.end(link, Stage.DISCOVER, verdict, exchange, attempts, kept))
            if isinstance(page, Refusal):
                break
            yield from ((link, memento) for memento in page.mementos)
            key = page.resume_key
            if key is None:
                break


def _link(slug: str, found_in: str, memento: Memento, at: datetime) -> Link:
    """The entry's date is the time of the memento: the list has no other date of the page."""
    facts = EntryFacts(modified=Dated(raw=memento.stamp, at=memento.at, precision=Precision.SECOND))
    return Link(url=memento.url, source=slug, found_in=found_in, found_at=at, entry=facts)


def _fetched_memento(
    kit: WaybackKit, group: Group, link: Link, client: PoliteClient, segment: Segment
) -> Capture | Outcome:
    if refusal := kit.stop_reason():
        return kit.end(link, Stage.FETCH, refusal)
    assert link.entry.modified is not None
    url = memento_url(kit.settings.wayback, link.entry.modified.raw, link.url)
    exchange, attempts = client.get(group.source(link.source), url, UrlKind.ARTICLE)
    if exchange.reason is not Reason.OK:
        return kit.end(link, Stage.FETCH, Refusal(reason=exchange.reason, detail=exchange.detail), exchange, attempts)
    return segment.write(_original(exchange, link), link.model_copy(update={"entry": EntryFacts()}), attempts)[-1]


def _original(exchange: Exchange, link: Link) -> Exchange:
    """The exchange with the original URL, at the time of the memento to which the Wayback Machine redirected."""
    assert link.entry.modified is not None
    stamp = stamp_of(exchange.final_url) or link.entry.modified.raw
    at = Memento(stamp, link.url).at
    return exchange.model_copy(update={"url": link.url, "final_url": link.url, "sent_at": at, "hops": ()})


def _robots(kit: WaybackKit, group: Group, client: PoliteClient, segment: Segment) -> list[Capture]:
    return [
        capture
        for exchange in client.exchanges()
        for capture in segment.write(exchange, kit.own_link(group.sources[0], exchange.url, UrlKind.ROBOTS))
    ]
