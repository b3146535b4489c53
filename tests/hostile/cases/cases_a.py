"""Section A of the hostile site: transport and framing.

Decided where the specification leaves a choice: more than ten interim responses are `bad_http` (A05, A06);
a Content-Length that is no length is `bad_http` (A12); 80 cookies of 3 KB fit into the 256 KiB of headers
that we take, 90 do not (A18); 999 means 429 (A19); of 1,000 addresses sixteen are tried (A24).
"""

import socket
import threading
from collections.abc import Callable

from tests.hostile.world.good_publisher import HTML, article_html, headline
from tests.hostile.world.harness import Case, CaseResult, Reasons, Resolver
from tests.support.sites.raw_site import Behaviour, Visit, answer

Check = Callable[[CaseResult], None]
OK = b"HTTP/1.1 200 OK\r\n"
TYPED = OK + HTML.encode() + b"\r\n"
CHUNKED = TYPED + b"Transfer-Encoding: chunked\r\n\r\n"
PAGE = article_html(0)
LENGTH = b"Content-Length: %d\r\n" % len(PAGE)
WHOLE = TYPED + LENGTH + b"\r\n" + PAGE
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


def dripping(start: bytes, piece: bytes, every_s: float = 0.3) -> Behaviour:
    """The start at once, then a piece now and then, for ever."""

    def behave(visit: Visit) -> None:
        visit.send(start)
        visit.drip(piece, every_s)

    return behave


def endless(start: bytes, piece: bytes) -> Behaviour:
    """The start, then the piece as fast as it goes, for ever."""

    def behave(visit: Visit) -> None:
        visit.send(start)
        visit.flood(piece)

    return behave


