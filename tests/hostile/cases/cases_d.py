"""Section D of the hostile site: statuses, caching, robots and rate limits.

D02, D06, D08, D11, D16 over hosts, D19 and D20 need several runs, hosts or no run at all: they stand in
`test_statuses.py`.
"""

from collections.abc import Callable, Iterable, Mapping

from tests.hostile.world import canary
from tests.hostile.world.good_publisher import HTML, article_html
from tests.hostile.world.harness import OWN_FEED, Case, CaseResult
from tests.support.sites.raw_site import Behaviour, Visit, answer, redirect

Check = Callable[[CaseResult], None]
PAGES = [answer(article_html(number), HTML) for number in range(7, 12)]
PAGE = PAGES[0]


def loads(id_: str, says: str, page: Behaviour, check: Check | None = None) -> Case:
    """A case whose one article is loaded."""
    return Case(id_, says, {"/a": page}, {"/a": "loaded"}, feed=None, articles=("/a",), rows=1, check=check)


def ends(
    id_: str,
    says: str,
    pages: Mapping[str, Behaviour],
    reason: str,
    check: Check | None = None,
    again: Mapping[str, str] | None = None,
) -> Case:
    """A case whose articles all end in one reason."""
    outcomes = dict.fromkeys(pages, reason)
    return Case(id_, says, pages, outcomes, feed=None, articles=tuple(pages), check=check, again=again or {})


def feed_of(id_: str, says: str, *headers: str) -> Case:
    """A case whose feed is read whatever its headers call it."""
    feed = (
        b"<rss version='2.0'><channel><title>x</title><item><title>One</title><link>/a</link></item></channel></rss>"
    )
    return Case(id_, says, {"/feed": answer(feed, *headers), "/a": PAGE}, {"/feed": "ok", "/a": "loaded"}, rows=1)


def closed(id_: str, says: str, robots: Behaviour, reason: str = "robots_unreachable") -> Case:
    """A case whose robots.txt shuts the whole host."""
    return Case(id_, says, {"/feed": PAGE}, {"/feed": reason}, robots=robots, check=asks_nothing_but_robots)


def rules(
    id_: str,
    says: str,
    robots: Behaviour,
    denied: Iterable[str] = (),
    allowed: str = "/a",
    pages: Mapping[str, Behaviour] | None = None,
    check: Check | None = None,
) -> Case:
    """A case whose robots.txt allows one article and denies the others."""
    outcomes = dict.fromkeys(denied, "robots_denied") | {allowed: "loaded"}
    served: dict[str, Behaviour] = dict.fromkeys(outcomes, PAGE)
    return Case(
        id_,
        says,
        served | dict(pages or {}),
        outcomes,
        feed=None,
        articles=tuple(outcomes),
        robots=robots,
        rows=1,
        check=check,
    )


def asks_nothing_but_robots(result: CaseResult) -> None:
    """Where robots.txt cannot be had nothing else is asked."""
    rows = result.ask(f"SELECT DISTINCT kind FROM ops.requests WHERE source = '{result.source}'")
    assert rows == [{"kind": "robots"}]


def asks_one_and_leaves_the_host_alone(result: CaseResult) -> None:
    """After the first 429 nothing more is sent, not in the next run either."""
    rows = result.ask(
        f"SELECT url, count(*) AS n FROM ops.requests WHERE source = '{result.source}' AND status = 429 GROUP BY url"
    )
    assert rows == [{"url": f"{result.base}/a", "n": 1}]
    assert result.requests("/b") == []


def knows_when_to_come_back(result: CaseResult) -> None:
    """Those that were not asked any more say until when the host is left alone."""
    details = result.details()
    assert "asked to be left alone until" in (details["/b"] or "")


def is_paused(result: CaseResult) -> None:
    """Both of it."""
    asks_one_and_leaves_the_host_alone(result)
    knows_when_to_come_back(result)


