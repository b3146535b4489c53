"""Section F of the hostile site: sitemaps. Pages of other publishers stand in `test_feeds_over_time.py`."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from tests.hostile.cases.feed_cases import HTML, RSS, Body, asks_only, item, rss, served
from tests.hostile.world import canary
from tests.hostile.world.good_publisher import article_html
from tests.hostile.world.harness import Case, CaseResult, Reasons
from tests.support.sites.raw_site import Visit, answer

XML = "Content-Type: application/xml"
GZIP = "Content-Type: application/gzip"
TEXT = "Content-Type: text/plain"
MAP = "/sitemap.xml"
SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def page(loc: str, rest: str = "") -> str:
    """One URL of a sitemap."""
    return f"<url><loc>{loc}</loc>{rest}</url>"


def urlset(*pages: str, names: str = f"{SITEMAPS} {NEWS}") -> str:
    """A sitemap."""
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {names}>{"".join(pages)}</urlset>'


def index(*children: str) -> str:
    """A sitemap index."""
    entries = "".join(f"<sitemap><loc>{child}</loc></sitemap>" for child in children)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex {SITEMAPS}>{entries}</sitemapindex>'


def map_case(
    id_: str,
    says: str,
    body: Body,
    reason: Reasons = "ok",
    loaded: tuple[str, ...] = ("/a",),
    *headers: str,
    others: Mapping[str, Reasons] | None = None,
    check: Callable[[CaseResult], None] | None = None,
    at: str = MAP,
) -> Case:
    """A case of one sitemap beside an empty feed; the `loaded` paths must become articles."""
    pages = {path: answer(article_html(place), HTML) for place, path in enumerate(loaded)}
    return Case(
        id=id_,
        says=says,
        pages={at: served(body, *(headers or (XML,)))} | pages,
        outcomes={at: reason} | dict.fromkeys(loaded, "loaded") | dict(others or {}),
        feed=None,
        sitemaps=(at,),
        rows=len(loaded),
        check=check,
    )


def _deeper(visit: Visit) -> None:
    """/deep-n.xml leads to /deep-(n+1).xml."""
    depth = int(visit.path.removeprefix("/deep-").removesuffix(".xml"))
    visit.send(answer(index(f"http://{visit.host}/deep-{depth + 1}.xml").encode(), XML))


def _asks_at_most_500(result: CaseResult) -> None:
    rows = result.ask(
        f"SELECT run_id, count(DISTINCT url) AS n FROM ops.requests WHERE source = '{result.source}'"
        " AND kind = 'sitemap' GROUP BY run_id"
    )
    assert rows
    assert all(row["n"] <= 500 for row in rows)


_DEPTHS = [f"/deep-{depth}.xml" for depth in range(21)]
INDEXES = (
    map_case(
        "F01-itself",
        "an index that names itself ends",
        index(f"http://f01-itself.test{MAP}", "/map-2.xml"),
        "ok",
        (),
        others={"/map-2.xml": "http_error"},
    ),
    replace(
        map_case(
            "F01-deep",
            "of a chain of indexes the first four are asked",
            index("/deep-1.xml"),
            "ok",
            (),
            at="/deep-0.xml",
            check=asks_only("/harness-feed", *_DEPTHS[:4]),
        ),
        pages=dict.fromkeys(_DEPTHS, _deeper),
        outcomes=dict.fromkeys(_DEPTHS[:4], "ok"),
    ),
    replace(
        map_case(
            "F01-wide",
            "of 10,000 children at most 500 are asked",
            lambda: index(*(f"/map-{n}.xml" for n in range(10_000))),
            "ok",
            (),
            check=_asks_at_most_500,
        ),
        is_slow=True,
        seconds=120.0,
    ),
)


def _keeps_50_000(result: CaseResult) -> None:
    rows = result.ask(
        f"SELECT entries_dropped FROM ops.feed_states WHERE source = '{result.source}' AND kind = 'sitemap'"
    )
    assert rows[0]["entries_dropped"] == 1


def _sixty_megabytes(visit: Visit) -> None:
    """A sitemap that is sent as it is made: who waits for its first line does not wait for its last."""
    start, piece = urlset().removesuffix("</urlset>").encode(), page("/a").encode() * 10_000
    pieces = 60_000_000 // len(piece) + 1
    length = len(start) + pieces * len(piece) + len(b"</urlset>")
    visit.send(f"HTTP/1.1 200 OK\r\n{XML}\r\nContent-Length: {length}\r\n\r\n".encode(), start)
    for _ in range(pieces):
        visit.send(piece)
    visit.send(b"</urlset>")


LARGE = (
    map_case(
        "F02", "of 50,001 URLs one is dropped and counted", lambda: urlset(page("/a") * 50_001), check=_keeps_50_000
    ),
    replace(
        map_case("F02-large", "60 MB are over the cap", b"", "too_large", ()),
        pages={MAP: _sixty_megabytes},
        is_slow=True,
        seconds=40.0,
    ),
)


def _asked_once(result: CaseResult) -> None:
    asked = result.ask(f"SELECT url FROM ops.requests WHERE source = '{result.source}' AND kind = 'article'")
    assert len(asked) == len(result.versions()) == 2


def _at_six(result: CaseResult) -> None:
    assert [row["published_at"] for row in result.versions()] == [datetime(2026, 11, 20, 6, tzinfo=UTC)]


def _undated(result: CaseResult) -> None:
    assert {row["published_at"] for row in result.versions()} == {None}


AB = ("/a", "/b")
_STORY = "<news:news><news:publication_date>{}</news:publication_date><news:title>T</news:title></news:news>"
DATES = (
    map_case(
        "F03",
        "a change date that is broken, of the year 2099, or no time at all dates no article",
        urlset(
            page("/a", "<lastmod>2099-01-01</lastmod>"),
            page("/b", "<lastmod>soon</lastmod>"),
            page("/c", "<lastmod>2026-11-20T08:00:00Z</lastmod>"),
        ),
        "ok",
        ("/a", "/b", "/c"),
        check=_undated,
    ),
    map_case(
        "F03-now",
        "change dates that are all the present moment, whenever it is asked, make no page due again",
        lambda: urlset(*(page(path, f"<lastmod>{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>") for path in AB)),
        "ok",
        AB,
        check=_asked_once,
    ),
    replace(
        map_case(
            "F03-zone",
            "a publication date without a zone is read in the source's",
            urlset(page("/a", _STORY.format("2026-11-20T08:00:00"))),
            check=_at_six,
        ),
        time_zone="Europe/Kyiv",
    ),
    map_case(
        "F03-news",
        "a publication date that is impossible dates no article",
        urlset(page("/a", _STORY.format("2026-02-30T08:00:00Z")), page("/b", _STORY.format("2026-12-20T08:00:00Z"))),
        "ok",
        ("/a", "/b"),
        check=_undated,
    ),
)
_PACKED = gzip.compress(urlset(page("/a")).encode(), mtime=0)
_BOMB = '<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
FORMS = (
    map_case("F04-gz", "a sitemap in gzip is unpacked", _PACKED, "ok", ("/a",), GZIP),
    map_case(
        "F04-gz-tail", "a comment behind gzip is passed over", _PACKED + b"<!-- cached -->", "ok", ("/a",), GZIP
    ),
    map_case(
        "F04-gz-plain",
        "plain XML that is called gzip is read",
        urlset(page("/a")),
        "ok",
        ("/a",),
        GZIP,
        at="/sitemap.xml.gz",
    ),
    map_case("F04-gz-cut", "of gzip that breaks off the valid part is read", _PACKED[:-9], "ok", ("/a",), GZIP),
    map_case(
        "F04-text",
        "a text sitemap is read",
        "\ufeffhttp://f04-text.test/a\r\n\r\njavascript:alert(1)\nhttp://f04-text.test/b\n",
        "ok",
        ("/a", "/b"),
        TEXT,
    ),
    map_case("F04-rss", "a feed as a sitemap is read", rss(item()), "ok", ("/a",), RSS),
    map_case(
        "F04-names",
        "a wrong namespace costs nothing",
        urlset(page("/a"), names='xmlns="http://www.google.com/schemas/sitemap/0.84"'),
    ),
    map_case("F04-bare", "no namespace costs nothing", urlset(page("/a"), names="")),
    map_case(
        "F04-doctype",
        "a DOCTYPE is refused",
        urlset(page("/a")).replace("<urlset", f"{_BOMB}<urlset"),
        "parse_error",
        (),
    ),
    map_case(
        "F04-xxe",
        "an entity that names a URL is refused",
        urlset(page("&x;")).replace("<urlset", f'<!DOCTYPE u [<!ENTITY x SYSTEM "http://{canary.END}/f04">]><urlset'),
        "parse_error",
        (),
    ),
)
_SAME = (
    "http://f05.test/a",
    "/a",
    "<![CDATA[http://f05.test/a]]>",
    "\n  http://f05.test/a \n",
    "http://f05.test/&#97;",
)
STRANGERS = [f"http://stranger-{number}.test/x" for number in range(11)]
"""Ten hosts of which are asked whether they name the map; they have no address."""
LOCS = (
    map_case(
        "F05",
        "a relative, a wrapped, an escaped and a repeated address are one; one of 10 KB or another scheme is none",
        urlset(
            *map(page, _SAME),
            page(f"http://f05.test/{'x' * 10_000}"),
            page("javascript:alert(1)"),
            page(""),
            page("/b?x=1&amp;y=2"),
        ),
        "ok",
        ("/a", "/b?x=1&y=2"),
    ),
    map_case(
        "F05-inside",
        "addresses inside are refused, also behind more hosts than are asked about the map",
        urlset(page("/a"), *map(page, STRANGERS), page(f"http://{canary.END}/f05"), page("file:///etc/passwd")),
        others={f"http://{canary.END}/f05": "blocked_address", STRANGERS[-1]: "foreign_host"}
        | dict.fromkeys(STRANGERS[:-1], "dns_error"),
    ),
    map_case(
        "F06",
        "an HTML page with status 200 is no sitemap",
        "<!doctype html><html><body><h1>Not found</h1></body></html>",
        "wrong_type",
        (),
        HTML,
    ),
)

CASES: tuple[Case, ...] = (*INDEXES, *LARGE, *DATES, *FORMS, *LOCS)
