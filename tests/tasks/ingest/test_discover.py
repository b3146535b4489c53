"""Discovery over a warehouse that remembers: what a run did not get to, and what a breaker held back."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from schemas.items.article import Article
from schemas.items.link import Link
from schemas.items.outcome import Reason
from schemas.runs.batch import Batch, BatchLedger
from schemas.sources.source import Source
from tasks.ingest.discover import discover
from tasks.ingest.fetch import fetch
from tasks.pure.polling import index_children
from tasks.pure.polling.moved_feeds import BELIEVED_AFTER
from tasks.run.groups import Group
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tests.support.sites.raw_site import RawSite, Visit, answer, redirect
from tests.support.warehouse.loading import load_batch

FEED = "http://paper.test/feed"
NOW = datetime.now(UTC)
SOURCE = Source(
    slug="paper", name="Paper", homepage="http://paper.test/", language="en", country="gb", feeds=(FEED,), pace_s=0
)
LISTED = "".join(
    f"<item><title>About {name}</title><link>http://paper.test/{name}</link></item>" for name in ("a", "b", "c")
)


def feed(visit: Visit) -> None:
    """Three entries, and 304 to who has them."""
    body = f'<rss version="2.0"><channel><title>Paper</title>{LISTED}</channel></rss>'.encode()
    is_known = b"If-None-Match" in visit.request
    visit.send(b"HTTP/1.1 304 Not Modified\r\n\r\n" if is_known else answer(body, 'ETag: "1"'))


FORMER = {"sand%26gravel": "sand&gravel", "read?1423": "read?1423=", "?/2026/a": "?%2F2026%2Fa="}
BARE = "".join(
    f"<item><title>About {name}</title><link>http://paper.test/{name}</link></item>" for name in (*FORMER, "read?new")
)
INDEX = "".join(f"<sitemap><loc>http://paper.test/map-{n}.xml</loc></sitemap>" for n in range(8))


@pytest.fixture
def site() -> Iterator[RawSite]:
    index = answer(f"<sitemapindex>{INDEX}</sitemapindex>".encode())
    bare = answer(f"<rss><channel><title>Paper</title>{BARE}</channel></rss>".encode())
    with RawSite(
        {"/feed": feed, "/bare": bare, "/sitemap.xml": index, "*": answer(b"none", status="404 Not Found")}
    ) as opened:
        yield opened


@pytest.fixture
def kit(site: RawSite, tmp_path: Path) -> Iterator[Kit]:
    settings = site.settings("paper.test", home=tmp_path)
    with open_kit(settings, "run-1", NOW, "0", NoProgress(), threading.Event()) as opened:
        yield opened


def poll(kit: Kit) -> Batch[Link]:
    """One poll of the source."""
    return discover(kit, Group(uuid4(), (SOURCE,)))


def keep(kit: Kit, batch: Batch[Link]) -> None:
    """The links are asked for, and all that was gathered goes into the warehouse."""
    pages = fetch(kit, Group(batch.batch_id, (SOURCE,)), batch)
    fields = {name: getattr(pages, name) for name in ("batch_id", "run_id", "dropped", "ledger", "counts")}
    load_batch(kit.warehouse, Batch[Article](**fields), kit.at())


def later(kit: Kit, run_id: str, after: timedelta) -> Kit:
    """The kit of another run."""
    return replace(kit, run_id=run_id, now=NOW + after)


def test_a_feed_that_is_not_due_is_not_asked(kit: Kit, site: RawSite) -> None:
    keep(kit, poll(kit))
    site.asked.clear()
    batch = poll(later(kit, "run-2", timedelta(minutes=10)))
    assert (site.asked, batch.size(), batch.ledger.feed_states) == ([], 0, ())


def test_an_unchanged_feed_is_one_conditional_request(kit: Kit, site: RawSite) -> None:
    keep(kit, poll(kit))
    site.asked.clear()
    batch = poll(later(kit, "run-2", timedelta(hours=1)))
    assert site.asked == ["/feed"]
    assert [outcome.reason for outcome in batch.dropped] == [Reason.NOT_MODIFIED]


def test_a_run_whose_time_is_used_up_asks_nothing_and_says_so(kit: Kit, site: RawSite) -> None:
    batch = poll(replace(kit, ends_at=0.0))
    assert site.asked == []
    assert [(each.reason, each.detail) for each in batch.dropped] == [
        (Reason.INTERRUPTED, "the run's time is used up")
    ]


def test_links_that_a_run_had_no_time_for_are_found_again_with_all_that_the_feed_says(kit: Kit) -> None:
    keep(replace(kit, ends_at=0.0), poll(kit))
    batch = poll(later(kit, "run-2", timedelta(minutes=1)))
    assert [(link.url[-1], link.entry.title) for link in batch.kept] == [
        ("a", "About a"),
        ("b", "About b"),
        ("c", "About c"),
    ]


def test_links_that_were_got_to_are_not_asked_for_again(kit: Kit) -> None:
    keep(replace(kit, ends_at=0.0), poll(kit))
    second = later(kit, "run-2", timedelta(minutes=1))
    keep(second, poll(second))
    assert poll(later(kit, "run-3", timedelta(minutes=2))).size() == 0


def test_links_that_an_older_version_stored_under_another_form_are_known(kit: Kit) -> None:
    paper = SOURCE.model_copy(update={"feeds": ("http://paper.test/bare",)})
    first = discover(kit, Group(uuid4(), (paper,)))
    pages = fetch(kit, Group(first.batch_id, (paper,)), first)
    forms = {f"http://paper.test/{url}": f"http://paper.test/{form}" for url, form in FORMER.items()}
    dropped = tuple(
        outcome.model_copy(update={"canonical_form": forms.get(outcome.url)})
        for outcome in pages.dropped
        if not outcome.url.endswith("?new")
    )
    fields = {name: getattr(pages, name) for name in ("batch_id", "run_id", "counts")}
    ledger = BatchLedger(feed_states=first.ledger.feed_states)
    load_batch(kit.warehouse, Batch[Article](**fields, dropped=dropped, ledger=ledger), kit.at())

    second = discover(replace(later(kit, "run-2", timedelta(minutes=1)), poll_all=True), Group(uuid4(), (paper,)))

    assert [link.url for link in second.kept] == ["http://paper.test/read?new"]


def test_an_index_with_more_sitemaps_than_a_visit_asks_is_read_on_two_visits_and_says_so(
    kit: Kit, site: RawSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_children, "PLACES_AT_MOST", 6)
    mapped = SOURCE.model_copy(update={"feeds": (), "sitemaps": ("http://paper.test/sitemap.xml",)})
    asked: list[list[str]] = []
    details: list[str | None] = []
    for each in (kit, later(kit, "run-2", timedelta(hours=25))):
        before = len(site.asked)
        batch = discover(each, Group(uuid4(), (mapped,)))
        keep(each, batch)
        asked.append(sorted(path for path in site.asked[before:] if path.startswith("/map-")))
        details += [row.detail for row in batch.dropped if row.url.endswith("/sitemap.xml")]

    assert asked[0] == [f"/map-{n}.xml" for n in range(5)]
    assert set(asked[1]) >= {f"/map-{n}.xml" for n in range(5, 8)}
    assert details[0] == "asks 5 of its sitemaps on this visit, newest first; 3 are left for later visits"


def test_c12_a_feed_that_says_ten_times_that_it_moved_is_asked_there_while_it_answers(
    kit: Kit, site: RawSite
) -> None:
    site.pages |= {"/feed": redirect("/rss", "301 Moved Permanently"), "/rss": feed}
    told = []
    for day, polls in enumerate((BELIEVED_AFTER - 2, None, None, None, None, None)):
        if day == 4:
            site.pages["/rss"] = answer(b"", status="410 Gone")
        site.asked.clear()
        run = later(kit, f"run-{day}", timedelta(days=day))
        batch = poll(run)
        (state,) = batch.ledger.feed_states
        told.append((site.asked[-2:], [finding.code for finding in batch.ledger.findings]))
        state = state.model_copy(update={"moved_polls": polls or state.moved_polls})
        ledger = batch.ledger.model_copy(update={"feed_states": (state,)})
        load_batch(kit.warehouse, Batch[Article](**{**dict(batch), "kept": (), "ledger": ledger}), run.now)
        assert state.url == FEED

    through, there = ["/feed", "/rss"], ["/rss"]
    assert told == [(through, []), (through, []), (through, ["feed_moved"]), (there, []), (there, []), (through, [])]
