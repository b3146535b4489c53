"""Politeness: turns, robots.txt, pauses and retries, proved by the ledger and by what the site saw."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.sources.source import Source
from tasks.politeness.politeness import PoliteClient
from tasks.pure.http.retries_and_pauses import ATTEMPTS_AT_MOST
from tasks.web.client import AddressPolicy, Web
from tests.support.sites.raw_site import AGENT, Behaviour, RawSite, Visit, answer, redirect
from warehouse.hot.state import LEASE_S, HotState

SOURCE = Source(slug="one", name="One", homepage="https://one.test/", language="en", country="gb", pace_s=0.0)
FAST = {"connect_timeout_s": 0.5, "read_timeout_s": 0.5, "feed_deadline_s": 1.5, "article_deadline_s": 1.9}
PAGE = answer(b"<html>page</html>")
RULES = answer(b"User-agent: newsdesk\nDisallow: /private\nSitemap: /s.xml")
START = 1_800_000_000.0


class Clock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = START
        self.waits: list[float] = []

    def __call__(self) -> float:
        """The instant, epoch seconds."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Takes no time, and all of it."""
        self.waits.append(seconds)
        self.now += seconds


@contextmanager
def polite_client_to(
    folder: Path, pages: Mapping[str, Behaviour], *names: str, **more: object
) -> Iterator[tuple[RawSite, PoliteClient, Clock]]:
    """A site, and a polite client for it with a clock of its own."""
    clock = Clock()
    with RawSite(pages) as site:
        names = names or ("one.test", "two.test")
        hot = HotState(folder / "hot.sqlite")
        settings = site.settings(*names, **(FAST | more))
        web = Web(AddressPolicy.from_settings(settings), AGENT, clock=clock)
        yield site, PoliteClient(web, hot, settings, clock, "run", clock.wait, lambda: 1.0), clock
        hot.close()


def get(client: PoliteClient, url: str, kind: UrlKind = UrlKind.ARTICLE) -> tuple[Reason, int]:
    """How asking ended, and after how many attempts."""
    exchange, attempts = client.get(SOURCE, url, kind)
    return exchange.reason, attempts


def test_robots_is_asked_once_a_host_and_obeyed(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"/robots.txt": RULES, "*": PAGE}) as (site, client, _):
        ends = [get(client, f"http://one.test{path}") for path in ("/a", "/private/a", "/b")]
        assert ends == [(Reason.OK, 1), (Reason.ROBOTS_DENIED, 0), (Reason.OK, 1)]
        assert site.asked == ["/robots.txt", "/a", "/b"]
        assert [exchange.url for exchange in client.exchanges()] == ["http://one.test/robots.txt"]
        assert client.exchanges() == ()


def test_robots_is_asked_again_after_a_day(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"/robots.txt": RULES, "*": PAGE}) as (site, client, clock):
        get(client, "http://one.test/private")
        site.pages["/robots.txt"] = answer(b"")
        clock.now += 86399
        assert get(client, "http://one.test/private") == (Reason.ROBOTS_DENIED, 0)
        clock.now += 2
        assert get(client, "http://one.test/private") == (Reason.OK, 1)


def stall(visit: Visit) -> None:
    """No answer."""
    visit.hold()


ROBOTS: dict[str, tuple[Behaviour, Reason]] = {
    "D14 500": (answer(b"", status="500 Bad"), Reason.ROBOTS_UNREACHABLE),
    "D14 503": (answer(b"", status="503 Bad"), Reason.ROBOTS_UNREACHABLE),
    "D14 timeout": (stall, Reason.ROBOTS_UNREACHABLE),
    "D14 reset": (Visit.reset, Reason.ROBOTS_UNREACHABLE),
    "D14 cut": (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent", Reason.ROBOTS_UNREACHABLE),
    "D15 404": (answer(b"", status="404 None"), Reason.OK),
    "D15 410": (answer(b"", status="410 Gone"), Reason.OK),
    "D15 401": (answer(b"", status="401 No"), Reason.OK),
    "D15 403": (answer(b"", status="403 No"), Reason.OK),
    "D16 self": (redirect("/robots.txt"), Reason.OK),
    "D16 inside": (redirect("http://127.0.0.2/"), Reason.BLOCKED_ADDRESS),
    "D17 1.4 MB": (answer(b"User-agent: *\nDisallow: /\n" + b"# more\n" * 200_000), Reason.ROBOTS_DENIED),
    "D18 HTML": (answer(b"<html>\nUser-agent: *\nDisallow: /"), Reason.OK),
    "D18 empty": (answer(b""), Reason.OK),
}


@pytest.mark.parametrize("name", ROBOTS)
def test_what_a_robots_txt_that_is_none_means(tmp_path: Path, name: str) -> None:
    behaviour, reason = ROBOTS[name]
    with polite_client_to(tmp_path, {"/robots.txt": behaviour, "*": PAGE}) as (site, client, _):
        assert {get(client, f"http://one.test/{number}")[0] for number in range(3)} == {reason}
        assert site.asked.count("/robots.txt") == 1
        assert len(site.asked) == (4 if reason is Reason.OK else 1)


def test_a_robots_txt_that_failed_is_tried_again_after_ten_minutes(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"/robots.txt": answer(b"", status="500 Bad"), "*": PAGE}) as (
        site,
        client,
        clock,
    ):
        get(client, "http://one.test/a")
        site.pages["/robots.txt"] = RULES
        assert get(client, "http://one.test/a") == (Reason.ROBOTS_UNREACHABLE, 0)
        clock.now += 601
        assert get(client, "http://one.test/a") == (Reason.OK, 1)


