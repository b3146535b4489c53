"""Samples: articles, captures and batches of invented outlets, as the stages before the load make them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.items.article import Article, Completeness, Evidence, Origin, OutLink
from schemas.items.capture import Capture, WarcPointer
from schemas.items.finding import Finding, Severity
from schemas.items.link import Dated, EntryFacts, Link, Precision, UrlKind
from schemas.items.outcome import Outcome, Reason, Stage
from schemas.items.site_page import Block, Method, PageSight, Wrapper, WrapperState
from schemas.runs.batch import Batch, BatchLedger
from schemas.runs.ledger import FeedState, Quarantined, Request
from schemas.runs.run import Run, RunState

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ELEVEN = NOON - timedelta(hours=1)
FEED = "https://harbour.example/feed"


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def capture(url: str, at: datetime = NOON, run_id: str = "run-1", **changes: Any) -> Capture:
    """An article's capture; its entry is dated an hour before the fetch."""
    published = Dated(raw="…", at=at - hours(1), precision=Precision.SECOND)
    link = Link(
        url=url,
        source="harbour",
        found_in=FEED,
        found_at=at,
        entry=EntryFacts(title="Ferry", published=published),
    )
    fields = {
        "capture_id": uuid5(NAMESPACE_URL, f"{url} {at} {run_id}"),
        "run_id": run_id,
        "link": link,
        "final_url": url,
        "status": 200,
        "media_type": "text/html",
        "etag": f'"{at:%d-%H}"',
        "fetched_at": at,
        "elapsed_s": 0.25,
        "body_bytes": 4096,
        "warc": WarcPointer(file="2026/11/23/a.warc.gz", offset=0, length=900, digest="sha256:AAAA"),
    }
    return Capture(**fields | changes)


def article(of: Capture, text: str = "The ferry sails again.", **changes: Any) -> Article:
    """The article that a capture gave; its identity is its URL."""
    fields = {
        "article_id": uuid5(NAMESPACE_URL, of.url),
        "source": of.link.source,
        "url": of.url,
        "canonical_url": of.url,
        "title": "Ferry sails",
        "body": text,
        "authors": ("Ada Quay", "Bo Pier"),
        "published_at": of.fetched_at - hours(1),
        "published_precision": Precision.SECOND,
        "evidence": (
            Evidence(
                field="published_at",
                origin=Origin.FEED,
                raw="…",
                at=of.fetched_at - hours(1),
                precision=Precision.SECOND,
                chosen=True,
            ),
        ),
        "language": "en",
        "completeness": Completeness.FULL,
        "word_count": len(text.split()),
        "body_hash": sha256(text.encode()).hexdigest(),
        "extractor": "sample",
        "extractor_version": "1",
        "config_hash": "0",
        "capture_id": of.capture_id,
        "fetched_at": of.fetched_at,
        "links_out": (OutLink(url="https://harbour.example/timetable", text="timetable"),),
    }
    return Article(**fields | changes)


def urls(count: int, start: int = 0) -> list[str]:
    """So many URLs of articles."""
    return [f"https://harbour.example/{number:06}" for number in range(start, start + count)]


def batch(articles: Sequence[tuple[Article, Capture]], name: str = "batch-1", **changes: Any) -> Batch[Article]:
    """A batch of articles with their captures; `name` makes its id."""
    fields = {
        "batch_id": batch_id(name),
        "run_id": "run-1",
        "kept": tuple(one for one, _ in articles),
        "ledger": BatchLedger(captures=tuple(capture for _, capture in articles)),
    }
    return Batch[Article](**fields | changes)


def batch_of(
    addresses: Iterable[str],
    name: str = "batch-1",
    run_id: str = "run-1",
    at: datetime = NOON,
    text: str = "The ferry sails again.",
    published_at: datetime = ELEVEN,
) -> Batch[Article]:
    """A batch of one article for each URL."""
    captures = [capture(url, at, run_id) for url in addresses]
    return batch([(article(one, text, published_at=published_at), one) for one in captures], name, run_id=run_id)


