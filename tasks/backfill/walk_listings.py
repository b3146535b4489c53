"""Walks the sitemaps of sources, or the older pages of their feeds, for links to pages of the wanted days."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from schemas.items.capture import Capture
from schemas.items.finding import Finding, Severity
from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Outcome, Reason, Refusal, Stage
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin
from schemas.runs.batch import Batch, BatchLedger
from schemas.sources.listing import Listed, Listing
from schemas.sources.source import Source
from tasks.archive.segment import Segment
from tasks.politeness.politeness import PoliteClient
from tasks.pure.http.headers import content_type
from tasks.pure.urls.dated_paths import overlaps, period_of
from tasks.run.groups import Group
from tasks.run.kit_parts import CageKit, LedgerKit, RunKit, SegmentKit, StopKit, WarehouseKit, WebKit
from tasks.run.obey_tombstones import names_forgotten
from tasks.web.client import Exchange
from tasks.web.exchange import without_body

THREADS_AT_MOST = 16
PLACES_AT_MOST = 5_000
"""Places of one source: fifteen years with a sitemap a day."""
DEPTH_AT_MOST = 3
A_DAY = timedelta(days=1)


class WalkKit(CageKit, LedgerKit, RunKit, SegmentKit, StopKit, WarehouseKit, WebKit, Protocol):
    """The equipment that a step of this file uses."""


@dataclass
class _Walk:
    """The links, outcomes and captures of one source so far."""

    source: Source
    client: PoliteClient
    links: dict[str, Link] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)

    def add_to_last_outcome(self, note: str) -> None:
        """Let the detail of the place that was asked last say the note too."""
        last = self.outcomes[-1]
        self.outcomes[-1] = last.model_copy(update={"detail": f"{last.detail}; {note}" if last.detail else note})


def walk_listings(kit: WalkKit, group: Group, wanted: BackfillOptions) -> Batch[Link]:
    """Links to pages of the wanted days, each URL once; an entry without a date counts as wanted. Every requested
    place has an outcome, and its response is in the archive. A source without any place becomes a finding."""
    with (
        kit.segment(group.batch_id, Stage.DISCOVER) as segment,
        ThreadPoolExecutor(max(1, min(len(group.sources), THREADS_AT_MOST))) as threads,
    ):
        walks = list(threads.map(lambda source: _walk_source(kit, source, wanted, segment), group.sources))
    return _gathered(kit, group.batch_id, walks, wanted.ground)


def _gathered(kit: WalkKit, batch_id: UUID, walks: Sequence[_Walk], ground: BackfillOrigin) -> Batch[Link]:
    return Batch(
        batch_id=batch_id,
        run_id=kit.run_id,
        kept=tuple(link for each in walks for link in each.links.values()),
        dropped=tuple(outcome for each in walks for outcome in each.outcomes),
        ledger=BatchLedger(
            captures=tuple(capture for each in walks for capture in each.captures),
            requests=tuple(request for each in walks for request in each.client.requests()),
            findings=tuple(_nowhere(kit, each.source, ground) for each in walks if not each.outcomes),
        ),
    )


def _nowhere(kit: WalkKit, source: Source, ground: BackfillOrigin) -> Finding:
    place = "its source file names" if ground is BackfillOrigin.FEEDS else "its source file and its robots.txt name"
    return Finding(
        run_id=kit.run_id,
        source=source.slug,
        code=f"no_{ground.value}",
        severity=Severity.NOTICE,
        message=f"{place} no {ground.value}: run `newsdesk sources discover {source.homepage}`",
        at=kit.at(),
    )


def _walk_source(kit: WalkKit, source: Source, wanted: BackfillOptions, segment: Segment) -> _Walk:
    this = _Walk(source, kit.polite_client())
    walk_places = _sitemaps if wanted.ground is BackfillOrigin.SITEMAPS else _feeds
    for link, entry in walk_places(kit, this, wanted, segment):
        this.links.setdefault(
            entry.url,
            Link(url=entry.url, source=source.slug, found_in=link.url, found_at=kit.at(), entry=entry.facts),
        )
    for exchange in this.client.exchanges():
        this.captures += segment.write(exchange, kit.own_link(source, exchange.url, UrlKind.ROBOTS))
    return this


def _sitemaps(kit: WalkKit, this: _Walk, wanted: BackfillOptions, segment: Segment) -> Iterator[tuple[Link, Listed]]:
    named = this.source.sitemaps or this.client.sitemaps(this.source, this.source.homepage)
    places = [(url, 0) for url in dict.fromkeys(named)]
    seen = {url for url, _ in places}
    for url, depth in places:
        link = kit.own_link(this.source, url, UrlKind.SITEMAP)
        listing, _ = _ask(kit, this, link, segment)
        if listing is None:
            continue
        yield from ((link, entry) for entry in listing.entries if is_wanted(entry, wanted))
        children = [child for child in wanted_children(listing, wanted) if child not in seen]
        asked = children[: PLACES_AT_MOST - len(seen)] if depth < DEPTH_AT_MOST else []
        seen.update(asked)
        places += [(child, depth + 1) for child in asked]
        if left := len(children) - len(asked):
            this.add_to_last_outcome(
                f"{left} of its sitemaps that may list wanted pages are not read: the limits are {PLACES_AT_MOST} "
                f"sitemaps of a source and {DEPTH_AT_MOST} levels of indexes; name fewer days or one of them as the "
                "source's sitemap"
            )


def _feeds(kit: WalkKit, this: _Walk, wanted: BackfillOptions, segment: Segment) -> Iterator[tuple[Link, Listed]]:
    """Each feed, then its older pages (RFC 5005) until all entries of one are before the wanted days."""
    seen: set[str] = set()
    for feed in this.source.feeds:
        url: str | None = feed
        while url and url not in seen and len(seen) < PLACES_AT_MOST:
            seen.add(url)
            link = kit.own_link(this.source, url, UrlKind.FEED)
            listing, exchange = _ask(kit, this, link, segment)
            if listing is None:
                break
            yield from ((link, entry) for entry in listing.entries if is_wanted(entry, wanted))
            is_past = bool(listing.entries) and all(_is_before(entry, wanted) for entry in listing.entries)
            url = None if is_past else _older(kit, exchange)


def is_wanted(entry: Listed, wanted: BackfillOptions) -> bool:
    """Whether the entry may be of a wanted day, by its date of publication, else by the date in its URL, else by the
    date of its last change. True where it has none of these."""
    published, modified = entry.facts.published, entry.facts.modified
    if published and published.at:
        return wanted.covers(published.at)
    period = period_of(entry.url)
    if period:
        return overlaps(period, wanted.since, wanted.until)
    return wanted.covers(modified.at if modified else None)


def wanted_children(listing: Listing, wanted: BackfillOptions) -> list[str]:
    """The sitemaps of an index that may list wanted pages, those whose URL has the wanted days first, else newest
    first: without those whose URL has other days, and those that last changed a day or more before the wanted time
    (many state the day of the change alone)."""
    found: list[tuple[bool, str]] = []
    for child, modified_at in zip(listing.children, listing.children_modified, strict=True):
        is_stale = wanted.since is not None and modified_at is not None and modified_at + A_DAY <= wanted.since
        period = period_of(child)
        if not is_stale and overlaps(period, wanted.since, wanted.until):
            found.append((period is None, child))
    return [child for _, child in sorted(found, key=lambda each: each[0])]


def _is_before(entry: Listed, wanted: BackfillOptions) -> bool:
    at = entry.facts.published.at if entry.facts.published else None
    return at is not None and wanted.since is not None and at < wanted.since


def _ask(kit: WalkKit, this: _Walk, link: Link, segment: Segment) -> tuple[Listing | None, Exchange | None]:
    if refusal := kit.stop_reason():
        this.outcomes.append(kit.end(link, Stage.DISCOVER, refusal))
        return None, None
    exchange, attempts = this.client.get(this.source, link.url, link.kind)
    answer: Listing | Refusal = Refusal(reason=exchange.reason, detail=exchange.detail)
    if exchange.reason is Reason.OK:
        answer = kit.cage.call(
            "tasks.pure.listings.read:read_listing",
            link.kind,
            exchange.body,
            exchange.final_url,
            content_type(exchange.headers)[1],
            this.source.time_zone,
            exchange.sent_at,
            0,
            this.source.language,
            this.source.country,
        )
    is_named = names_forgotten(kit, this.source.slug, answer)
    captures = segment.write(without_body(exchange) if is_named else exchange, link, attempts)
    this.captures += captures
    verdict = answer if isinstance(answer, Refusal) else Refusal(reason=Reason.OK)
    this.outcomes.append(kit.end(link, Stage.DISCOVER, verdict, exchange, attempts, captures))
    return (answer if isinstance(answer, Listing) else None), exchange


def _older(kit: WalkKit, exchange: Exchange | None) -> str | None:
    if exchange is None:
        return None
    page: str | Refusal | None = kit.cage.call(
        "tasks.pure.feeds.history:older_page", exchange.body, exchange.final_url
    )
    return page if isinstance(page, str) else None
