"""Section C of the hostile site: redirects, and everything that would lead inside.

C09's names, C11's https and C16 (the environment) stand in `test_addresses.py`, as do more of C05 and C06;
C12 in `test_statuses.py` (three runs) and `tests/tasks/ingest/test_discover.py` (thirteen).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from tests.hostile.world import canary
from tests.hostile.world.good_publisher import HTML, article_html
from tests.hostile.world.harness import Case, CaseResult, Resolver
from tests.support.sites.raw_site import Behaviour, Visit, answer, redirect

Check = Callable[[CaseResult], None]
INSIDE, PORT = canary.END, canary.PORT
PAGE = answer(article_html(3), HTML)
XML = "Content-Type: application/xml"
INNER_HOSTS = (
    "127.0.0.2",
    "[::1]",
    "[::ffff:127.0.0.2]",
    "0",
    "0177.0.0.2",
    "0x7f.2",
    "2130706434",
    "127.2",
    "①②⑦.⓪.⓪.②",
)
METADATA_HOSTS = ("169.254.169.254", "[fd00:ec2::254]", "100.100.100.200", "168.63.129.16")
EMBEDDING_HOSTS = ("[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[::127.0.0.1]", "224.0.0.1", "[fec0::1]")
SCHEMES = (
    "file:///etc/passwd",
    f"ftp://{INSIDE}/",
    f"gopher://{INSIDE}/_x",
    "data:text/html,<p>x",
    "javascript:alert(1)",
    f"jar:http://{INSIDE}/x!/",
    f"feed:http://{INSIDE}/",
)
PORTS = (22, 25, 6379, 11211, 8080)
PORT_HOSTS = ("c08.test", "93.184.215.14")
"""Its own host, and a public address that must not be asked."""
MISREAD = (
    f"http://good.test@{INSIDE}/",
    f"http://good.test:80@{INSIDE}/",
    f"http://{INSIDE}#@good.test/",
    f"http://{INSIDE}?@good.test/",
    f"http://{INSIDE}\\@good.test/",
    f"http://127.0.\t0.2:{PORT}/",
    f"http://good.test%2f@{INSIDE}/",
    f"http://%31%32%37.0.0.2:{PORT}/",
    f"http://127.0.0.2.:{PORT}/",
    f"http://127。0。0。2:{PORT}/",
    f"http:\\\\{INSIDE}\\",
)
"""Locations that parsers read differently; each leads inside by WHATWG's reading."""
NOWHERE = {
    "/none": b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n",
    "/bad": redirect("http://[::1"),
    "/bad-host": redirect("http://good.test%2f.test/"),
    "/empty": redirect(""),
    "/five": b"HTTP/1.1 302 Found\r\n" + b"".join(b"Location: /%d\r\n" % number for number in range(5)) + b"\r\n",
    "/1-mb": redirect("/" + "a" * 1_000_000),
    "/5-kb": redirect("/" + "a" * 5_000),
}
LINKED = (
    f'<link rel="canonical" href="http://{INSIDE}/canonical"><link rel="amphtml" href="http://{INSIDE}/amp">'
    f'<link rel="stylesheet" href="http://{INSIDE}/style"><link rel="alternate" href="http://{INSIDE}/feed"'
    f' type="application/rss+xml"><meta property="og:url" content="http://{INSIDE}/og">'
    f'<meta property="og:image" content="http://{INSIDE}/image"><script src="http://{INSIDE}/script"></script>'
)
LINKING = f'<p>See <a href="http://{INSIDE}/a">the other</a>.</p><iframe src="http://{INSIDE}/frame"></iframe>'
DTD = (
    f'<?xml version="1.0"?><?xml-stylesheet href="http://{INSIDE}/style"?><!DOCTYPE rss SYSTEM "http://{INSIDE}/dtd">'
)
FEED = "<rss version='2.0'><channel><title>x</title>{}</channel></rss>"
ENCLOSED = f"""<item><title>One</title><link>http://c15.test/a</link><enclosure url="http://{INSIDE}/e" length="9"
 type="audio/mpeg"/></item><item><title>Two</title><link>http://{INSIDE}/from-a-feed</link></item>"""
SITEMAP = f"<sitemapindex><sitemap><loc>http://{INSIDE}/child.xml</loc></sitemap></sitemapindex>"
URLS = f"<urlset><url><loc>http://{INSIDE}/from-a-sitemap</loc></url></urlset>"


def count_up(visit: Visit) -> None:
    """/n leads to /n+1."""
    visit.send(redirect(f"/{int(visit.path[1:]) + 1}"))


