"""Fetches every link of a batch, politely, and writes each response to the archive."""

import time
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from schemas.errors import DiskFullError
from schemas.history.known_urls import KnownUrl
from schemas.items.capture import Capture
from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Outcome, Reason, Refusal, Stage
from schemas.runs.batch import Batch, BatchLedger, pass_on
from schemas.sources.source import Source
from tasks.archive.segment import Segment
from tasks.politeness.politeness import PoliteClient
from tasks.politeness.reservations import reservations_of
from tasks.pure.polling.revisits import forms_of
from tasks.pure.urls.domains import registrable_domain
from tasks.run.groups import Group
from tasks.run.kit_parts import LedgerKit, ProgressKit, RunKit, SegmentKit, StopKit, WarehouseKit, WebKit
from tasks.run.obey_tombstones import obey_links
from warehouse.lookups.known_urls import known_urls

THREADS_AT_MOST = 32


class FetchKit(LedgerKit, ProgressKit, RunKit, SegmentKit, StopKit, WarehouseKit, WebKit, Protocol):
    """The equipment that a step of this file uses."""


def fetch(kit: FetchKit, group: Group, batch: Batch[Link]) -> Batch[Capture]:
    """The captures with a body to extract. One thread requests the URLs of a domain, in the batch's order; a slow
    domain delays no other. A response that is no page (304, 404 …) is captured too and becomes an outcome."""
    return _fetch(kit, group, batch, is_conditional=True)


def fetch_whole(kit: FetchKit, group: Group, batch: Batch[Link]) -> Batch[Capture]:
    """As `fetch`, without If-None-Match and If-Modified-Since: a person who asks for a page again doubts the answer
    that nothing changed."""
    return _fetch(kit, group, batch, is_conditional=False)


def _fetch(kit: FetchKit, group: Group, batch: Batch[Link], is_conditional: bool) -> Batch[Capture]:
    started = time.monotonic()
    batch = obey_links(kit, batch, Stage.FETCH)
    kit.progress.expect(Stage.FETCH, len(batch.kept))
    queues: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in batch.kept:
        queues[link.source, registrable_domain(link.url)].append(link)
    known = known_urls(kit.warehouse, forms_of(batch.kept))

    def fetched_of(slug: str) -> _Fetched:
        return _Fetched(group.source(slug), kit.polite_client(), known[slug], is_conditional)

    with (
        kit.segment(batch.batch_id, Stage.FETCH) as segment,
        ThreadPoolExecutor(max(1, min(len(queues), THREADS_AT_MOST))) as threads,
    ):
        all_fetched = list(
            threads.map(lambda key: _fetch_queue(kit, fetched_of(key[0]), queues[key], segment), queues)
        )
    ledger = BatchLedger(
        captures=tuple(capture for fetched in all_fetched for capture in fetched.captures),
        requests=tuple(request for fetched in all_fetched for request in fetched.client.requests()),
    )
    kept = tuple(capture for fetched in all_fetched for capture in fetched.kept)
    dropped = tuple(outcome for fetched in all_fetched for outcome in fetched.dropped)
    return pass_on(batch, kept, dropped, ledger, Stage.FETCH, time.monotonic() - started)


@dataclass
class _Fetched:
    """The results of one queue so far."""

    source: Source
    client: PoliteClient
    known: Mapping[str, KnownUrl]
    is_conditional: bool
    kept: list[Capture] = field(default_factory=list)
    dropped: list[Outcome] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    refusal: Refusal | None = None


def _fetch_queue(kit: FetchKit, fetched: _Fetched, links: list[Link], segment: Segment) -> _Fetched:
    for link in links:
        fetched.refusal = fetched.refusal or kit.stop_reason()
        if fetched.refusal:
            fetched.dropped.append(kit.end(link, Stage.FETCH, fetched.refusal))
        else:
            _fetch_link(kit, fetched, link, segment)
        kit.progress.advance(Stage.FETCH)
    for exchange in fetched.client.exchanges():
        fetched.captures += segment.write(exchange, kit.own_link(fetched.source, exchange.url, UrlKind.ROBOTS))
    return fetched


def _fetch_link(kit: FetchKit, fetched: _Fetched, link: Link, segment: Segment) -> None:
    known = fetched.known.get(link.url)
    validators = _validators(known) if fetched.is_conditional else {}
    exchange, attempts = fetched.client.get(fetched.source, link.url, UrlKind.ARTICLE, validators)
    reserved = reservations_of(fetched.client, fetched.source, exchange)
    try:
        captures = segment.write(exchange, link, attempts, reserved)
    except DiskFullError as error:
        fetched.refusal = Refusal(reason=Reason.DISK_FULL, detail=str(error))
        fetched.dropped.append(kit.end(link, Stage.FETCH, fetched.refusal, exchange, attempts))
        return
    fetched.captures += captures
    if exchange.reason is Reason.OK:
        fetched.kept.append(captures[-1])
        return
    refusal = Refusal(reason=exchange.reason, detail=exchange.detail)
    outcome = kit.end(link, Stage.FETCH, refusal, exchange, attempts, captures)
    met = {"article_id": known.article_id, "version": known.version} if known else {}
    fetched.dropped.append(outcome.model_copy(update=met))


def _validators(known: KnownUrl | None) -> dict[str, str]:
    if known is None or known.article_id is None:
        return {}
    validators = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in validators.items() if value}
