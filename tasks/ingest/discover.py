"""Polls the feeds, sitemaps and sections of a group of sources, and returns the links that are due."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Protocol

from schemas.durations import seconds_of
from schemas.history.known_urls import Revisit
from schemas.items.capture import Capture
from schemas.items.finding import Finding
from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Outcome, Stage
from schemas.runs.batch import Batch, BatchLedger
from schemas.runs.ledger import FeedState
from schemas.runs.run import StageCount
from schemas.settings import Settings
from schemas.sources.listing import Listing
from schemas.sources.source import Source
from tasks.archive.segment import Segment
from tasks.cage.read_answer import read_answer
from tasks.politeness.foreign_links import foreign_links
from tasks.politeness.politeness import PoliteClient
from tasks.pure.http.caching import cached_s
from tasks.pure.polling import feed_state, hourly_rates, moved_feeds, validators
from tasks.pure.polling.choose_links import KnownLinks, Polled, choose, strangers, with_trust
from tasks.pure.polling.index_children import Visit, with_note
from tasks.pure.polling.next_polls import Appeared
from tasks.pure.polling.revisits import forms_of, of_same_form, rules_at
from tasks.pure.polling.schedule import is_due
from tasks.pure.sources.places import needs_robots, places_of
from tasks.run.groups import Group
from tasks.run.kit_parts import (
    CageKit,
    HotKit,
    LedgerKit,
    PollKit,
    ProgressKit,
    RunKit,
    SegmentKit,
    SettingsKit,
    StopKit,
    WarehouseKit,
    WebKit,
)
from tasks.run.obey_tombstones import left_alone, names_forgotten, unmet
from tasks.web.exchange import without_body
from warehouse.lookups.known_urls import (
    feed_states,
    known_guids,
    known_urls,
    new_entries,
    revisits,
    unfinished_feeds,
)
from warehouse.lookups.tombstones import resting

THREADS_AT_MOST = 32
"""Threads of one group; `fetch_threads` groups run at once."""
LEFT_OVER_FOR = timedelta(days=7)
"""Time during which a feed with links that a run left over is requested without validators."""


class DiscoverKit(
    CageKit,
    HotKit,
    LedgerKit,
    PollKit,
    ProgressKit,
    RunKit,
    SegmentKit,
    SettingsKit,
    StopKit,
    WarehouseKit,
    WebKit,
    Protocol,
):
    """The equipment that a step of this file uses."""


def discover(kit: DiscoverKit, group: Group) -> Batch[Link]:
    """The due links of the group's sources, newest first within a source. Every requested place has an outcome and a
    feed state in the batch's ledger, and every dropped link has an outcome. A place that is not due, whose source
    another run polls now, or whose source was forgotten, is not requested and has no outcome."""
    started = time.monotonic()
    opened = _open_polls(kit, group)
    with (
        kit.segment(group.batch_id, Stage.DISCOVER) as segment,
        ThreadPoolExecutor(min(len(opened) or 1, THREADS_AT_MOST)) as threads,
    ):
        gathered = list(threads.map(lambda poll: _poll_source(kit, poll, segment), opened))
        _leave_alone(kit, gathered)
        recalled = _recall(kit, gathered)
        list(threads.map(lambda poll, known: _choose(kit, poll, known, segment), gathered, recalled))
    links = tuple(link for poll in gathered for link in poll.due)
    dropped = tuple(outcome for poll in gathered for outcome in poll.outcomes)
    ledger = sum((poll.ledger() for poll in gathered), BatchLedger())
    count = StageCount(
        stage=Stage.DISCOVER,
        taken=len(links) + len(dropped),
        kept=len(links),
        dropped=len(dropped),
        seconds=time.monotonic() - started,
    )
    return Batch(
        batch_id=group.batch_id, run_id=kit.run_id, kept=links, dropped=dropped, ledger=ledger, counts=(count,)
    )


def _open_polls(kit: DiscoverKit, group: Group) -> list["_Poll"]:
    """One poll for each source, with the stored state of its places: one look-up for the whole group."""
    forgotten = resting(kit.warehouse)
    slugs = [source.slug for source in group.sources if source.slug not in forgotten.sources]
    mine = kit.hot.take_sources(kit.run_id, "poll", slugs)
    states = feed_states(kit.warehouse, slugs, kit.now)
    unfinished = unfinished_feeds(kit.warehouse, slugs, kit.now - LEFT_OVER_FOR) if states else {}
    looked_at = kit.hot.take_sources(kit.run_id, "revisit", mine) if states and kit.revisits else ()
    again = revisits(kit.warehouse, looked_at, rules_at(kit.now)) if looked_at else {}
    return [
        _Poll(
            source,
            kit.polite_client(),
            states.get(source.slug, {}),
            frozenset(unfinished.get(source.slug, ())),
            again.get(source.slug, ()),
            forgotten.is_obeying,
        )
        for source in group.sources
        if source.slug in mine
    ]


@dataclass
class _Poll:
    """The results of polling one source so far. `unfinished`: feeds with links that the last run left over; only the
    feed has their entries' facts, so it is requested without validators. `revisits`: articles due for another
    look. `is_obeying`: something was forgotten once, so links are looked up among the tombstones."""

    source: Source
    client: PoliteClient
    states: Mapping[str, FeedState]
    unfinished: frozenset[str]
    revisits: Sequence[Revisit]
    is_obeying: bool = False
    found: list[Link] = field(default_factory=list)
    due: list[Link] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    observed: dict[str, FeedState] = field(default_factory=dict)

    def ledger(self) -> BatchLedger:
        return BatchLedger(
            captures=tuple(self.captures),
            requests=self.client.requests(),
            feed_states=tuple(self.observed.values()),
            findings=tuple(self.findings),
            closings=tuple(
                closing
                for url, state in self.observed.items()
                for closing in validators.closings(self.states.get(url), state, "ingest")
            ),
        )

    def polled(self, settings: Settings, appeared: Appeared) -> Polled:
        """What is decided by, with the new entries of earlier polls."""
        stated = self.source.fresh_within or settings.fresh_within
        return Polled(
            source=self.source,
            before=self.states,
            observed=self.observed,
            found=self.found,
            revisits=self.revisits,
            appeared=appeared,
            stated_s=seconds_of(stated) if stated else None,
            pace_s=max(self.source.pace_s, settings.pace_floor_s),
        )

    def wants(self, kit: DiscoverKit, url: str) -> bool:
        """Whether the run requests the place."""
        return kit.poll_all or url in self.unfinished or is_due(self.states.get(url), kit.now)


def _poll_source(kit: DiscoverKit, poll: _Poll, segment: Segment) -> _Poll:
    source = poll.source
    named = poll.client.sitemaps(source, source.homepage) if needs_robots(source) else ()
    places = [feed_state.Asked(place.url, place.kind) for place in places_of(source, named)]
    visit = Visit(poll.states, partial(poll.wants, kit), {place.url for place in places}, len(places))
    kit.progress.expect(Stage.DISCOVER, len(places))
    for place in places:
        is_wanted = poll.wants(kit, place.url)
        for child in (
            _poll_place(kit, poll, place, segment, visit)
            if is_wanted
            else visit.take(place.depth, visit.known(place.url)).urls
        ):
            places.append(feed_state.Asked(child, UrlKind.SITEMAP, place.depth + 1, place.url))
            kit.progress.expect(Stage.DISCOVER, 1)
        kit.progress.advance(Stage.DISCOVER)
    _keep_robots(kit, poll, segment)
    return poll


def _keep_robots(kit: DiscoverKit, poll: _Poll, segment: Segment) -> None:
    for exchange in poll.client.exchanges():
        poll.captures += segment.write(exchange, kit.own_link(poll.source, exchange.url, UrlKind.ROBOTS))


def _poll_place(
    kit: DiscoverKit, poll: _Poll, place: feed_state.Asked, segment: Segment, visit: Visit
) -> tuple[str, ...]:
    """Request one feed, sitemap or section; returns the child sitemaps to look at on this visit."""
    before = poll.states.get(place.url)
    link = kit.own_link(poll.source, place.url, place.kind)
    if refusal := kit.stop_reason():
        poll.outcomes.append(kit.end(link, Stage.DISCOVER, refusal))
        return ()
    headers = {} if place.url in poll.unfinished else validators.conditional_headers(before, kit.now)
    asked = moved_feeds.address_of(place.url, before, poll.source)
    exchange, attempts = poll.client.get(poll.source, asked, place.kind, headers)
    listing = read_answer(kit.cage, poll.source, place.kind, exchange, before.entries_last if before else 0)
    is_named = poll.is_obeying and names_forgotten(kit, poll.source.slug, listing)
    captures = segment.write(without_body(exchange) if is_named else exchange, link, attempts)
    poll.captures += captures
    children = visit.take(place.depth, listing.children if isinstance(listing, Listing) else visit.known(place.url))
    if isinstance(listing, Listing):
        listing = listing.model_copy(update={"entries_dropped": listing.entries_dropped + children.left})
    digest = hashlib.sha256(exchange.body).hexdigest() if exchange.body else None
    answer = feed_state.PlaceAnswer(
        run_id=kit.run_id,
        source=poll.source.slug,
        url=place.url,
        kind=place.kind,
        at=exchange.sent_at,
        verdict=with_note(feed_state.refused(listing, exchange.reason, digest, before), children.note),
        listing=listing,
        captures=captures,
        digest=digest,
        named_by=place.named_by,
        not_before=exchange.not_before,
        cached_s=cached_s(exchange.headers, exchange.sent_at),
    )
    target = moved_feeds.moved_to([(hop.url, hop.status) for hop in exchange.hops], exchange.final_url)
    poll.observed[place.url] = moved_feeds.noted(feed_state.next_state(before, answer), before, asked, target)
    poll.outcomes.append(kit.end(link, Stage.DISCOVER, answer.verdict, exchange, attempts, captures))
    poll.found += [
        Link(url=e.url, source=poll.source.slug, found_in=place.url, found_at=exchange.sent_at, entry=e.facts)
        for e in (listing.entries if isinstance(listing, Listing) else ())
    ]
    return children.urls


def _leave_alone(kit: DiscoverKit, gathered: Sequence[_Poll]) -> None:
    """Take the links to pages that were forgotten out of what was found."""
    found = [link for poll in gathered for link in poll.found if poll.is_obeying]
    why = left_alone(kit, found) if found else {}
    for poll in gathered if why else ():
        poll.outcomes += unmet(kit, poll.found, why, Stage.DISCOVER)
        poll.found = [link for link in poll.found if (link.source, link.url) not in why]


def _recall(kit: DiscoverKit, gathered: Sequence[_Poll]) -> list[tuple[Polled, KnownLinks]]:
    """The links of each poll, and what the warehouse knows of them. A source without any stored feed state is new:
    nothing is looked up for it."""
    found = [link for poll in gathered if poll.states for link in poll.found]
    urls, said = forms_of(found), {(link.source, link.entry.guid) for link in found if link.entry.guid}
    stated = known_guids(kit.warehouse, said, urls)
    answered = [(poll.source.slug, url) for poll in gathered if poll.states for url in poll.observed]
    appeared = new_entries(kit.warehouse, answered, kit.now - hourly_rates.LEARNT_FROM)
    judged = [
        with_trust(poll.polled(kit.settings, appeared[poll.source.slug]), stated[poll.source.slug])
        for poll in gathered
    ]
    known = known_urls(kit.warehouse, urls | forms_of(each for _, memory in judged for each in memory))
    return [(polled, KnownLinks(memory, of_same_form(known[polled.source.slug]))) for polled, memory in judged]


def _choose(kit: DiscoverKit, poll: _Poll, known: tuple[Polled, KnownLinks], segment: Segment) -> None:
    """Choose the due links of the source; refused links become outcomes."""
    polled, memory = known
    maps = {url: state.named_by for url, state in poll.observed.items()}
    foreign = foreign_links(poll.client, poll.source, strangers(polled, memory), maps)
    choice = choose(polled, memory, kit.now, foreign)
    poll.due += choice.due
    poll.outcomes += [kit.end(link, Stage.DISCOVER, refusal) for link, refusal in choice.refused]
    poll.findings += choice.findings
    poll.observed = choice.observed
    _keep_robots(kit, poll, segment)