def leaves_the_host_alone(result: CaseResult) -> None:
    """A person is told, and the next run asks for no article."""
    found = result.ask(f"SELECT severity, observed FROM ops.findings WHERE source = '{result.source}'")
    assert found == [{"severity": "warning", "observed": 1.0}]
    sql = f"SELECT kind FROM ops.requests WHERE source = '{result.source}' AND run_id = '{result.again_id}'"
    assert "article" not in [row["kind"] for row in result.ask(sql)]


def keeps(*policies: str) -> Check:
    """That the article's row names the policies."""

    def check(result: CaseResult) -> None:
        assert [tuple(row["policies"]) for row in result.versions()] == [policies]

    return check


def sends_no_cookie(visit: Visit) -> None:
    """A page for those who carry no cookie, behind a flood of cookies."""
    flood = [f"Set-Cookie: track{number}={'x' * 2000}" for number in range(80)]
    visit.send(answer(b"cookie", status="500 Bad") if b"cookie" in visit.request.lower() else answer_with(flood))


def answer_with(headers: list[str]) -> bytes:
    """The page with more headers."""
    return answer(article_html(8), HTML, *headers)


def needs_a_cookie(visit: Visit) -> None:
    """Redirects to itself until a cookie comes."""
    if b"cookie" in visit.request.lower():
        visit.send(PAGE)
    else:
        visit.send(b"HTTP/1.1 302 Found\r\nSet-Cookie: seen=1\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n")


def chain(hops: int) -> dict[str, Behaviour]:
    """A robots.txt behind so many redirects; the first is /robots.txt itself."""
    steps: dict[str, Behaviour] = {f"/r{number}": redirect(f"/r{number + 1}") for number in range(1, hops)}
    return steps | {f"/r{hops}": answer(b"User-agent: *\nDisallow: /private")}


def html_page(title: str, inside: str) -> bytes:
    """A short HTML page that is no article."""
    return answer(f"<html><head><title>{title}</title></head><body>{inside}</body></html>".encode(), HTML)


def paused_for(seconds: str) -> bytes:
    """A 429."""
    return answer(b"", f"Retry-After: {seconds}", status="429 Too Many Requests")


NOTHING = (
    "<h1>Oh dear</h1><p>Whatever stood at this address was moved by us, or was never there. Please look through our "
    "archive, search by the field above, or go on to our home page and read what is fresh today.</p>"
)
WALLS = {
    "/login": html_page(
        "Log in | Courier",
        "<h1>Log in</h1><p>Your e-mail and your password, please. No account yet? Make one in a minute.</p>"
        '<form><input type="email"><input type="password"><button>Log in</button></form>',
    ),
    "/captcha": html_page("Are you a robot?", '<div class="g-recaptcha"></div><p>Please tick the box.</p>'),
    "/challenge": answer(
        b"<html><title>Just a moment...</title><body><p>Checking your browser.</p></body></html>",
        HTML,
        "cf-mitigated: challenge",
        "Server: cloudflare",
    ),
    "/incapsula": html_page("", '<iframe src="/_Incapsula_Resource?SWUDNSAI=31&incident_id=1"></iframe>Request.'),
}
DENY = b"User-agent: *\nDisallow: /private\n"
LATE = b"User-agent: *\nDisallow: /private\n" + b"# padding\n" * 60_000 + b"Disallow: /a\n" + b"# more\n" * 120_000
RULES = b"User-agent: *\n" + b"".join(b"Disallow: /p%d\n" % number for number in range(100_000))
AGENTS = b"".join(b"User-agent: bot%d\n" % number for number in range(100_000)) + b"Disallow: /\n"
LONG_LINE = b"User-agent: *\nDisallow: /" + b"x" * 65_536 + b"\nDisallow: /private\n"
SITEMAPS = DENY + b"".join(
    b"Sitemap: http://%s/%d.xml\nSitemap: /%d.xml\n" % (canary.END.encode(), n, n) for n in range(5_000)
)
OWN_GROUP = b"""User-agent: *
Disallow: /a
Allow: /private

User-agent: other
Disallow: /

User-agent: Newsdesk
Disallow: /private
Allow: /private/open
Disallow: /tie
Allow: /tie
"""

