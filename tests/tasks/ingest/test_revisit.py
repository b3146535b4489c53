"""Articles are looked at again on the ladder, whatever their feed says: behind a 304, and when they left it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from schemas.items.article import Article
from schemas.items.link import Link
from schemas.items.outcome import Reason, Refusal, Stage, end_of
from schemas.runs.batch import Batch
from schemas.runs.lease import Running
from schemas.sources.source import Source
from tasks.ingest.discover import discover
from tasks.ingest.fetch import fetch
from tasks.ingest.revisit import revisit
from tasks.pure.polling.revisits import REVISITS_AT_MOST, rules_at
from tasks.run.groups import Group
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tests.support.sites.raw_site import RawSite, Visit, answer
from tests.support.warehouse.batch_samples import NOON, article, batch, batch_of, capture, hours
from tests.support.warehouse.loading import load_batch
from warehouse.lookups.known_urls import known_urls, revisits
from warehouse.tables.tables import TABLES

LOADED_AT = NOON
"""An hour after the article was published, so that the first rung has passed."""
HOST = "http://harbour.test"
URL = f"{HOST}/ferry"
SOURCE = Source(
    slug="harbour", name="H", homepage=f"{HOST}/", language="en", country="gb", feeds=(f"{HOST}/feed",), pace_s=0
)
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\n\r\n"


def listing(path: str) -> bytes:
    """A feed of one entry."""
    item = f"<item><title>O</title><link>{HOST}{path}</link></item>"
    body = f"<rss version='2.0'><channel><title>H</title>{item}</channel></rss>"
    return answer(body.encode(), 'ETag: "1"')


def feed(visit: Visit) -> None:
    """Lists another article than the one that is to be looked at again, and never changes."""
    visit.send(UNCHANGED if b"If-None-Match" in visit.request else listing("/other"))


def page(visit: Visit) -> None:
    """Not modified for those who know it."""
    visit.send(UNCHANGED if b"If-None-Match" in visit.request else answer(b"none", status="404 Not Found"))


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RawSite, Kit]]:
    with RawSite({}) as site:
        settings = site.settings("harbour.test", home=tmp_path_factory.mktemp("revisiting"))
        with open_kit(settings, "run-0", LOADED_AT, "0", NoProgress(), threading.Event()) as kit:
            yield site, kit


@pytest.fixture
def site(newsroom: tuple[RawSite, Kit]) -> RawSite:
    """The feed and the article's page, as they are at first."""
    newsroom[0].pages = {"/feed": feed, "*": page}
    return newsroom[0]


@pytest.fixture
def kit(newsroom: tuple[RawSite, Kit], site: RawSite) -> Iterator[Kit]:
    """A run at the time of the load; it has polled the feed."""
    kit = newsroom[1]
    load_batch(kit.warehouse, batch_of([URL]), LOADED_AT)
    run(kit, timedelta(0))
    site.asked.clear()
    yield kit
    full = [table.full_name for table in TABLES if table.name != "migrations"]
    kit.warehouse.write("empty", lambda session: session.script("; ".join(f"DELETE FROM {name}" for name in full)))


def run(kit: Kit, later: timedelta, find: Callable[[Kit, Group], Batch[Link]] = discover) -> list[Link]:
    """The links that a run so much later takes up; they are fetched, and the outcomes loaded."""
    now = LOADED_AT + later
    its = replace(kit, run_id=f"run {now}", now=now, clock=now.timestamp)
    group = Group(uuid4(), (SOURCE,))
    found = find(its, group)
    pages = fetch(its, group, found)
    fields = {name: getattr(pages, name) for name in ("batch_id", "run_id", "dropped", "ledger", "counts")}
    load_batch(its.warehouse, Batch[Article](**fields), now)
    return list(found.kept)


def test_an_article_that_left_its_feed_is_looked_at_on_each_rung_once(kit: Kit, site: RawSite) -> None:
    fresh = f"{HOST}/fresh"
    load_batch(kit.warehouse, batch_of([fresh], "b", "run-b", published_at=LOADED_AT - hours(0.5)), LOADED_AT)
    seen = {
        rung: [fresh in asked_at(kit, rung + each) for each in (-0.6, -0.4, -0.3)] for rung in (1, 6, 24, 72, 168)
    }

    assert seen == {rung: [False, True, False] for rung in (1, 6, 24, 72, 168)}
    assert asked_at(kit, 300) == []
    assert site.asked.count("/fresh") == 5


def asked_at(kit: Kit, later: float) -> list[str]:
    """The URLs that a run so many hours after the load takes up."""
    return [link.url for link in run(kit, hours(later))]


def test_its_link_says_what_the_warehouse_knows_and_its_request_shows_the_validator(kit: Kit, site: RawSite) -> None:
    (link,) = run(kit, hours(5.1))

    assert (link.entry.title, link.found_in, link.known_as) == ("Ferry", "https://harbour.example/feed", None)
    assert site.asked == ["/feed", "/ferry"]
    assert last_outcome(kit) == Reason.NOT_MODIFIED


def running(run_id: str) -> Running:
    """A run under way."""
    names = dict.fromkeys(("flow", "runner", "host", "machine", "process"), "x")
    return Running(run_id=run_id, **names, started_at=LOADED_AT, seen_at=LOADED_AT)


def last_outcome(kit: Kit) -> Reason:
    """How the last look at the article ended."""
    return known_urls(kit.warehouse, {("harbour", URL): URL})["harbour"][URL].last_reason


