"""Redirects: each hop is guarded again, its body never read, and nothing inside is ever reached."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from schemas.items.outcome import Reason, Refusal
from tasks.web.client import AddressPolicy, Web
from tests.support.sites.raw_site import LIMITS, Behaviour, RawSite, Visit, answer, fetch, redirect
from tests.tasks.web.test_client import PAGE, bomb


def flood_behind(visit: Visit) -> None:
    """A redirect with an endless body."""
    visit.send(b"HTTP/1.1 302 Found\r\nLocation: /page\r\n\r\n")
    visit.flood(b"x" * 65536)


def count_up(visit: Visit) -> None:
    """/n leads to /n+1."""
    visit.send(redirect(f"/{int(visit.path[1:]) + 1}"))


PAGES: dict[str, Behaviour] = {
    "/page": answer(PAGE),
    "/self": redirect("/self"),
    "/a": redirect("/b"),
    "/b": redirect("/a"),
    "/bomb": b"HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Encoding: gzip\r\n\r\n" + bomb(),
    "/flood": flood_behind,
    "/relative": redirect("../page#part"),
    "/scheme-relative": redirect("//two.test/page"),
    "/utf8": b"HTTP/1.1 302 Found\r\nLocation: /p\xc3\xa4ge\r\n\r\n",
    "/p%C3%A4ge": answer(PAGE),
    "/none": b"HTTP/1.1 302 Found\r\n\r\n",
    "/empty": redirect(""),
    "/bad": redirect("http://[::1"),
    "/five": b"HTTP/1.1 302 Found\r\n" + b"".join(b"Location: /%d\r\n" % n for n in range(5)) + b"\r\n",
    "/twice": b"HTTP/1.1 302 Found\r\nLocation: /page\r\nLocation: /page\r\n\r\n",
    "/long": redirect("/" + "a" * 5000),
    "/crlf": redirect("/%0d%0aX-Forged:%201"),
    "*": count_up,
}


@pytest.fixture(scope="module")
def canary() -> Iterator[RawSite]:
    """Whoever comes here was not kept out."""
    with RawSite({"*": answer(b"secret")}, address="127.0.0.2") as raw:
        yield raw


@pytest.fixture(scope="module")
def site() -> Iterator[RawSite]:
    """The site that redirects."""
    with RawSite(PAGES) as raw:
        yield raw


@pytest.mark.parametrize("path", ["/bomb", "/flood", "/relative", "/scheme-relative", "/utf8", "/twice"])
def test_a_redirect_is_followed_without_its_body(site: RawSite, path: str) -> None:
    tracemalloc.start()
    try:
        exchange = fetch(site.web("one.test", "two.test"), f"http://one.test{path}")
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (exchange.reason, exchange.body, len(exchange.hops)) == (Reason.OK, PAGE, 1)
    assert peak_bytes < 3_000_000


@pytest.mark.parametrize(
    ("path", "reason", "requests"),
    [("/self", Reason.REDIRECT_LOOP, 1), ("/a", Reason.REDIRECT_LOOP, 2), ("/10", Reason.REDIRECT_LIMIT, 6)],
)
def test_redirects_end_after_six_requests(site: RawSite, path: str, reason: Reason, requests: int) -> None:
    site.asked.clear()
    exchange = fetch(site.web("one.test"), f"http://one.test{path}")
    assert (exchange.reason, exchange.status, len(site.asked)) == (reason, 302, requests)


@pytest.mark.parametrize("path", ["/none", "/empty", "/bad", "/five", "/long"])
def test_a_redirect_to_nowhere_is_bad_http(site: RawSite, path: str) -> None:
    exchange = fetch(site.web("one.test"), f"http://one.test{path}")
    assert (exchange.reason, exchange.status, exchange.hops) == (Reason.BAD_HTTP, 302, ())


def test_line_breaks_in_a_location_stay_escaped(site: RawSite) -> None:
    site.pages["/%0D%0AX-Forged:%201"] = site.pages["/%0d%0aX-Forged:%201"] = answer(PAGE)
    assert fetch(site.web("one.test"), "http://one.test/crlf").final_url.endswith("/%0d%0aX-Forged:%201")


INSIDE = ["127.0.0.2", "[::1]", "[::ffff:127.0.0.2]", "localhost", "0", "0177.0.0.2", "0x7f.2", "2130706434"]
INSIDE += ["127.2", "①②⑦.⓪.⓪.②", "127.0.0.2.", "good@127.0.0.2", "127.0.0.2\\@good.test"]


@pytest.mark.parametrize("host", INSIDE)
def test_no_spelling_of_an_inner_address_is_reached(site: RawSite, canary: RawSite, host: str) -> None:
    port = canary.address.partition(":")[2]
    place = host.replace("\\", f":{port}\\") if "\\" in host else f"{host}:{port}"
    site.pages["/inside"] = b"HTTP/1.1 302 Found\r\nLocation: http://" + place.encode() + b"/\r\n\r\n"
    exchange = fetch(site.web("one.test"), "http://one.test/inside")
    assert (exchange.reason, len(exchange.hops)) == (Reason.BLOCKED_ADDRESS, 1), exchange.detail
    assert canary.connections == 0


def test_a_name_that_is_mapped_inside_is_guarded_too(site: RawSite, canary: RawSite) -> None:
    settings = site.settings("one.test")
    hosts = (*settings.hosts, f"canary.test={canary.address}")
    web = Web(AddressPolicy.from_settings(settings.model_copy(update={"hosts": hosts})), "newsdesk")
    site.pages["/inside"] = redirect("http://canary.test/")
    assert fetch(web, "http://one.test/inside").reason is Reason.BLOCKED_ADDRESS
    assert canary.connections == 0


@pytest.mark.parametrize(
    "place",
    ["file:///etc/passwd", "ftp://x.test/", "gopher://x.test/", "data:,x", "javascript:1", "jar:x", "feed:http://x"],
)
def test_only_http_and_https_are_followed(site: RawSite, place: str) -> None:
    site.pages["/scheme"] = redirect(place)
    exchange = fetch(site.web("one.test"), "http://one.test/scheme")
    assert (exchange.reason, exchange.final_url) == (Reason.BLOCKED_SCHEME, "http://one.test/scheme")


@pytest.mark.parametrize("port", [22, 25, 6379, 11211, 8080])
@pytest.mark.parametrize("host", ["one.test", "93.184.215.14"])
def test_only_web_ports_are_asked(site: RawSite, host: str, port: int) -> None:
    site.pages["/port"] = redirect(f"http://{host}:{port}/")
    exchange = fetch(site.web("one.test"), "http://one.test/port")
    assert (exchange.reason, len(exchange.hops)) == (Reason.BLOCKED_PORT, 1)


def test_the_deadline_counts_all_redirects(site: RawSite) -> None:
    def slowly(visit: Visit) -> None:
        visit.pause(0.3)
        visit.send(redirect(visit.path + "x"))

    site.pages |= {"/slow" + "x" * n: slowly for n in range(6)}
    exchange = fetch(site.web("one.test"), "http://one.test/slow")
    assert exchange.reason is Reason.TIMEOUT_TOTAL
    assert exchange.elapsed_s < LIMITS.total_s + 0.3


def test_every_hop_waits_for_its_turn_and_may_be_refused(site: RawSite) -> None:
    asked = []

    @contextmanager
    def turn(url: str) -> Iterator[Refusal | None]:
        asked.append(url)
        yield Refusal(reason=Reason.ROBOTS_DENIED) if url.endswith("/page") else None

    exchange = site.web("one.test").fetch("http://one.test/relative", LIMITS, turn)
    assert asked == ["http://one.test/relative", "http://one.test/page"]
    assert (exchange.reason, exchange.status, exchange.request_headers) == (Reason.ROBOTS_DENIED, None, ())