def honest(head: bytes, size: int) -> Behaviour:
    """That many bytes of page, no more."""

    def behave(visit: Visit) -> None:
        visit.send(head, PAGE[:-30])
        for _ in range(size // 65536):
            visit.send(b"<p>news" * 9362)

    return behave


def chunk(body: bytes) -> bytes:
    """One chunk."""
    return b"%x\r\n%s\r\n" % (len(body), body)


def sent(times: int) -> Check:
    """So many requests went out for the page."""

    def check(result: CaseResult) -> None:
        assert len(result.requests("/page")) == times

    return check


def noted(words: str) -> Check:
    """The ledger of requests tells of an oddity that did no harm."""

    def check(result: CaseResult) -> None:
        assert words in (result.requests("/page")[-1]["detail"] or "")

    return check


def cut(kind: str) -> Check:
    """The record says that it is not whole, and how so."""

    def check(result: CaseResult) -> None:
        assert [record.fields.get("warc-truncated") for record in result.records("/page")] == [kind]

    return check


def about_page(
    id_: str,
    says: str,
    behaviour: Behaviour,
    outcome: Reasons,
    check: Check | None = None,
    *,
    captures: int | None = None,
    seconds: float = 10.0,
    memory_mb: float = 300.0,
) -> Case:
    """A case about one article page that the harness's feed lists; that feed's own capture is not counted."""
    is_loaded = outcome == "loaded"
    return Case(
        id=id_,
        says=says,
        pages={"/page": behaviour},
        outcomes={"/page": outcome},
        feed=None,
        articles=("/page",),
        rows=1 if is_loaded else 0,
        captures=1 + (int(is_loaded) if captures is None else captures),
        seconds=seconds,
        memory_mb=memory_mb,
        check=check,
    )


def asked_again(result: CaseResult) -> None:
    """A failure that may pass is tried again by the next run."""
    sql = f"FROM ops.requests WHERE run_id = '{result.again_id}' AND url = '{result.base}/page'"
    assert len(result.ask(f"SELECT url {sql}")) == 1


def escaped(result: CaseResult) -> None:
    """What is stored of the headers carries no control byte, and no byte that is no text."""
    headers = dict(result.records("/page")[0].headers)
    assert headers["x-escape"] == r"red\x1b[31m bell\x07 nul\x00 ff\xff cr\x0dSet-Cookie: a=b"
    etags = result.ask(
        f"SELECT etag FROM main.captures WHERE url = '{result.base}/page' AND run_id = '{result.run_id}'"
    )
    assert etags == [{"etag": r'"v\x1b1"'}]


def not_attributed(result: CaseResult) -> None:
    """The second answer on the connection became nobody's page."""
    assert [row["title"] for row in result.versions()] == [headline(3), headline(0)]
    noted("bytes behind")(result)


DRIPS = (
    about_page(
        "A01",
        "accepts and never answers: timeout_read, asked again next run",
        Visit.hold,
        "timeout_read",
        asked_again,
    ),
    about_page("A02", "drips its status line: timeout_total", dripping(b"H", b"T"), "timeout_total"),
    about_page(
        "A03",
        "drips headers for ever: timeout_total, and no empty 200 when we hang up",
        dripping(TYPED, b"X-Drip: 1\r\n"),
        "timeout_total",
    ),
    about_page(
        "A04",
        "drips its body under a large Content-Length: timeout_total",
        dripping(TYPED + b"Content-Length: 90000\r\n\r\n", b"x"),
        "timeout_total",
        cut("time"),
        captures=1,
    ),
    about_page("A05", "sends 100 Continue for ever: bad_http after ten", endless(b"", CONTINUE), "bad_http"),
    about_page("A05-drip", "drips 100 Continue: timeout_total", dripping(b"", CONTINUE, 0.5), "timeout_total"),
    about_page("A06", "sends 3,000 times 100 Continue, then a page: bad_http", CONTINUE * 3000 + WHOLE, "bad_http"),
    about_page(
        "A07",
        "sends early hints, then a page: the page counts",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + WHOLE,
        "loaded",
    ),
)
BROKEN = (
    about_page("A08", "closes without an answer: bad_http after two retries", b"", "bad_http", sent(3)),
    about_page("A08-rst", "resets once asked: bad_http after two retries", Visit.reset, "bad_http", sent(3)),
    about_page(
        "A08-late",
        "closes within its headers: bad_http, without a retry",
        TYPED + b"X-Half: ",
        "bad_http",
        sent(1),
    ),
    about_page(
        "A10",
        "announces more than it sends: incomplete_body, kept and marked, not parsed",
        TYPED + b"Content-Length: %d\r\n\r\n" % (len(PAGE) + 1) + PAGE,
        "incomplete_body",
        cut("disconnect"),
        captures=1,
    ),
    about_page(
        "A11",
        "sends more than it announces: the announced bytes count, the rest is noted",
        WHOLE + b"<p>more</p>",
        "loaded",
        noted("bytes behind"),
    ),
    *(
        about_page(
            f"A12-{name}",
            f"announces {length!r} bytes: bad_http",
            TYPED + length + b"\r\n" + PAGE,
            "bad_http",
            captures=1,
        )
        for name, length in {
            "negative": b"Content-Length: -5\r\n",
            "letters": b"Content-Length: abc\r\n",
            "huge": b"Content-Length: 99999999999999\r\n",
        }.items()
    ),
    about_page(
        "A13",
        "announces two lengths: bad_http",
        TYPED + LENGTH + b"Content-Length: 9\r\n\r\n" + PAGE,
        "bad_http",
        captures=1,
    ),
    about_page(
        "A13-same", "announces one length twice: it counts", TYPED + LENGTH + LENGTH + b"\r\n" + PAGE, "loaded"
    ),
    about_page(
        "A14",
        "sends chunks beside a length: chunks win, which is noted",
        TYPED + b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(PAGE) + b"0\r\n\r\n",
        "loaded",
        noted("chunks beside a length"),
    ),
    *(
        about_page(
            f"A15-{name}",
            f"{says}: incomplete_body",
            CHUNKED + body,
            "incomplete_body",
            cut("disconnect"),
            captures=1,
        )
        for name, says, body in (
            ("garbage", "sends a chunk size that is none", chunk(PAGE[:99]) + b"zz\r\n" + PAGE[99:]),
            ("truncated", "ends within a chunk", b"%x\r\n" % len(PAGE) + PAGE[:-9]),
            ("no-last", "ends without a last chunk", chunk(PAGE)),
            ("long-size", "sends a chunk size without end", b"0" * 50_000),
            ("overrun", "sends a chunk longer than its size", b"2\r\n" + PAGE),
        )
    ),
)
SIZES = (
    about_page(
        "A16",
        "sends a body without length or end: too_large at the cap",
        endless(TYPED + b"\r\n" + PAGE[:-30], b"<p>news" * 9362),
        "too_large",
        cut("length"),
        captures=1,
    ),
    about_page(
        "A17",
        "announces 50 MB: too_large before the first byte",
        honest(TYPED + b"Content-Length: 50000000\r\n\r\n", 50_000_000),
        "too_large",
        noted("declared 50000000 bytes"),
        captures=1,
    ),
    about_page(
        "A17-unsaid",
        "sends 50 MB without saying so: too_large at the cap",
        honest(TYPED + b"\r\n", 50_000_000),
        "too_large",
        cut("length"),
        captures=1,
    ),
    *(
        about_page(f"A18-{name}", f"sends {says}: bad_http", TYPED + head + LENGTH + b"\r\n" + PAGE, "bad_http")
        for name, says, head in (
            ("lines", "5,000 headers", b"X-A: 1\r\n" * 5000),
            ("line", "a header of 1 MB", b"X-A: " + b"a" * 1_000_000 + b"\r\n"),
            ("total", "90 headers of 60 KB", (b"X-A: " + b"a" * 60_000 + b"\r\n") * 90),
            ("cookies-90", "90 cookies of 3 KB", (b"Set-Cookie: a=" + b"a" * 3000 + b"\r\n") * 90),
        )
    ),
    about_page(
        "A18-cookies-80",
        "sends 80 cookies of 3 KB: within the 256 KiB that we take",
        TYPED + (b"Set-Cookie: a=" + b"a" * 3000 + b"\r\n") * 80 + LENGTH + b"\r\n" + PAGE,
        "loaded",
    ),
)
LINES = (
    *(
        about_page(f"A19-{name}", f"answers with {says}: {reason}", page, reason, captures=captures)
        for name, says, page, reason, captures in (
            ("http09", "a page without a status line", PAGE, "bad_http", 0),
            ("line", "a bad status line", b"HTTP/1.1 OK 200\r\n\r\n" + PAGE, "bad_http", 0),
            ("600", "status 600", answer(PAGE, HTML, status="600 Odd"), "bad_http", 1),
            ("000", "status 000", answer(PAGE, HTML, status="000 Odd"), "bad_http", 0),
            ("999", "status 999", answer(PAGE, HTML, status="999 Denied"), "rate_limited", 1),
        )
    ),
    *(
        about_page(f"A20-{name}", f"{says}: {reason}", page, reason)
        for name, says, page, reason in (
            ("http2", "says HTTP/2.0", WHOLE.replace(b"HTTP/1.1", b"HTTP/2.0", 1), "bad_http"),
            ("lower", "says http/1.1", WHOLE.replace(b"HTTP/1.1", b"http/1.1", 1), "bad_http"),
            (
                "lf",
                "ends its lines with line feeds alone",
                (TYPED + LENGTH + b"\r\n").replace(b"\r", b"") + PAGE,
                "loaded",
            ),
            ("fold", "folds a header", TYPED + b"X-A: 1\r\n and 2\r\n" + LENGTH + b"\r\n" + PAGE, "loaded"),
            ("space", "has a space before a colon", TYPED + LENGTH.replace(b":", b" :") + b"\r\n" + PAGE, "bad_http"),
        )
    ),
    Case(
        id="A21",
        says="sends a second answer behind the first on one connection: nobody's page becomes it",
        pages={"/page": WHOLE + answer(article_html(9), HTML), "/other": answer(article_html(3), HTML)},
        outcomes={"/page": "loaded", "/other": "loaded"},
        feed=None,
        articles=("/page", "/other"),
        rows=2,
        captures=3,
        check=not_attributed,
    ),
    about_page(
        "A22",
        "sends ESC, BEL, NUL, 0xFF and a bare CR in headers: stored escaped",
        TYPED
        + b"X-Escape: red\x1b[31m bell\x07 nul\x00 ff\xff cr\rSet-Cookie: a=b\r\n"
        + b'ETag: "v\x1b1"\r\n'
        + LENGTH
        + b"\r\n"
        + PAGE,
        "loaded",
        escaped,
    ),
)


def at(*addresses: str) -> Resolver:
    """A name with these addresses."""
    return lambda _host, _port: list(addresses)


def slowly(seconds: float, *addresses: str) -> Resolver:
    """A name that is resolved after a while."""

    def resolve(_host: str, _port: int) -> list[str]:
        threading.Event().wait(seconds)
        return list(addresses)

    return resolve


def failing(number: int, said: str) -> Resolver:
    """A name that does not resolve."""

    def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(number, said)

    return resolve


def down_at_once(result: CaseResult) -> None:
    """One attempt told all: the host is left alone for ten minutes, and nothing else was asked of it."""
    sql = f"SELECT url FROM ops.requests WHERE source = '{result.source}'"
    assert result.ask(sql) == [{"url": f"{result.base}/robots.txt"}]


def named(id_: str, says: str, resolver: Resolver, reason: str, seconds: float = 6.0) -> Case:
    """A case about the name alone: nothing is ever answered."""
    return Case(
        id=id_,
        says=says,
        outcomes={"/feed": reason, "/sitemap.xml": reason},
        sitemaps=("/sitemap.xml",),
        captures=0,
        seconds=seconds,
        resolves=resolver,
        check=down_at_once,
    )


def reached(id_: str, says: str, resolver: Resolver | None, address: str = "127.0.0.1") -> Case:
    """A case whose page is reached, within the time to connect."""
    return Case(
        id=id_,
        says=says,
        pages={"/page": WHOLE},
        outcomes={"/page": "loaded"},
        feed=None,
        articles=("/page",),
        rows=1,
        captures=2,
        seconds=6.0,
        resolves=resolver,
        address=address,
    )


THOUSAND = [f"127.0.{4 + number // 250}.{1 + number % 250}" for number in range(999)]
NAMES = (
    named("A09", "refuses connections: timeout_connect, then left alone", at("127.0.4.1"), "timeout_connect"),
    named(
        "A09-dropped", "drops every SYN: timeout_connect in time, then left alone", at("127.0.0.3"), "timeout_connect"
    ),
    reached("A23-v4", "has an IPv4 address only", at("127.0.0.1")),
    reached("A23-v6", "has an IPv6 address only", None, "::1"),
    reached("A23-hole", "has an IPv6 address that drops every SYN, and an IPv4 one", at("::1", "127.0.0.1")),
    named(
        "A24-nxdomain",
        "has a name that does not exist: dns_error",
        failing(socket.EAI_NONAME, "no name"),
        "dns_error",
    ),
    named(
        "A24-servfail", "has a name server that fails: dns_error", failing(socket.EAI_AGAIN, "failure"), "dns_error"
    ),
    named(
        "A24-cname-loop",
        "has a name whose aliases lead in a circle, which resolvers call a failure for good: dns_error",
        failing(socket.EAI_FAIL, "non-recoverable failure in name resolution"),
        "dns_error",
    ),
    named("A24-empty", "has a name without addresses: dns_error", at(), "dns_error"),
    named("A24-slow", "has a name server that takes its time: dns_error", slowly(4.0, "127.0.0.1"), "dns_error"),
    reached("A24-thousand", "has 1,000 addresses of which the first answers", at("127.0.0.1", *THOUSAND)),
    named("A24-thousand-dead", "has 1,000 dead addresses: timeout_connect in time", at(*THOUSAND), "timeout_connect"),
)
CASES: tuple[Case, ...] = (*DRIPS, *BROKEN, *SIZES, *LINES, *NAMES)
