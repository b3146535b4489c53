"""Section E of the hostile site: what identifies an entry, and where its links lead (E11 to E15).

What takes several runs stands in `test_feeds_over_time.py`.
"""

from tests.hostile.cases.feed_cases import HTML, RSS, feed_case, item, notes, rss, served
from tests.hostile.world import canary
from tests.hostile.world.good_publisher import article_html, headline
from tests.hostile.world.harness import Case, CaseResult

IDENTITIES = (
    feed_case("E11-twice", "the same item twice is one article", rss(*[item(inside="<guid>g</guid>")] * 2)),
    feed_case(
        "E11-shared",
        "two items with one GUID are two articles",
        rss(item(inside="<guid>g</guid>"), item("/b", "<guid>g</guid>")),
        "ok",
        ("/a", "/b"),
    ),
    feed_case("E13-missing", "items without GUIDs are articles", rss(item(), item("/b")), "ok", ("/a", "/b")),
    feed_case(
        "E13-permalink",
        "a permalink GUID that is no URL is no link",
        rss(
            item(inside="<guid isPermaLink='true'>12345</guid>"),
            "<item><title>T</title><guid isPermaLink='true'>678</guid></item>",
        ),
        check=notes("1 links refused"),
    ),
    feed_case(
        "E13-long", "a GUID of 10 KB is cut", rss(item(inside=f"<guid isPermaLink='false'>{'g' * 10_000}</guid>"))
    ),
)
_BAD = (
    "javascript:alert(1)",
    "data:text/html,x",
    "mailto:a@b.test",
    "at://did:plc:x",
    "http://[::1",
    f"http://{'x' * 10_000}",
    "",
)


def _no_strange_scheme(result: CaseResult) -> None:
    rows = result.ask(f"SELECT url FROM ops.outcomes WHERE source = '{result.source}'")
    assert rows
    assert all(row["url"].startswith("http://") for row in rows)
    notes(f"{len(_BAD)} links refused")(result)


LINKS = (
    feed_case(
        "E14-bad",
        "links that lead nowhere are refused and counted, none is stored",
        rss(*map(item, _BAD), item()),
        check=_no_strange_scheme,
    ),
    feed_case(
        "E14-forms",
        "relative links, white space, CDATA, escaped ampersands and userinfo are read",
        rss(
            item("a"),
            item("\n /b?x=1&amp;amp;y=2\t"),
            item("<![CDATA[//e14-forms.test/c]]>"),
            item("http://u:p@e14-forms.test/d"),
        ),
        "ok",
        ("/a", "/b?x=1&y=2", "/c", "/d"),
    ),
    feed_case(
        "E14-base",
        "an xml:base counts, the first alternate link is the link",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry xml:base='/d/'><title>T</title><link rel='self' href='x'/>"
        "<link rel='alternate' href='a'/><link href='z'/><updated>2026-11-20T08:00:00Z</updated></entry></feed>",
        "ok",
        ("/d/a",),
    ),
    feed_case(
        "E14-inside",
        "links to inner addresses end blocked",
        rss(item(), item(f"http://{canary.END}/e14")),
        others={f"http://{canary.END}/e14": "blocked_address"},
    ),
    feed_case(
        "E15-same",
        "spellings of one article are one article",
        rss(
            item("/a?utm_source=rss&amp;utm_medium=feed"),
            item("/a#top"),
            item("/a?fbclid=1"),
            item("/a?gclid=x"),
            item("HTTP://E15-SAME.test:80/a"),
        ),
        "ok",
        ("/a?utm_source=rss&utm_medium=feed",),
        others=dict.fromkeys(("/a#top", "/a?fbclid=1", "/a?gclid=x", "/a"), "duplicate"),
    ),
    feed_case(
        "E15-functional",
        "parameters that choose the article are kept",
        rss(*(item(f"/a?{name}=1") for name in ("id", "p", "article", "cid", "pk_no"))),
        "ok",
        tuple(f"/a?{name}=1" for name in ("id", "p", "article", "cid", "pk_no")),
    ),
)


SPELLINGS = ("/a", "/a/amp", "/a?PHPSESSID=0b5c")


def one_article(result: CaseResult) -> None:
    """That all addresses lead to one article."""
    rows = result.ask(f"SELECT count(*) AS n FROM main.articles WHERE source = '{result.source}'")
    assert rows == [{"n": 1}]


VARIANTS = (
    Case(
        "E15-variants",
        "one article at addresses for phones and with a session is one article",
        dict.fromkeys(SPELLINGS, served(article_html(5), HTML))
        | {"/feed": served(rss(*(item(place, title=headline(5)) for place in SPELLINGS)), RSS)},
        {"/feed": "ok"},
        rows=1,
        check=one_article,
    ),
)

CASES: tuple[Case, ...] = (*IDENTITIES, *LINKS, *VARIANTS)