def test_a_redirect_to_another_host_asks_that_hosts_robots(tmp_path: Path) -> None:
    pages = {
        "one.test/robots.txt": answer(b""),
        "one.test/a": redirect("http://two.test/private"),
        "two.test/robots.txt": RULES,
        "*": PAGE,
    }
    with polite_client_to(tmp_path, pages) as (site, client, _):
        assert get(client, "http://one.test/a") == (Reason.ROBOTS_DENIED, 1)
        assert site.asked == ["/robots.txt", "/a", "/robots.txt"]


def test_robots_redirects_five_times_and_no_more(tmp_path: Path) -> None:
    chain = {f"/r{number}": redirect(f"/r{number + 1}") for number in range(1, 9)}
    pages = {"/robots.txt": redirect("/r1"), **chain, "/r5": RULES, "*": PAGE}
    with polite_client_to(tmp_path, pages) as (_, client, _clock):
        assert get(client, "http://one.test/private") == (Reason.ROBOTS_DENIED, 0)


@pytest.mark.parametrize(
    ("pace_s", "floor_s", "delay", "owed_s"),
    [
        (3.0, 1.0, "", 3.0),
        (0.5, 1.0, "", 1.0),
        (1.0, 1.0, "Crawl-delay: 7", 7.0),
        (1.0, 1.0, "Crawl-delay: 999", 60.0),
    ],
)
def test_the_ledger_shows_the_pace_that_was_owed_and_kept(
    tmp_path: Path, pace_s: float, floor_s: float, delay: str, owed_s: float
) -> None:
    robots = answer(f"User-agent: *\n{delay}\nDisallow: /x".encode())
    source = SOURCE.model_copy(update={"pace_s": pace_s})
    with polite_client_to(tmp_path, {"/robots.txt": robots, "*": PAGE}, pace_floor_s=floor_s) as (_, client, _clock):
        for path in "abc":
            client.get(source, f"http://one.test/{path}", UrlKind.ARTICLE)
        rows = client.requests()
    gaps = [(later.sent_at - row.sent_at).total_seconds() for row, later in pairwise(rows)]
    assert [row.pace_s for row in rows[1:]] == [owed_s] * 3
    assert [gap for gap, row in zip(gaps, rows[1:], strict=True) if gap < row.pace_s] == []
    assert max(gaps) <= owed_s * 1.25 + 0.001


def test_every_request_is_a_row_of_the_ledger(tmp_path: Path) -> None:
    pages = {"/robots.txt": RULES, "/a": redirect("/b"), "/b": PAGE, "/c": answer(b"no", status="404 None")}
    with polite_client_to(tmp_path, pages) as (site, client, _):
        for path in ("/a", "/c", "/private"):
            client.get(SOURCE, f"http://one.test{path}", UrlKind.ARTICLE)
        rows = client.requests()
        assert client.requests() == ()
        assert [row.url.removeprefix("http://one.test") for row in rows] == site.asked
    assert [(row.kind, row.status, row.reason, row.body_bytes) for row in rows] == [
        (UrlKind.ROBOTS, 200, Reason.OK, 55),
        (UrlKind.ARTICLE, 302, Reason.OK, None),
        (UrlKind.ARTICLE, 200, Reason.OK, 17),
        (UrlKind.ARTICLE, 404, Reason.HTTP_ERROR, 2),
    ]
    assert {(row.run_id, row.source, row.host, row.domain, row.attempt) for row in rows} == {
        ("run", "one", "one.test", "one.test", 1)
    }