CASES: tuple[Case, ...] = (
    Case(
        "D01",
        "the first of three articles answers 429 for two minutes: the host is left alone, in the next run too",
        {"/a": paused_for("120"), "/b": PAGES[1], "/c": PAGES[2]},
        dict.fromkeys(("/a", "/b", "/c"), "rate_limited"),
        feed=None,
        articles=("/a", "/b", "/c"),
        check=is_paused,
        again={OWN_FEED: "rate_limited"},
    ),
    Case(
        "D01-999",
        "999 is a 429 by another number",
        {"/a": answer(b"", "Retry-After: 120", status="999 Request Denied")},
        {"/a": "rate_limited"},
        feed=None,
        articles=("/a",),
        again={OWN_FEED: "rate_limited"},
    ),
    closed(
        "D03",
        "robots.txt answers 503 with Retry-After: the host is shut until then",
        answer(b"", "Retry-After: 120", status="503 Busy"),
    ),
    ends(
        "D04",
        "200 pages that say by their title that they are none",
        {
            "/a": html_page("404 Not Found", "<p>Nothing here.</p>"),
            "/b": html_page("Page not found | Courier", "<h1>Page not found</h1><p>Try our home page.</p>"),
            "/c": html_page("Seite nicht gefunden", "<p>Zur Startseite.</p>"),
        },
        "soft_404",
    ),
    ends(
        "D04-template",
        "three articles are one short text that does not say what it is",
        {f"/{name}": html_page("Oh dear", NOTHING) for name in "abc"},
        "soft_404",
    ),
    ends(
        "D05",
        "a form to log in, a captcha, Cloudflare's challenge and Incapsula's frame, with 200",
        WALLS,
        "challenge_page",
        leaves_the_host_alone,
        again={OWN_FEED: "not_modified"},
    ),
    ends(
        "D05-cookies",
        "a cookie wall with status 200",
        {
            "/a": html_page(
                "We value your privacy", "<p>We use cookies.</p><button>Accept all cookies</button> Cookie settings"
            )
        },
        "consent_page",
    ),
    ends(
        "D07",
        "304 to a request that sent no validators",
        {"/a": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\nchanged"},
        "bad_http",
    ),
    ends(
        "D09",
        "204 and 205 with a body",
        {
            "/204": b"HTTP/1.1 204 No Content\r\n\r\n" + article_html(9),
            "/205": answer(article_html(9), HTML, status="205 Reset Content"),
        },
        "empty_body",
    ),
    ends("D09-206", "206 unasked", {"/a": answer(article_html(9), HTML, status="206 Partial")}, "incomplete_body"),
    loads("D09-201", "201 with a page", answer(article_html(9), HTML, status="201 Created")),
    loads("D09-203", "203 with a page", answer(article_html(9), HTML, status="203 Transformed")),
    ends(
        "D10",
        "an article is a PDF, an image, or calls itself octets and is a PDF",
        {
            "/pdf": answer(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "Content-Type: application/pdf"),
            "/image": answer(b"\x89PNG\r\n\x1a\n" + bytes(40), "Content-Type: image/png"),
            "/octets": answer(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(40), "Content-Type: application/octet-stream"),
            "/html-by-name": answer(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(40), HTML),
        },
        "wrong_type",
    ),
    loads("D10-none", "an article without a content type", answer(article_html(9))),
    loads(
        "D10-octets",
        "an article that calls itself octets",
        answer(article_html(9), "Content-Type: application/octet-stream"),
    ),
    feed_of("D10-text-feed", "a feed that calls itself plain text", "Content-Type: text/plain"),
    feed_of("D10-html-feed", "a feed that calls itself HTML", HTML),
    feed_of("D10-bare-feed", "a feed without a content type"),
    loads("D12", "a flood of cookies: none is kept or sent", sends_no_cookie),
    ends("D12-wall", "a redirect to itself until a cookie comes", {"/a": needs_a_cookie}, "redirect_loop"),
    rules(
        "D13",
        "our own group counts instead of everybody's, the longest match decides, Allow wins a tie",
        answer(OWN_GROUP),
        denied=("/private", "/private/shut"),
    ),
    rules("D13-open", "a longer Allow opens what Disallow shuts", answer(OWN_GROUP), allowed="/private/open"),
    rules("D13-tie", "of an Allow and a Disallow of one length Allow wins", answer(OWN_GROUP), allowed="/tie"),
    closed("D14-500", "robots.txt answers 500", answer(b"", status="500 Bad")),
    closed("D14-502", "robots.txt answers 502", answer(b"", status="502 Bad")),
    closed("D14-503", "robots.txt answers 503", answer(b"", status="503 Bad")),
    closed("D14-timeout", "robots.txt never answers", Visit.hold),
    closed("D14-reset", "robots.txt resets the connection", Visit.reset),
    closed("D14-cut", "robots.txt is cut off", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent: *\n"),
    *(
        rules(
            f"D15-{status}", f"robots.txt answers {status}", answer(DENY, status=f"{status} No"), allowed="/private"
        )
        for status in (401, 403, 404, 410)
    ),
    rules(
        "D16",
        "robots.txt behind five redirects holds",
        redirect("/r1"),
        denied=("/private",),
        pages=chain(5),
    ),
    rules("D16-six", "robots.txt behind six redirects counts as none", redirect("/r1"), (), "/private", chain(6)),
    rules("D16-loop", "robots.txt leads back to itself and counts as none", redirect("/robots.txt")),
    closed("D16-inside", "robots.txt leads inside", redirect(f"http://{canary.END}/"), "blocked_address"),
    rules("D17", "of 1.4 MB of robots.txt the first 500 KiB hold", answer(LATE), denied=("/private",)),
    rules("D17-rules", "100,000 rules", answer(RULES), denied=("/p7",)),
    rules("D17-agents", "100,000 agents, none of them ours", answer(AGENTS)),
    rules("D17-line", "a line of 64 KiB", answer(LONG_LINE), denied=("/private",)),
    rules("D18-html", "robots.txt is an HTML page", answer(b"<!doctype html>\nUser-agent: *\nDisallow: /", HTML)),
    rules("D18-empty", "robots.txt is empty", answer(b"")),
    rules("D18-nul", "robots.txt with NULs", answer(DENY.replace(b"a", b"a\0")), denied=("/private",)),
    rules("D18-utf-16", "robots.txt in UTF-16", answer(DENY.decode().encode("utf-16")), denied=("/private",)),
    rules("D18-latin-1", "robots.txt in Latin-1", answer(b"# caf\xe9\n" + DENY), denied=("/private",)),
    rules(
        "D18-cr", "robots.txt with bare carriage returns", answer(DENY.replace(b"\n", b"\r")), denied=("/private",)
    ),
    *(
        rules(
            f"D19-{name}",
            f"a crawl delay of {value}",
            answer(DENY + f"Crawl-delay: {value}\n".encode()),
            ("/private",),
        )
        for name, value in (("zero", "0"), ("tenth", "0.1"), ("negative", "-3"), ("word", "abc"), ("nan", "NaN"))
    ),
    rules(
        "D22",
        "robots.txt names 10,000 sitemaps, inner and relative: none is fetched",
        answer(SITEMAPS),
        ("/private",),
    ),
    loads(
        "D21",
        "reserves by header and meta what is kept with the article",
        answer(article_html(9, head='<meta name="robots" content="noarchive">'), HTML, "X-Robots-Tag: noindex"),
        keeps("noarchive", "noindex"),
    ),
    ends(
        "D21-tdm",
        "reserves text and data mining, which is honoured",
        {"/a": answer(article_html(9), HTML, "tdm-reservation: 1")},
        "policy_denied",
    ),
)