def all_end(id_: str, says: str, places: Iterable[str], reason: str) -> Case:
    """A case of one redirect a place, each of which ends in the reason."""
    pages: dict[str, Behaviour] = {f"/{number}": redirect(place) for number, place in enumerate(places)}
    return Case(id_, says, pages, dict.fromkeys(pages, reason), feed=None, articles=tuple(pages))


def loads(id_: str, says: str, pages: Mapping[str, Behaviour], path: str = "/a", check: Check | None = None) -> Case:
    """A case whose one article is loaded."""
    return Case(id_, says, pages, {path: "loaded"}, feed=None, articles=(path,), rows=1, check=check)


def is_asked_six_times(result: CaseResult) -> None:
    """The limit is five redirects, so six requests."""
    rows = result.ask(f"SELECT count(*) AS n FROM ops.requests WHERE source = 'c01' AND url LIKE '{result.base}/1%'")
    assert rows == [{"n": 6}]


def keeps_its_own_identity(result: CaseResult) -> None:
    """What a page says of other hosts does not decide whose article it is."""
    (row,) = result.versions()
    assert (row["canonical_url"], row["source"]) == (f"{result.base}/a", result.source)


def asks_its_own_host_only(result: CaseResult) -> None:
    """No request went to anybody whom content named."""
    rows = result.ask(f"SELECT DISTINCT host FROM ops.requests WHERE source = '{result.source}'")
    assert rows == [{"host": result.case.host}]


def asked_without_password(result: CaseResult) -> None:
    """User name and password are taken off the URL that answers."""
    rows = result.ask(f"SELECT final_url FROM main.captures WHERE source = '{result.source}' AND kind = 'article'")
    assert {row["final_url"] for row in rows} == {f"{result.base}/page"}


def answering(*answers: list[str]) -> Resolver:
    """A resolver that gives these answers in order, the last for ever."""
    left: Iterator[list[str]] = iter(answers)

    def resolve(_host: str, _port: int) -> list[str]:
        return next(left, answers[-1])

    return resolve


