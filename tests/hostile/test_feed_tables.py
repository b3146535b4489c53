"""Feeds where a whole run adds nothing: what is opened (E08, C15), dates, titles, authors, hints, OPML.

All is read in the cage, as in a run: what hangs or crashes there is a parse_timeout or a parse_error.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.items.link import EntryFacts
from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Listing
from tasks.cage.pool import Cage
from tests.hostile.cases.cases_f import urlset
from tests.hostile.cases.feed_cases import item, rss
from tests.hostile.world.canary import END, Canary

URL = "http://paper.test/feed"
AT = datetime(2026, 11, 25, tzinfo=UTC)


PRELOADED = ("tasks.pure.feeds.read", "tasks.pure.listings.sitemaps")


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(
        children=1, memory_mb=1500, wall_s=10.0, preload=("tasks.pure.feeds.read", "tasks.pure.listings.sitemaps")
    ) as cage:
        cage.call("tasks.pure.feeds.read:read_feed", rss(item(date="soon")).encode(), URL, None, "UTC", AT)
        yield cage


def read(cage: Cage, text: str) -> Listing:
    found = cage.call("tasks.pure.feeds.read:read_feed", text.encode("utf-8", "surrogatepass"), URL, None, "UTC", AT)
    assert isinstance(found, Listing), found
    return found


def facts(cage: Cage, text: str) -> EntryFacts:
    return read(cage, text).entries[0].facts


OPENERS = {
    "entity": '<!DOCTYPE {root} [<!ENTITY x SYSTEM "{place}">]>',
    "public entity": '<!DOCTYPE {root} [<!ENTITY x PUBLIC "-//x" "{place}">]>',
    "parameter entity": '<!DOCTYPE {root} [<!ENTITY % p SYSTEM "{place}"> %p;]>',
    "behind a comment": '<!DOCTYPE {root} [<!-- ] --><!ENTITY x SYSTEM "{place}">]>',
    "in lower case": '<!doctype {root} [<!entity x system "{place}">]>',
    "external DTD": '<!DOCTYPE {root} SYSTEM "{place}">',
    "public DTD": '<!DOCTYPE {root} PUBLIC "-//x" "{place}">',
    "style sheet": '<?xml-stylesheet href="{place}" type="text/xsl"?>',
    "schema": "<?xml-model href='{place}'?>",
}


@pytest.mark.parametrize("opener", OPENERS.values(), ids=OPENERS)
@pytest.mark.parametrize("kind", ["feeds.read:read_feed", "listings.sitemaps:read_sitemap"])
def test_nothing_that_a_document_names_is_opened(cage: Cage, tmp_path: Path, opener: str, kind: str) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    inner = f'&x;<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{pipe}"/>'
    is_feed = kind.startswith("feeds")
    with Canary() as canary:
        for place in (f"file://{pipe}", str(pipe), f"http://{END}/e08"):
            start = opener.format(root="rss" if is_feed else "urlset", place=place)
            body = start + (rss(item(title=inner), start="") if is_feed else urlset(f"<url><loc>{inner}</loc></url>"))
            arguments = (body.encode(), URL, None, "UTC", AT) if is_feed else (body.encode(), URL, "UTC", AT)
            found = cage.call(f"tasks.pure.{kind}", *arguments)
            assert isinstance(found, Listing) or found.reason is Reason.PARSE_ERROR, found
            assert "child ended" not in str(found)

    assert canary.connections == []
    with pytest.raises(OSError, match="No such device"):
        os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)


@pytest.mark.parametrize(
    "body",
    [b"/etc/passwd", b"file:///etc/passwd", f"http://{END}/e10".encode(), b"feed://x/"],
    ids=["path", "file", "canary", "feed"],
)
def test_a_body_that_is_a_place_is_not_gone_to(cage: Cage, body: bytes) -> None:
    with Canary() as canary:
        found = cage.call("tasks.pure.feeds.read:read_feed", body, URL, None, "UTC", AT)

    assert isinstance(found, Refusal)
    assert (found.reason, canary.connections) == (Reason.WRONG_TYPE, [])


RIGHT = {
    "2026-11-10T24:00:00Z": "2026-11-11T00:00:00+00:00",
    "Κυρ, 11 Ιούλ 2004 12:00:00 EST": "2004-07-11T17:00:00+00:00",
    "2020/1/10 14:33": "2020-01-10T14:33:00+00:00",
    "1794321227123": "2026-11-10T14:33:47+00:00",
    "10 Nov 26 14:33:00 GMT": "2026-11-10T14:33:00+00:00",
    "2026년 11월 10일 오후 2:33": "2026-11-10T14:33:00+00:00",
    "Tue, 10 Nov 2026 14:33:00 +0200": "2026-11-10T12:33:00+00:00",
}
UNKNOWN = (
    "2026-13-10",
    "Mon, 30 Feb 2026 08:00:00 GMT",
    "Tue, 10 Nov 2026 14:33:00 PT",
    "Tue, 10 Nov 2026 14:33:00 MET",
    "Tue, 10 Nov 2026 14:33:00 IST",
    "2004-július-13T9:15-05:00",
    "03/04/2026",
    "2026-11-10T14:33:00+99:99",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "10 November",
    "14:33",
    "soon",
)


@pytest.mark.parametrize(("raw", "instant"), [*RIGHT.items(), *((raw, None) for raw in UNKNOWN)])
def test_a_date_is_right_or_unknown_and_its_text_is_kept(cage: Cage, raw: str, instant: str | None) -> None:
    published = facts(cage, rss(item(date=raw))).published

    assert published is not None
    assert published.raw == raw
    assert (published.at and published.at.isoformat()) == instant


def test_a_date_of_a_megabyte_is_unknown_and_cut(cage: Cage) -> None:
    published = facts(cage, rss(item(date="2026-11-10T14:33:00Z" * 50_000))).published

    assert published is not None
    assert (published.at, len(published.raw)) == (None, 200)


TITLES = {
    "<![CDATA[a]]&gt;b]]>": "a]]>b",
    "&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; words": "Bold words",
    "evil\u202etxt.exe": "eviltxt.exe",
    "one\u2066two\u2069": "onetwo",
    "zero\u200bwidth\u2060": "zerowidth",
    "👨‍👩‍👧 family": "👨‍👩‍👧 family",
    "نوشته‌ها": "نوشته‌ها",
    "tag\U000e0041\U000e0042": "tag",
    "private \ue000": "private \ue000",
    "lone \ud800surrogate": "lone \ufffd\ufffd\ufffdsurrogate",
    "Раураl": "Раураl",
    "e\u0301": "é",
    " \u00a0\u2003 ": None,
    "NULL": "NULL",
    '=HYPERLINK("http://x")': '=HYPERLINK("http://x")',
    "{{7*7}} ${7*7} %s%n": "{{7*7}} ${7*7} %s%n",
    "'; DROP TABLE articles; --": "'; DROP TABLE articles; --",
    "&lt;script&gt;alert(1)&lt;/script&gt;After": "After",
    "&lt;svg/onload=alert(1)&gt;After": "After",
    "&lt;img src=x onerror=alert(1)&gt;After": "After",
    "x" * 10_000: "x" * 1_000,
}


@pytest.mark.parametrize(("raw", "title"), TITLES.items(), ids=[ascii(raw)[:30] for raw in TITLES])
def test_a_title_is_text_that_does_nothing(cage: Cage, raw: str, title: str | None) -> None:
    assert facts(cage, rss(item(title=raw))).title == title


def test_a_thousand_combining_marks_are_bounded(cage: Cage) -> None:
    assert len(facts(cage, rss(item(title="z" + "\u0300\u0316" * 5_000))).title or "") <= 1_000


AUTHORS = {
    "ann@paper.test (Ann Lee)": ("Ann Lee",),
    "ann@paper.test": (),
    "by Ann Lee": ("Ann Lee",),
    "By: Ann Lee &amp; sons": ("Ann Lee & sons",),
    "Ann Lee, Bob Ray": ("Ann Lee", "Bob Ray"),
    "Ann; Bob | Cid": ("Ann", "Bob", "Cid"),
    "&lt;b&gt;Ann Lee&lt;/b&gt;": ("Ann Lee",),
    "; ".join(f"Name{n}" for n in range(500)): tuple(f"Name{n}" for n in range(20)),
}


@pytest.mark.parametrize(("raw", "names"), AUTHORS.items(), ids=[raw[:30] for raw in AUTHORS])
def test_authors_are_at_most_twenty_names(cage: Cage, raw: str, names: tuple[str, ...]) -> None:
    assert facts(cage, rss(item(inside=f"<dc:creator>{raw}</dc:creator>"))).authors == names


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("<ttl>0</ttl>", 900),
        ("<ttl>1</ttl>", 900),
        ("<ttl>999999999999</ttl>", 86_400),
        ("<ttl>-5</ttl>", None),
        ("<ttl>٣</ttl>", None),
        ("<skipHours><hour>1</hour></skipHours>", None),
        ("<x:updatePeriod xmlns:x='u'>fortnightly</x:updatePeriod>", None),
        (
            "<x:updatePeriod xmlns:x='u'>hourly</x:updatePeriod><x:updateFrequency xmlns:x='u'>0</x:updateFrequency>",
            3_600,
        ),
    ],
)
def test_what_a_feed_asks_for_is_bounded(cage: Cage, head: str, seconds: float | None) -> None:
    assert read(cage, rss(item(), head=head)).poll_hint_s == seconds
