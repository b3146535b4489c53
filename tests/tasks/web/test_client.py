"""One attempt at one URL: whatever the other end does, one outcome, in time, with nothing left open."""

import gzip
import os
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from schemas.items.outcome import Reason
from tasks.web.client import AddressPolicy, Web
from tests.support.sites.raw_site import LIMITS, Behaviour, RawSite, Visit, answer, fetch

HTML = "Content-Type: text/html"
OK = b"HTTP/1.1 200 OK\r\n"
PAGE = b"<html>" + b"news " * 2000
ZIPPED = gzip.compress(PAGE)
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def drip_of(start: bytes, piece: bytes, every_s: float = 0.1) -> Behaviour:
    """The start at once, then a piece now and then."""

    def behave(visit: Visit) -> None:
        visit.send(start)
        visit.drip(piece, every_s)

    return behave


def endless(start: bytes, piece: bytes) -> Behaviour:
    """The start, then the piece as fast as it goes."""

    def behave(visit: Visit) -> None:
        visit.send(start)
        visit.flood(piece)

    return behave


def zipped(body: bytes) -> bytes:
    """An answer that says gzip."""
    return answer(body, HTML, "Content-Encoding: gzip")


def bomb(members: int = 1) -> bytes:
    """A gzip of 30 MB for each member."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1024 * 1024)
    return (b"".join(packer.compress(block) for _ in range(30)) + packer.flush()) * members


def drain(visit: Visit) -> None:
    """Resets the connection once the request is in."""
    visit.reset()


CASES: dict[str, tuple[Behaviour, Reason]] = {
    "A01 never answers": (Visit.hold, Reason.TIMEOUT_READ),
    "A02 status line drips": (drip_of(b"H", b"T"), Reason.TIMEOUT_TOTAL),
    "A03 headers drip": (drip_of(OK, b"X-Drip: 1\r\n"), Reason.TIMEOUT_TOTAL),
    "A04 body drips": (drip_of(OK + b"Content-Length: 90000\r\n\r\n", b"x"), Reason.TIMEOUT_TOTAL),
    "A05 endless 100": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), Reason.BAD_HTTP),
    "A05 dripping 100": (drip_of(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.3), Reason.TIMEOUT_TOTAL),
    "A06 many 100": (b"HTTP/1.1 100 Continue\r\n\r\n" * 3000 + answer(PAGE), Reason.BAD_HTTP),
    "A07 early hints": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(PAGE), Reason.OK),
    "A08 closes": (b"", Reason.BAD_HTTP),
    "A08 resets": (drain, Reason.BAD_HTTP),
    "A10 body too short": (OK + b"Content-Length: 500\r\n\r\nshort", Reason.INCOMPLETE_BODY),
    "A11 body too long": (OK + b"Content-Length: 5\r\n\r\nshorter", Reason.OK),
    "A12 negative length": (OK + b"Content-Length: -5\r\n\r\nshort", Reason.BAD_HTTP),
    "A12 length of letters": (OK + b"Content-Length: abc\r\n\r\nshort", Reason.BAD_HTTP),
    "A12 absurd length": (OK + b"Content-Length: 99999999999999\r\n\r\nshort", Reason.BAD_HTTP),
    "A13 two lengths": (OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort", Reason.BAD_HTTP),
    "A13 the same length twice": (OK + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nshort", Reason.OK),
    "A14 chunked and a length": (
        OK + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n5\r\nwhole\r\n0\r\n\r\n",
        Reason.OK,
    ),
    "A15 chunk size garbage": (CHUNKED + b"zz\r\nxx\r\n0\r\n\r\n", Reason.INCOMPLETE_BODY),
    "A15 endless chunk size": (CHUNKED + b"0" * 50_000, Reason.INCOMPLETE_BODY),
    "A15 chunk cut": (CHUNKED + b"50\r\nxx", Reason.INCOMPLETE_BODY),
    "A15 chunk runs on": (CHUNKED + b"2\r\nxxxx\r\n0\r\n\r\n", Reason.INCOMPLETE_BODY),
    "A15 no last chunk": (CHUNKED + b"2\r\nxx\r\n", Reason.INCOMPLETE_BODY),
    "A16 endless body": (endless(OK + b"\r\n", b"x" * 65536), Reason.TOO_LARGE),
    "A17 long and honest": (OK + b"Content-Length: 50000000\r\n\r\n" + b"x" * 5000, Reason.TOO_LARGE),
    "A18 5,000 headers": (OK + b"X-A: 1\r\n" * 5000 + b"\r\n" + PAGE, Reason.BAD_HTTP),
    "A18 a header of 1 MB": (OK + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\n" + PAGE, Reason.BAD_HTTP),
    "A18 5.4 MB of headers": (OK + (b"X-A: " + b"a" * 60_000 + b"\r\n") * 90 + b"\r\n", Reason.BAD_HTTP),
    "A18 80 cookies of 3 KB": (OK + (b"Set-Cookie: a=" + b"a" * 3000 + b"\r\n") * 90 + b"\r\n", Reason.BAD_HTTP),
    "A19 no status line": (b"<html>hello</html>", Reason.BAD_HTTP),
    "A19 a bad status line": (b"HTTP/1.1 OK 200\r\n\r\nx", Reason.BAD_HTTP),
    "A19 status 600": (answer(PAGE, status="600 Odd"), Reason.BAD_HTTP),
    "A19 status 999": (answer(PAGE, status="999 Denied"), Reason.RATE_LIMITED),
    "A19 status 000": (answer(PAGE, status="000 Odd"), Reason.BAD_HTTP),
    "A20 HTTP/2.0": (b"HTTP/2.0 200 OK\r\n\r\nx", Reason.BAD_HTTP),
    "A20 bare line feeds": (b"HTTP/1.1 200 OK\nContent-Length: 5\n\nwhole", Reason.OK),
    "A20 folded header": (OK + b"X-A: 1\r\n and 2\r\nContent-Length: 5\r\n\r\nwhole", Reason.OK),
    "A20 space before colon": (OK + b"Content-Length : 5\r\n\r\nwhole", Reason.BAD_HTTP),
    "B01 gzip bomb": (zipped(bomb()), Reason.TOO_LARGE),
    "B01 empty blocks": (endless(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 100), Reason.TOO_LARGE),
    "B02 gzip twice": (answer(gzip.compress(ZIPPED), "Content-Encoding: gzip, gzip"), Reason.BAD_ENCODING),
    "B02 two headers": (
        answer(ZIPPED, "Content-Encoding: gzip", "Content-Encoding: gzip"),
        Reason.BAD_ENCODING,
    ),
    "B03 brotli": (answer(b"\x0b\x02\x80", "Content-Encoding: br"), Reason.BAD_ENCODING),
    "B04 zstd": (answer(b"\x28\xb5\x2f\xfd", "Content-Encoding: zstd"), Reason.BAD_ENCODING),
    "B08 says gzip, is plain": (zipped(PAGE), Reason.BAD_ENCODING),
    "B08 says plain, is gzip": (answer(ZIPPED, HTML), Reason.OK),
    "B09 truncated": (zipped(ZIPPED[:-20]), Reason.INCOMPLETE_BODY),
    "B09 wrong check sum": (zipped(ZIPPED[:-8] + b"\0\0\0\0" + ZIPPED[-4:]), Reason.INCOMPLETE_BODY),
    "B09 garbage behind": (zipped(ZIPPED + b"<!-- -->"), Reason.OK),
    "B09 two members": (zipped(gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:])), Reason.OK),
    "B10 unknown coding": (answer(PAGE, "Content-Encoding: snappy"), Reason.BAD_ENCODING),
    "B10 commas": (answer(PAGE, "Content-Encoding: ,,"), Reason.BAD_ENCODING),
    "B11 deflate with header": (answer(zlib.compress(PAGE), "Content-Encoding: deflate"), Reason.OK),
    "B11 deflate without": (answer(zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate"), Reason.OK),
    "C14 304 unasked": (b"HTTP/1.1 304 Not Modified\r\n\r\n", Reason.BAD_HTTP),
    "C14 300": (answer(PAGE, "Location: /a", status="300 Multiple Choices"), Reason.BAD_HTTP),
    "C14 305": (answer(b"", "Location: http://x.test/", status="305 Use Proxy"), Reason.BAD_HTTP),
    "D09 204": (b"HTTP/1.1 204 No Content\r\n\r\nbody", Reason.EMPTY_BODY),
    "D09 205": (answer(PAGE, status="205 Reset Content"), Reason.EMPTY_BODY),
    "D09 206": (answer(PAGE, status="206 Partial Content"), Reason.INCOMPLETE_BODY),
    "D09 203": (answer(PAGE, status="203 Odd"), Reason.OK),
    "empty 200": (answer(b""), Reason.EMPTY_BODY),
    "empty gzip": (zipped(b""), Reason.EMPTY_BODY),
    "101": (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", Reason.BAD_HTTP),
    "403": (answer(PAGE, status="403 Forbidden"), Reason.HTTP_ERROR),
}


@pytest.fixture(scope="module")
def site() -> Iterator[RawSite]:
    """One site, a path a case."""
    pages: dict[str, Behaviour] = {"/" + name.replace(" ", "%20"): page for name, (page, _) in CASES.items()}
    with RawSite(pages) as raw:
        yield raw


@pytest.mark.parametrize("name", CASES)
def test_every_behaviour_ends_in_its_reason_and_in_time(site: RawSite, name: str) -> None:
    started = time.monotonic()
    exchange = fetch(site.web("one.test"), f"http://one.test/{name}")
    assert (exchange.reason, time.monotonic() - started < LIMITS.total_s + 1) == (CASES[name][1], True), (
        exchange.detail
    )
    assert len(exchange.body) <= LIMITS.body_bytes


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("A07 early hints", PAGE),
        ("A11 body too long", b"short"),
        ("A14 chunked and a length", b"whole"),
        ("B08 says plain, is gzip", PAGE),
        ("B09 garbage behind", PAGE),
        ("B09 two members", PAGE),
        ("B11 deflate with header", PAGE),
        ("B11 deflate without", PAGE),
    ],
)
def test_a_body_is_decoded_whole(site: RawSite, name: str, body: bytes) -> None:
    assert fetch(site.web("one.test"), f"http://one.test/{name}").body == body


@pytest.mark.parametrize(
    ("name", "body", "truncated"),
    [
        ("A04 body drips", b"x" * 3, "time"),
        ("A10 body too short", b"short", "disconnect"),
        ("A15 chunk cut", b"xx", "disconnect"),
        ("A16 endless body", b"", "length"),
        ("A17 long and honest", b"", "length"),
        ("B01 gzip bomb", b"", "length"),
        ("A11 body too long", b"short", None),
    ],
)
def test_the_archive_is_told_how_a_body_was_cut(site: RawSite, name: str, body: bytes, truncated: str | None) -> None:
    exchange = fetch(site.web("one.test"), f"http://one.test/{name}")
    assert (exchange.body[:3], exchange.truncated) == (body[:3], truncated)


def test_what_came_before_a_loss_tells_it_from_bad_http(site: RawSite) -> None:
    lost = [fetch(site.web("one.test"), f"http://one.test/{name}").is_lost for name in ("A08 closes", "A08 resets")]
    bad = fetch(site.web("one.test"), "http://one.test/A19 no status line").is_lost
    assert (lost, bad) == ([True, True], False)


def test_an_error_page_is_cut_at_64_kib() -> None:
    pages = {
        "/plain": answer(b"x" * 90_000, status="404 Not Found"),
        "/bomb": answer(bomb(), "Content-Encoding: gzip", status="500 Bad"),
        "/odd": answer(b"x", "Content-Encoding: br", status="500 Bad"),
        "/cut": b"HTTP/1.1 502 Bad\r\nContent-Length: 9\r\n\r\nxx",
    }
    with RawSite(pages) as site:
        ends = [fetch(site.web("one.test"), f"http://one.test{path}") for path in pages]
    assert [(end.reason, end.status, len(end.body), end.truncated) for end in ends] == [
        (Reason.HTTP_ERROR, 404, 65536, "length"),
        (Reason.HTTP_ERROR, 500, 65536, "length"),
        (Reason.HTTP_ERROR, 500, 0, "disconnect"),
        (Reason.HTTP_ERROR, 502, 2, "disconnect"),
    ]


def test_robots_keeps_the_first_half_mebibyte() -> None:
    limits = LIMITS.model_copy(update={"keeps_prefix": True})
    with RawSite({"*": answer(b"# robots\n" * 30_000)}) as site:
        exchange = fetch(site.web("one.test"), "http://one.test/robots.txt", limits)
    assert (exchange.reason, len(exchange.body), exchange.truncated) == (Reason.OK, LIMITS.body_bytes, "length")


@pytest.mark.parametrize("name", ["B01 gzip bomb", "A16 endless body", "A18 5.4 MB of headers"])
def test_a_bomb_costs_no_more_memory_than_the_cap(site: RawSite, name: str) -> None:
    web = site.web("one.test")
    tracemalloc.start()
    try:
        fetch(web, f"http://one.test/{name}")
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 3_000_000


def test_what_a_site_asks_to_wait_becomes_not_before() -> None:
    pages = {
        "/429": answer(b"", "Retry-After: 120", status="429 Slow Down"),
        "/503": answer(b"", "Retry-After: 99999999", status="503 Busy"),
        "/503/never": answer(b"", "Retry-After: abc", status="503 Busy"),
    }
    with RawSite(pages) as site:
        ends = [fetch(site.web("one.test"), f"http://one.test{path}") for path in pages]
    assert [(end.reason, end.not_before and end.not_before - end.sent_at) for end in ends] == [
        (Reason.RATE_LIMITED, timedelta(seconds=120)),
        (Reason.RATE_LIMITED, timedelta(hours=24)),
        (Reason.HTTP_ERROR, None),
    ]


def test_a_304_is_believed_only_after_validators() -> None:
    with RawSite({"*": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\nchanged"}) as site:
        exchange = fetch(site.web("one.test"), "http://one.test/", If_None_Match='"1"')
    assert (exchange.reason, exchange.body) == (Reason.NOT_MODIFIED, b"")


def test_header_values_are_stored_without_control_characters() -> None:
    raw = b"X-Odd: a\x1b[2Jb\x07c\x00d\xff\r\n"
    with RawSite({"*": OK + raw + b"Content-Length: 2\r\n\r\nok"}) as site:
        exchange = fetch(site.web("one.test"), "http://one.test/")
    assert exchange.headers[0] == ("X-Odd", "a\\x1b[2Jb\\x07c\\x00d\\xff")


def test_a_request_says_who_asks_and_carries_no_secret() -> None:
    seen = []

    def note(visit: Visit) -> None:
        seen.append(visit.request.decode())
        visit.send(answer(PAGE))

    with RawSite({"*": note}) as site:
        exchange = fetch(site.web("one.test"), "http://user:word@one.test/a?b=%zz#c", Authorization="x", Cookie="y")
    assert seen == [
        "GET /a?b=%25zz HTTP/1.1\r\nHost: one.test\r\nUser-Agent: newsdesk/0.1 (+https://newsdesk.example/about)\r\n"
        "Accept: */*\r\nAccept-Encoding: gzip, deflate\r\nConnection: close\r\n\r\n"
    ]
    assert exchange.final_url == "http://one.test/a?b=%zz"


def test_neither_proxies_nor_passwords_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, site: RawSite
) -> None:
    with RawSite({"*": answer(b"the proxy")}) as proxy:
        monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
        exchange = fetch(site.web("one.test"), "http://one.test/A07 early hints")
    assert (exchange.body, proxy.connections) == (PAGE, 0)


def test_a_proxy_that_is_named_is_asked() -> None:
    with RawSite({"*": answer(b"the proxy")}) as proxy:
        web = Web(AddressPolicy.from_settings(proxy.settings()), "newsdesk", f"http://{proxy.address}")
        exchange = fetch(web, "http://far.test/page")
    assert (exchange.body, proxy.asked) == (b"the proxy", ["http://far.test/page"])


def test_threads_share_a_web_and_leave_nothing_open() -> None:
    names = ["A08 closes", "A10 body too short", "B01 gzip bomb", "A07 early hints", "A01 never answers"]
    before = (threading.active_count(), len(os.listdir("/proc/self/fd")))
    with RawSite({f"/{name[:3]}": CASES[name][0] for name in names}) as site, ThreadPoolExecutor(20) as threads:
        web = site.web("one.test")
        reasons = list(threads.map(lambda name: fetch(web, f"http://one.test/{name[:3]}").reason, names * 8))
    assert reasons == [CASES[name][1] for name in names] * 8
    assert (threading.active_count(), len(os.listdir("/proc/self/fd"))) == before