def full_batch() -> Batch[Article]:
    """A batch with rows for every table: a feed with four due links, three loaded and one put aside."""
    feed = capture(
        FEED, link=Link(url=FEED, source="harbour", kind=UrlKind.FEED, found_in="source:harbour", found_at=NOON)
    )
    broken = capture("https://harbour.example/broken")
    plain = batch_of(urls(3))
    dropped = (
        outcome(FEED, Reason.OK, kind=UrlKind.FEED, stage=Stage.DISCOVER, found_in="source:harbour"),
        outcome(broken.url, Reason.RULE_BROKEN, stage=Stage.VALIDATE, detail="title:too_long"),
    )
    ledger = BatchLedger(
        captures=(feed, *plain.ledger.captures, broken),
        requests=(request(FEED, NOON), request(broken.url, NOON + timedelta(seconds=2))),
        feed_states=(feed_state(entries=4, entries_due=4),),
        quarantined=(quarantined(broken),),
        findings=(finding("harbour"), finding(None)),
        sights=(sight(plain.kept[0].capture_id),),
        wrappers=(wrapper(),),
    )
    return plain.model_copy(update={"dropped": dropped, "ledger": ledger})


def quarantined(of: Capture) -> Quarantined:
    """The record of a capture whose title was too long."""
    return Quarantined(
        run_id=of.run_id,
        source=of.link.source,
        url=of.url,
        capture_id=of.capture_id,
        rules=("title:too_long",),
        messages=("title is too long",),
        record="{}",
        at=NOON,
    )


def finding(source: str | None, run_id: str = "run-1") -> Finding:
    """A finding about a source, or about the whole batch."""
    message = "no article has a date"
    return Finding(run_id=run_id, source=source, code="undated", severity=Severity.WARNING, message=message, at=NOON)


def sight(capture_id: UUID, at: datetime = NOON, **changes: Any) -> PageSight:
    """What a page of one kept line showed."""
    block = Block(slot="p.text < div.story < main.", key="0f" * 8, chars=120, linked=0, kept=True)
    fields = {
        "run_id": "run-1",
        "source": "harbour",
        "article_id": uuid5(NAMESPACE_URL, str(capture_id)),
        "capture_id": capture_id,
        "seen_at": at,
        "container": "div.story",
        "covered": 1.0,
        "blocks": (block,),
        "road": Method.RULES,
    }
    return PageSight(**fields | changes)


def wrapper(state: WrapperState = WrapperState.TRIAL, at: datetime = NOON, **changes: Any) -> Wrapper:
    """A wrapper learned from ten pages."""
    fields = {
        "run_id": "run-1",
        "source": "harbour",
        "version": 1,
        "state": state,
        "at": at,
        "containers": ("div.story",),
        "text_slots": ("p.text < div.story < main.",),
        "other_slots": ("p.more < div.story < main.",),
        "pages": 10,
    }
    return Wrapper(**fields | changes)


def batch_id(name: str) -> UUID:
    """The id of the batch of that name."""
    return uuid5(NAMESPACE_URL, name)


def outcome(url: str, reason: Reason, run_id: str = "run-1", **changes: Any) -> Outcome:
    """A ledger row of an article's URL that ended before the load."""
    fields = {
        "run_id": run_id,
        "source": "harbour",
        "url": url,
        "kind": UrlKind.ARTICLE,
        "stage": Stage.FETCH,
        "reason": reason,
        "at": NOON,
        "found_in": FEED,
    }
    return Outcome(**fields | changes)


def request(url: str, sent_at: datetime, **changes: Any) -> Request:
    """A request for an article, owed two seconds of gap, answered in half a second."""
    fields = {
        "run_id": "run-1",
        "source": "harbour",
        "url": url,
        "host": "harbour.example",
        "domain": "harbour.example",
        "kind": UrlKind.ARTICLE,
        "attempt": 1,
        "sent_at": sent_at,
        "elapsed_s": 0.5,
        "pace_s": 2.0,
        "reason": Reason.OK,
    }
    return Request(**fields | changes)


def feed_state(at: datetime = NOON, **changes: Any) -> FeedState:
    """An observation of the feed."""
    fields = {
        "run_id": "run-1",
        "source": "harbour",
        "url": FEED,
        "kind": UrlKind.FEED,
        "at": at,
        "reason": Reason.OK,
        "etag": '"1"',
    }
    return FeedState(**fields | changes)


def run(run_id: str = "run-1", number_of_urls: int = 0) -> Run:
    """A run that took a minute."""
    return Run(
        run_id=run_id,
        flow="ingest",
        runner="direct",
        started_at=NOON,
        finished_at=NOON + timedelta(minutes=1),
        state=RunState.COMPLETED,
        sources=1,
        urls=number_of_urls,
    )
