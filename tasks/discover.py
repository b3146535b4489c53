"""Discover: poll the feeds and sitemaps of a group of sources and yield the links that are due."""

import hashlib
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from schemas.batch import Batch, Papers
from schemas.capture import Capture
from schemas.link import Link, UrlKind
from schemas.listing import Listing
from schemas.outcome import Outcome, Reason, Refusal, Stage
from schemas.run import FeedState, StageCount
from schemas.source import Source
from tasks.courtesy import Courtesy
from tasks.kit import Group, Kit
from tasks.pure.polls import conditional_headers, next_state, refused
from tasks.pure.revisits import due_links, fold
from tasks.warc import Segment
from tasks.web import Exchange
from warehouse.known import feed_states, known_urls

DEPTH_AT_MOST = 3
CHILDREN_AT_MOST = 500
"""HOSTILE_SITE F01: depth and children of sitemap indexes."""
READERS = {UrlKind.FEED: "tasks.pure.feeds:read_feed", UrlKind.SITEMAP: "tasks.pure.sitemaps:read_sitemap"}


def discover(kit: Kit, group: Group) -> Batch[Link]:
    """The due links of the group's sources, newest first a source. Every feed and sitemap that was
    asked for has an outcome and a state among the papers; so has every link that will not go on."""
    started = time.monotonic()
    with kit.segment(group.batch_id, Stage.DISCOVER) as segment, ThreadPoolExecutor(len(group.sources)) as threads:
        polls = list(threads.map(lambda source: _poll_source(kit, source, segment), group.sources))
    links = tuple(link for poll in polls for link in poll.due)
    dropped = tuple(outcome for poll in polls for outcome in poll.outcomes)
    papers = sum((poll.papers() for poll in polls), Papers())
    count = StageCount(
        stage=Stage.DISCOVER,
        taken=len(links) + len(dropped),
        kept=len(links),
        dropped=len(dropped),
        seconds=time.monotonic() - started,
    )
    return Batch(
        batch_id=group.batch_id, run_id=kit.run_id, kept=links, dropped=dropped, papers=papers, counts=(count,)
    )


@dataclass
class _Poll:
    """What polling one source has gathered so far."""

    source: Source
    courtesy: Courtesy
    states: Mapping[str, FeedState]
    found: list[Link] = field(default_factory=list)
    due: list[Link] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    observed: dict[str, FeedState] = field(default_factory=dict)

    def papers(self) -> Papers:
        return Papers(
            captures=tuple(self.captures),
            requests=self.courtesy.requests(),
            feed_states=tuple(self.observed.values()),
        )


def _poll_source(kit: Kit, source: Source, segment: Segment) -> _Poll:
    poll = _Poll(source, kit.courtesy(), feed_states(kit.warehouse, source.slug))
    places = [(url, UrlKind.FEED, 0) for url in source.feeds] + [(url, UrlKind.SITEMAP, 0) for url in source.sitemaps]
    seen = {url for url, _, _ in places}
    kit.progress.expect(Stage.DISCOVER, len(places))
    for url, kind, depth in places:
        for child in _poll_place(kit, poll, url, kind, segment):
            if child not in seen and depth < DEPTH_AT_MOST and len(seen) < CHILDREN_AT_MOST:
                seen.add(child)
                places.append((child, UrlKind.SITEMAP, depth + 1))
                kit.progress.expect(Stage.DISCOVER, 1)
        kit.progress.advance(Stage.DISCOVER)
    _choose(kit, poll)
    for exchange in poll.courtesy.exchanges():
        poll.captures += segment.write(exchange, kit.own_link(source, exchange.url, UrlKind.ROBOTS))
    return poll


def _poll_place(kit: Kit, poll: _Poll, url: str, kind: UrlKind, segment: Segment) -> tuple[str, ...]:
    """Ask for one feed or sitemap; returns the child sitemaps that it names."""
    before = poll.states.get(url)
    place = kit.own_link(poll.source, url, kind)
    if kit.stop.is_set():
        poll.outcomes.append(kit.end(place, Stage.DISCOVER, Refusal(reason=Reason.INTERRUPTED)))
        return ()
    exchange, attempts = poll.courtesy.get(poll.source, url, kind, conditional_headers(before, kit.now))
    captures = segment.write(exchange, place, attempts)
    poll.captures += captures
    listing = _read(kit, poll.source, exchange, kind, captures)
    digest = hashlib.sha256(exchange.body).hexdigest() if exchange.body else None
    verdict = refused(listing, exchange.reason, digest, before)
    poll.observed[url] = next_state(
        before, kit.run_id, poll.source.slug, url, kind, exchange.sent_at, verdict, captures, digest, listing
    )
    poll.outcomes.append(kit.end(place, Stage.DISCOVER, verdict, exchange, attempts, captures))
    if not isinstance(listing, Listing):
        return ()
    poll.found += [
        Link(url=e.url, source=poll.source.slug, found_in=url, found_at=exchange.sent_at, entry=e.facts)
        for e in listing.entries
    ]
    return listing.children


def _read(
    kit: Kit, source: Source, exchange: Exchange, kind: UrlKind, captures: tuple[Capture, ...]
) -> Listing | Refusal:
    if exchange.reason is not Reason.OK:
        return Refusal(reason=exchange.reason, detail=exchange.detail)
    charset = (captures[-1].charset,) if kind is UrlKind.FEED else ()
    listing: Listing | Refusal = kit.cage.call(
        READERS[kind], exchange.body, exchange.final_url, *charset, source.time_zone
    )
    return listing


def _choose(kit: Kit, poll: _Poll) -> None:
    """Split what was found into due, known and other spellings, and count each at its feed."""
    links, others = fold(poll.found)
    known = known_urls(kit.warehouse, poll.source.slug, [link.url for link in poll.found])
    due, _, over = due_links(links, known, kit.now)
    poll.due += due
    fresh = [(link, kept) for link, kept in others if link.url not in known]
    for link, kept in fresh:
        twin = Refusal(reason=Reason.DUPLICATE, detail=f"another spelling of {kept.url}")
        poll.outcomes.append(kit.end(link, Stage.DISCOVER, twin))
    for url, state in poll.observed.items():
        taken = sum(link.found_in == url for link in [*due, *(link for link, _ in fresh)])
        left = sum(link.found_in == url for link in over)
        counts = {
            "entries_due": taken,
            "entries_dropped": state.entries_dropped + left,
            "entries_known": state.entries - taken - left,
        }
        poll.observed[url] = state.model_copy(update=counts)