def failing(times: int, behaviour: Behaviour) -> Behaviour:
    """Fails so many times, then gives the page."""
    left = [times]

    def behave(visit: Visit) -> None:
        left[0] -= 1
        if left[0] < 0:
            visit.send(PAGE)
        elif isinstance(behaviour, bytes):
            visit.send(behaviour)
        else:
            behaviour(visit)

    return behave


@pytest.mark.parametrize(
    ("behaviour", "end"),
    [
        (failing(1, answer(b"", status="503 Busy")), (Reason.OK, 2)),
        (failing(ATTEMPTS_AT_MOST - 1, answer(b"", status="500 Bad")), (Reason.OK, ATTEMPTS_AT_MOST)),
        (failing(ATTEMPTS_AT_MOST, answer(b"", status="500 Bad")), (Reason.HTTP_ERROR, ATTEMPTS_AT_MOST)),
        (failing(ATTEMPTS_AT_MOST - 1, Visit.reset), (Reason.OK, ATTEMPTS_AT_MOST)),
        (failing(1, answer(b"", "Retry-After: 5", status="429 Slow Down")), (Reason.OK, 2)),
        (failing(1, answer(b"", status="404 None")), (Reason.HTTP_ERROR, 1)),
        (failing(1, b"HTTP/0.9 nonsense\r\n\r\n"), (Reason.BAD_HTTP, 1)),
        (failing(9, stall), (Reason.TIMEOUT_READ, 2)),
    ],
    ids=["503", "500 but the last", "500 for ever", "reset but the last", "429 soon", "404", "nonsense", "silence"],
)
def test_what_may_pass_is_tried_again_within_the_deadline(
    tmp_path: Path, behaviour: Behaviour, end: tuple[Reason, int]
) -> None:
    with polite_client_to(tmp_path, {"/a": behaviour}) as (_, client, _clock):
        assert get(client, "http://one.test/a") == end
        assert [row.attempt for row in client.requests()][1:] == list(range(1, end[1] + 1))


def test_a_429_pauses_the_domain_and_nobody_sleeps_for_it(tmp_path: Path) -> None:
    pages = {"/a": answer(b"", "Retry-After: 120", status="429 Slow Down"), "*": PAGE}
    with polite_client_to(tmp_path, pages) as (site, client, clock):
        first, attempts = client.get(SOURCE, "http://one.test/a", UrlKind.FEED)
        assert (first.reason, first.status, attempts) == (Reason.RATE_LIMITED, 429, 1)
        second, attempts = client.get(SOURCE, "http://one.test/b", UrlKind.ARTICLE)
        assert (second.reason, second.status, attempts) == (Reason.RATE_LIMITED, None, 0)
        assert first.not_before
        assert abs(second.not_before - first.not_before) < timedelta(milliseconds=1)  # type: ignore[operator]  # asserted
        assert max(clock.waits, default=0) <= 2
        assert get(client, "http://two.test/b") == (Reason.OK, 1)
        assert "/b" in site.asked


def test_a_503_on_robots_keeps_the_host_closed_until_then(tmp_path: Path) -> None:
    robots = failing(1, answer(b"", "Retry-After: 900", status="503 Busy"))
    with polite_client_to(tmp_path, {"/robots.txt": robots, "*": PAGE}) as (_, client, clock):
        assert get(client, "http://one.test/a") == (Reason.ROBOTS_UNREACHABLE, 0)
        clock.now = START + 860
        assert get(client, "http://one.test/a")[1] == 0
        clock.now = START + 905
        assert get(client, "http://one.test/a") == (Reason.OK, 1)