def test_a_look_that_failed_in_passing_is_tried_again_after_an_hour(kit: Kit, site: RawSite) -> None:
    site.pages["/ferry"] = b"nonsense\r\n\r\n"
    seen = [len(run(kit, hours(later))) for later in (5.1, 5.2, 6.2)]
    site.pages["/ferry"] = page
    seen += [len(run(kit, hours(later))) for later in (7.3, 8.4)]

    assert seen == [1, 0, 1, 1, 0]


def test_an_article_that_was_never_got_is_tried_again_on_the_ladder_though_its_feed_is_silent(
    kit: Kit, site: RawSite
) -> None:
    site.pages["/lost"] = b"nonsense\r\n\r\n"
    outcome = end_of(
        Link(url=f"{HOST}/lost", source="harbour", found_in=f"{HOST}/feed", found_at=LOADED_AT),
        "run-b",
        Stage.FETCH,
        Refusal(reason=Reason.TIMEOUT_READ),
        LOADED_AT,
    )
    load_batch(kit.warehouse, batch([], "b", run_id="run-b", dropped=(outcome,)), LOADED_AT)
    seen = [f"{HOST}/lost" in asked_at(kit, later) for later in (0.5, 1.1, 1.3, 6.1, 7, 24.1, 72.1, 168.1, 200)]
    assert seen == [False, True, False, True, False, True, True, True, False]


def test_an_article_that_was_got_at_last_is_tried_no_more(kit: Kit, site: RawSite) -> None:
    site.pages["/feed"] = listing("/late")
    site.pages["/late"] = b"nonsense\r\n\r\n"
    assert f"{HOST}/late" in asked_at(kit, 25)
    site.pages |= {"/feed": UNCHANGED, "/late": answer(b"none", status="404 Not Found")}
    seen = [f"{HOST}/late" in asked_at(kit, later) for later in (26.1, 31.1, 49.1)]
    assert (seen, site.asked.count("/late")) == ([True, False, False], 2)


def test_a_page_that_is_gone_is_asked_for_on_the_next_rung_only(kit: Kit, site: RawSite) -> None:
    site.pages["/ferry"] = answer(b"", status="410 Gone")

    assert [len(run(kit, hours(later))) for later in (5.1, 6.2, 23.1)] == [1, 0, 1]


def test_an_article_that_its_feed_lists_as_changed_is_asked_for_once(kit: Kit, site: RawSite) -> None:
    item = f"<item><title>F</title><link>{URL}</link><pubDate>Mon, 23 Nov 2026 13:00:00 GMT</pubDate></item>"
    site.pages["/feed"] = answer(f"<rss version='2.0'><channel><title>H</title>{item}</channel></rss>".encode())

    assert [(link.url, link.entry.title) for link in run(kit, hours(5.1))] == [(URL, "F")]
    assert site.asked.count("/ferry") == 1


def test_the_newest_200_of_a_source_go_first_and_the_others_next(kit: Kit) -> None:
    for number in range(3):
        at = LOADED_AT + timedelta(minutes=number)
        pages = [capture(f"{HOST}/{number}/{place}", at) for place in range(80)]
        load_batch(kit.warehouse, batch([(article(one), one) for one in pages], f"more-{number}"), at)

    owed = [revisits(kit.warehouse, [slug], rules_at(LOADED_AT + hours(5.1))) for slug in ("harbour", "other")]

    assert (len(owed[0]["harbour"]), len(owed[1])) == (REVISITS_AT_MOST, 0)
    assert [each.url[len(HOST) :][:3] for each in owed[0]["harbour"][::80]] == ["/2/", "/1/", "/0/"]


def test_the_revisit_flow_climbs_the_same_ladder_and_asks_no_feed(kit: Kit, site: RawSite) -> None:
    seen = [[link.url for link in run(kit, hours(later), revisit)] for later in (4.9, 5.1, 5.2, 23.1, 71.1)]

    assert seen == [[], [URL], [], [URL], [URL]]
    assert set(site.asked) == {"/ferry"}


def test_what_one_flow_looked_at_the_other_does_not(kit: Kit) -> None:
    assert [len(run(kit, hours(5.1), revisit)), len(run(kit, hours(5.2)))] == [1, 0]
    assert [len(run(kit, hours(23.1))), len(run(kit, hours(23.2), revisit))] == [1, 0]


def test_an_ingest_that_is_told_so_leaves_revisits_to_the_revisit_flow(kit: Kit) -> None:
    assert run(replace(kit, revisits=False), hours(5.1)) == []
    assert [link.url for link in run(kit, hours(5.2), revisit)] == [URL]


def test_what_a_run_under_way_looks_at_another_leaves_to_it(kit: Kit, site: RawSite) -> None:
    names = [f"run {LOADED_AT + hours(later)}" for later in (5.1, 5.2)]
    for name in names:
        kit.hot.begin_run(running(name))
    assert len(run(kit, hours(5.1), revisit)) == 1
    assert kit.hot.take_sources(names[1], "revisit", [SOURCE.slug]) == frozenset()
    assert (run(kit, hours(5.2), revisit), site.asked) == ([], ["/ferry"])
    for name in names:
        kit.hot.end_run(name)


def test_a_source_that_a_run_under_way_polls_another_does_not_ask(kit: Kit, site: RawSite) -> None:
    first, second = "other run", f"run {LOADED_AT + hours(5.1)}"
    for name in (first, second):
        kit.hot.begin_run(running(name))
    kit.hot.take_sources(first, "poll", [SOURCE.slug])
    assert (run(kit, hours(5.1)), site.asked) == ([], [])
    kit.hot.end_run(first)
    assert [link.url for link in run(kit, hours(5.1))] == [URL]
    kit.hot.end_run(second)