CASES: tuple[Case, ...] = (
    Case(
        "C01",
        "redirects lead back, in a circle, or on for ever: loop or limit after at most six requests",
        {"/self": redirect("/self"), "/x": redirect("/y"), "/y": redirect("/x")}
        | {f"/{number}": count_up for number in range(10, 20)},
        {"/self": "redirect_loop", "/x": "redirect_loop", "/10": "redirect_limit"},
        feed=None,
        articles=("/self", "/x", "/10"),
        check=is_asked_six_times,
    ),
    loads(
        "C01-five",
        "five redirects are followed",
        {f"/{number}": count_up for number in range(1, 6)} | {"/6": PAGE},
        "/1",
    ),
    all_end(
        "C02",
        "redirects to every spelling of an inner host are blocked",
        [f"http://{host}:{PORT}/" for host in INNER_HOSTS],
        "blocked_address",
    ),
    all_end(
        "C02-default-port",
        "the same at port 80 are blocked too",
        [f"http://{host}/" for host in INNER_HOSTS],
        "blocked_address",
    ),
    all_end(
        "C03",
        "redirects to the metadata addresses of clouds are blocked",
        [f"http://{host}/latest/meta-data/" for host in METADATA_HOSTS],
        "blocked_address",
    ),
    Case(
        "C03-name",
        "a host that resolves to a metadata address, as metadata.google.internal does, is blocked",
        outcomes={"/feed": "blocked_address"},
        resolves=answering(["169.254.169.254"]),
    ),
    all_end(
        "C04",
        "redirects to addresses that embed an inner one, to multicast and to site-local are blocked",
        [f"http://{host}/" for host in EMBEDDING_HOSTS],
        "blocked_address",
    ),
    Case(
        "C05",
        "a host has the canary's address beside its own: only the vetted one is connected",
        {"/a": PAGE},
        {"/a": "loaded"},
        feed=None,
        articles=("/a",),
        rows=1,
        resolves=answering(["127.0.0.2", "127.0.0.1"]),
    ),
    Case(
        "C06",
        "DNS gives the vetted address first and the canary's ever after: each connection is judged anew",
        {"/feed": answer(b"nobody gets here", HTML)},
        {"/feed": "blocked_address"},
        resolves=answering(["127.0.0.1"], ["127.0.0.2"]),
    ),
    all_end("C07", "redirects to other schemes are blocked", SCHEMES, "blocked_scheme"),
    loads(
        "C07-relative",
        "a redirect without a scheme keeps that of the page",
        {"/a": redirect("//c07-relative.test/page"), "/page": PAGE},
    ),
    all_end(
        "C08",
        "redirects to ports that are no web ports are blocked",
        [f"http://{host}:{port}/" for host in PORT_HOSTS for port in PORTS],
        "blocked_port",
    ),
    all_end("C09", "redirects that parsers read differently lead inside and are blocked", MISREAD, "blocked_address"),
    loads(
        "C09-user",
        "a redirect to its own host with user name and password goes on without them",
        {"/a": redirect("http://user:word@c09-user.test/page"), "/page": PAGE},
        check=asked_without_password,
    ),
    Case(
        "C09-long",
        "a redirect to a host name of 300 characters has no address",
        {"/a": redirect(f"http://{'a' * 300}.test/")},
        {"/a": frozenset({"dns_error", "bad_http"})},
        feed=None,
        articles=("/a",),
    ),
    Case(
        "C10",
        "redirects lead nowhere: no location, a broken, an empty, five, a huge one",
        NOWHERE,
        dict.fromkeys(NOWHERE, "bad_http"),
        feed=None,
        articles=tuple(NOWHERE),
    ),
    loads(
        "C10-crlf",
        "escaped line breaks in a location stay escaped",
        {"/a": redirect("/b%0d%0aX-Forged:%201"), "/b%0D%0AX-Forged:%201": PAGE},
    ),
    loads(
        "C13",
        "a page refreshes, by meta and by script, to an inner address: it is an article, nothing is followed",
        {
            "/a": answer(
                article_html(
                    4,
                    head=f'<meta http-equiv="refresh" content="0; url=http://{INSIDE}/">'
                    f'<script>location.href = "http://{INSIDE}/";</script>',
                ),
                HTML,
            )
        },
        check=asks_its_own_host_only,
    ),
    Case(
        "C13-bare",
        "a page that is nothing but a refresh to an inner address has no text",
        {"/a": answer(f'<html><meta http-equiv="refresh" content="0; url=http://{INSIDE}/"></html>'.encode(), HTML)},
        {"/a": "empty_text"},
        feed=None,
        articles=("/a",),
    ),
    Case(
        "C14",
        "300 with choices, 304 unasked and 305 with a proxy inside are no answers",
        {
            "/300": answer(b"<a href=/a>a</a>", HTML, "Location: /a", status="300 Multiple Choices"),
            "/304": b"HTTP/1.1 304 Not Modified\r\n\r\n",
            "/305": answer(b"", f"Location: http://{INSIDE}/", status="305 Use Proxy"),
        },
        dict.fromkeys(("/300", "/304", "/305"), "bad_http"),
        feed=None,
        articles=("/300", "/304", "/305"),
        check=asks_its_own_host_only,
    ),
    Case(
        "C15",
        "feed, page, sitemap and robots name inner URLs: those that would be asked are blocked, the rest only stored",
        {
            "/feed": answer(FEED.format(ENCLOSED).encode(), XML),
            "/a": answer(article_html(5, head=LINKED, foot=LINKING), HTML),
            "/sitemap.xml": answer(SITEMAP.encode(), XML),
            "/urls.xml": answer(URLS.encode(), XML),
        },
        {
            "/feed": "ok",
            "/a": "loaded",
            "/sitemap.xml": "ok",
            "/urls.xml": "ok",
            f"http://{INSIDE}/from-a-feed": "blocked_address",
            f"http://{INSIDE}/child.xml": "blocked_address",
            f"http://{INSIDE}/from-a-sitemap": "blocked_address",
        },
        sitemaps=("/sitemap.xml", "/urls.xml"),
        robots=answer(f"User-agent: *\nDisallow:\nSitemap: http://{INSIDE}/robots.xml".encode()),
        rows=1,
        check=asks_its_own_host_only,
    ),
    Case(
        "C15-dtd",
        "a feed with a stylesheet and a DTD inside: neither is fetched",
        {
            "/feed": answer(
                (DTD + FEED.format("<item><title>One</title><link>/a</link></item>")).encode(),
                XML,
            ),
            "/a": PAGE,
        },
        {"/feed": "ok", "/a": "loaded"},
        rows=1,
        check=asks_its_own_host_only,
    ),
    loads(
        "C17",
        "canonical and og:url name another publisher: the article stays its own",
        {
            "/a": answer(
                article_html(
                    6,
                    head='<link rel="canonical" href="http://other.example/theirs">'
                    '<meta property="og:url" content="http://other.example/theirs">',
                ),
                HTML,
            )
        },
        check=keeps_its_own_identity,
    ),
)