def test_a_host_that_does_not_connect_is_left_alone_for_ten_minutes(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"127.0.0.1:{closed.getsockname()[1]}"
    with polite_client_to(tmp_path, {}, hosts=f"one.test={address}", allow_addresses=address) as (_, client, clock):
        assert get(client, "http://one.test/a") == (Reason.TIMEOUT_CONNECT, 0)
        assert len(client.requests()) == 1
        clock.now += 599
        assert get(client, "http://one.test/b") == (Reason.TIMEOUT_CONNECT, 0)
        assert client.requests() == ()
        clock.now += 2
        get(client, "http://one.test/b")
        assert len(client.requests()) == 1


def test_a_name_that_does_not_resolve_keeps_its_reason(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {}) as (_, client, _clock):
        assert get(client, "http://nosuch.invalid/a") == (Reason.DNS_ERROR, 0)


def test_nothing_is_asked_of_an_inner_address_not_even_robots(tmp_path: Path) -> None:
    with RawSite({"*": PAGE}, address="127.0.0.2") as canary, polite_client_to(tmp_path, {}) as (_, client, _clock):
        assert get(client, f"http://{canary.address}/a") == (Reason.BLOCKED_ADDRESS, 0)
        assert (canary.connections, client.requests()) == (0, ())


def test_a_run_that_is_asked_to_stop_waits_no_more(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"*": PAGE}, pace_floor_s=5.0) as (site, client, clock):
        get(client, "http://one.test/a")
        stopping: Callable[[float], object] = lambda _seconds: True  # noqa: E731  # one expression
        settings = site.settings("one.test", pace_floor_s=5.0)
        hot = HotState(tmp_path / "hot.sqlite")
        stopped = PoliteClient(site.web("one.test"), hot, settings, clock, "run", stopping)
        assert get(stopped, "http://one.test/b") == (Reason.INTERRUPTED, 0)
        hot.close()


def test_threads_ask_for_a_robots_txt_once(tmp_path: Path) -> None:
    with RawSite({"/robots.txt": RULES, "*": PAGE}) as site:
        hot = HotState(tmp_path / "hot.sqlite")
        settings = site.settings("one.test")
        parties = [PoliteClient(site.web("one.test"), hot, settings, time.time, "run") for _ in range(8)]
        with ThreadPoolExecutor(8) as threads:
            ends = list(threads.map(lambda party: get(party, "http://one.test/a"), parties))
        hot.close()
    assert ends == [(Reason.OK, 1)] * 8
    assert site.asked.count("/robots.txt") == 1


def test_what_a_holder_that_died_held_is_waited_for_no_longer_than_its_lease(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"/robots.txt": RULES, "*": PAGE}) as (site, client, clock):
        hot = HotState(tmp_path / "hot.sqlite")
        for held in ("http://one.test/robots.txt", "one.test"):
            assert hot.take_turn(held, 0.0, "killed", START) == 0.0
        hot.close()
        assert get(client, "http://one.test/a") == (Reason.OK, 1)
        assert LEASE_S <= clock.now - START < LEASE_S + 1
        assert site.asked == ["/robots.txt", "/a"]


RUN = """
import sys, time
from pathlib import Path
from schemas.items.link import UrlKind
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.politeness.politeness import PoliteClient
from tasks.pure.http.retries_and_pauses import ATTEMPTS_AT_MOST
from tasks.web.client import AddressPolicy, Web
from warehouse.hot.state import HotState
path, address, run = sys.argv[1:]
settings = Settings(hosts=(f"one.test={address}",), allow_addresses=(address,), pace_floor_s=0.1)
source = Source(slug="one", name="One", homepage="https://one.test/", language="en", country="gb", pace_s=0.1)
hot = HotState(Path(path))
client = PoliteClient(Web(AddressPolicy.from_settings(settings), "newsdesk/0"), hot, settings, time.time, run)
for number in range(8):
    exchange, _ = client.get(source, f"http://one.test/{run}{number}", UrlKind.ARTICLE)
for row in client.requests():
    print(row.sent_at.timestamp(), row.pace_s, row.reason)
hot.close()
"""


def test_two_runs_at_the_same_moment_together_keep_the_pace(tmp_path: Path) -> None:
    in_flight, most, seen = [0], [0], []

    def page(visit: Visit) -> None:
        seen.append(time.time())
        in_flight[0] += 1
        most[0] = max(most[0], in_flight[0])
        visit.pause(0.02)
        in_flight[0] -= 1
        visit.send(PAGE)

    with RawSite({"*": page}) as site:
        words = [sys.executable, "-c", RUN, str(tmp_path / "hot.sqlite"), site.address]
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}
        runs = [
            subprocess.Popen([*words, name], stdout=subprocess.PIPE, text=True, env=environment)
            for name in ("ingest", "backfill")
        ]
        rows = [line.split() for run in runs for line in run.communicate(timeout=60)[0].splitlines()]
    starts = sorted(float(row[0]) for row in rows)
    assert {row[2] for row in rows} == {"ok"}
    assert (len(rows), most) == (17, [1])
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.1
    told = [moment for start, arrival in zip(starts, seen, strict=True) for moment in (start, arrival)]
    assert told == sorted(told), "the site saw each request behind its recorded start and before the next one's"
