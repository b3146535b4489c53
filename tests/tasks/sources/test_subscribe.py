"""Subscribing at a hub: what is sent, and what its answer means."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest

from schemas.items.outcome import Reason, Refusal
from schemas.sources.source import Source
from tasks.pure.feeds.websub import request_form, subscription_of
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tasks.sources.subscribe import subscribe
from tests.support.sites.raw_site import LIMITS, RawSite, Visit, answer, free_turn, redirect
from warehouse.hot.state import RobotsEntry

FEED, HUB, CALLBACK, SECRET = "http://paper.test/feed", "http://hub.test/", "https://desk.example/push", "master"
RSS = """<rss version="2.0"><channel><title>The Paper</title>HUB<item><title>Harbour wall</title>
<link>http://paper.test/1</link><pubDate>Mon, 23 Nov 2026 08:00:00 +0000</pubDate></item></channel></rss>"""
PAPER = Source(
    slug="paper", name="Paper", homepage="http://paper.test/", language="en", country="gb", feeds=(FEED,), pace_s=0
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    with RawSite({}) as nowhere:
        settings = nowhere.settings(home=tmp_path_factory.mktemp("websub"), disk_floor_mb=0)
    with open_kit(
        settings, "probe", datetime(2026, 11, 23, tzinfo=UTC), "0.1", NoProgress(), threading.Event()
    ) as kit:
        yield kit


def asked(base: Kit, said: bytes, url: str = HUB) -> tuple[Refusal | None, list[str]]:
    def hub(visit: Visit) -> None:
        visit.receive_body()
        visit.send(said)

    feed = RSS.replace("HUB", f'<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="{url}"/>')
    with RawSite({"hub.test/": hub, "paper.test/feed": answer(feed.encode())}) as site:
        base.hot.keep_robots("http://paper.test", RobotsEntry(0.0, 9e9, "allow"))
        base.hot.keep_robots("http://hub.test", RobotsEntry(0.0, 9e9, "rules", b"User-agent: *\nDisallow: /no"))
        kit = replace(base, web=site.web("hub.test", "paper.test"))
        return subscribe(kit, PAPER, FEED, CALLBACK, SECRET).refusal, site.asked


@pytest.mark.parametrize("status", ["202 Accepted", "204 No Content", "200 OK"])
def test_a_hub_that_accepts_is_a_success(base: Kit, status: str) -> None:
    assert asked(base, answer(b"", status=status)) == (None, ["/feed", "/"])


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (answer(b"unknown topic", status="422 No"), Reason.HTTP_ERROR),
        (answer(b"", status="503 No"), Reason.HTTP_ERROR),
        (redirect("http://127.0.0.2:1/"), Reason.REDIRECT_LIMIT),
        (b"nonsense\r\n\r\n", Reason.BAD_HTTP),
    ],
)
def test_a_hub_that_does_not_says_why(base: Kit, said: bytes, reason: Reason) -> None:
    refusal, paths = asked(base, said)

    assert refusal is not None
    assert (refusal.reason, paths) == (reason, ["/feed", "/"])


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:1/", Reason.BLOCKED_ADDRESS),
        ("http://hub.test/no", Reason.ROBOTS_DENIED),
    ],
)
def test_a_hub_is_guarded_and_asked_like_any_other_site(base: Kit, url: str, reason: Reason) -> None:
    refusal, paths = asked(base, answer(b"", status="202 Accepted"), url)

    assert refusal is not None
    assert (refusal.reason, paths) == (reason, ["/feed"])


def test_a_feed_without_a_hub_is_only_polled(base: Kit) -> None:
    base.hot.keep_robots("http://paper.test", RobotsEntry(0.0, 9e9, "allow"))
    with RawSite({"/feed": answer(RSS.replace("HUB", "").encode())}) as site:
        done = subscribe(replace(base, web=site.web("paper.test")), PAPER, FEED, CALLBACK, SECRET)

    assert (done.hub, done.refusal) == (None, Refusal(reason=Reason.WRONG_TYPE, detail="the feed names no hub"))


def test_the_form_arrives_whole() -> None:
    arrived: list[tuple[bytes, bytes]] = []

    def hub(visit: Visit) -> None:
        arrived.append((visit.request, visit.receive_body()))
        visit.send(answer(b"", status="202 Accepted"))

    form = request_form(subscription_of(f"{FEED}?a=1&b=ü", CALLBACK, SECRET))
    with RawSite({"/": hub}) as site:
        exchange = site.web("hub.test").post(HUB, form, LIMITS, free_turn)
    ((head, body),) = arrived

    assert exchange.status == 202
    assert head.startswith(b"POST / HTTP/1.1\r\n")
    assert dict(parse_qsl(body.decode())) == form
