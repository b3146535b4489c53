"""Sitemaps: XML, gzip, text and feeds; whole, truncated and hostile."""

import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.items.link import Precision
from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Listing
from tasks.pure.listings.sitemaps import read_sitemap

URL = "https://paper.example/maps/sitemap.xml"
AT = datetime(2026, 11, 25, tzinfo=UTC)
HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    b'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    b'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)


def urlset(*urls: str) -> bytes:
    return HEAD + "".join(f"<url>{url}</url>" for url in urls).encode() + b"</urlset>"


def loc(name: str, rest: str = "") -> str:
    return f"<loc>https://paper.example/{name}</loc>{rest}"


def listing(body: bytes) -> Listing:
    found = read_sitemap(body, URL, "Europe/Kyiv", AT)
    assert isinstance(found, Listing), found
    return found


def refusal(body: bytes) -> Refusal:
    found = read_sitemap(body, URL, "Europe/Kyiv", AT)
    assert isinstance(found, Refusal), found
    return found


def names(found: Listing) -> list[str]:
    return [each.url.rpartition("/")[2] for each in found.entries]


def test_a_news_block_says_what_a_feed_entry_says() -> None:
    news = (
        "<lastmod>2026-11-11</lastmod><news:news><news:publication><news:name>Paper</news:name>"
        "<news:language>uk</news:language></news:publication>"
        "<news:publication_date>2026-11-10T14:33:00</news:publication_date>"
        "<news:title>Rain &amp;amp; wind</news:title><news:keywords>rain, wind, rain</news:keywords></news:news>"
        "<image:image><image:loc>/rain.jpg</image:loc></image:image>"
    )
    found = listing(urlset(loc("1", news)))
    facts = found.entries[0].facts

    assert (found.format, found.parser, facts.title, facts.language) == ("urlset", "lxml", "Rain & wind", "uk")
    assert (facts.categories, facts.image_url) == (("rain", "wind"), "https://paper.example/rain.jpg")
    assert facts.published is not None
    assert facts.published.at == datetime(2026, 11, 10, 12, 33, tzinfo=UTC)
    assert facts.modified is not None
    assert (facts.modified.at, facts.modified.precision) == (datetime(2026, 11, 11, tzinfo=UTC), Precision.DAY)


def test_pages_are_newest_first_by_publication_then_change() -> None:
    days = {"a": "2026-11-01", "b": "2026-11-03", "c": "2026-11-02"}

    assert names(listing(urlset(*(loc(n, f"<lastmod>{day}</lastmod>") for n, day in days.items())))) == [
        "b",
        "c",
        "a",
    ]


def test_a_date_of_the_far_future_orders_no_page_and_no_child() -> None:
    days = {"a": "2026-11-01", "b": "2027-11-03", "c": "2026-11-02"}
    rows = [loc(n, f"<lastmod>{day}</lastmod>") for n, day in days.items()]
    found = listing(urlset(*rows))
    index = listing(urlset(*rows).replace(b"urlset", b"sitemapindex").replace(b"url>", b"sitemap>"))

    assert names(found) == ["c", "a", "b"]
    assert found.entries[2].facts.modified is not None
    assert found.entries[2].facts.modified.raw == "2027-11-03"
    assert [child.rpartition("/")[2] for child in index.children] == ["c", "a", "b"]


@pytest.mark.parametrize("lastmod", ["soon", "2026-13-01", "0000-00-00", ""])
def test_a_broken_lastmod_costs_no_page(lastmod: str) -> None:
    modified = listing(urlset(loc("1", f"<lastmod>{lastmod}</lastmod>"))).entries[0].facts.modified

    assert modified is None or (modified.at, modified.raw) == (None, lastmod)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("\n  https://paper.example/1\n ", "https://paper.example/1"),
        ("<![CDATA[https://paper.example/1?a=1&b=2]]>", "https://paper.example/1?a=1&b=2"),
        ("https://paper.example/1?a=1&amp;b=2", "https://paper.example/1?a=1&b=2"),
        ("https://paper.example/1?a=1&b=2", "https://paper.example/1?a=1&b=2"),
        ("https://paper.example/1?a=1&amp;section=2&amp;copy=3", "https://paper.example/1?a=1&section=2&copy=3"),
        ("https://paper.example/1?a=1&section=2&copy=3", "https://paper.example/1?a=1&section=2&copy=3"),
        ("https://paper.example/1?a=1&amp;amp;section=2", "https://paper.example/1?a=1&section=2"),
        ("/1", "https://paper.example/1"),
    ],
)
def test_a_loc_is_cleaned(written: str, url: str) -> None:
    assert [each.url for each in listing(urlset(f"<loc>{written}</loc>")).entries] == [url]


def test_locs_that_lead_nowhere_are_counted_with_their_reason() -> None:
    found = listing(
        urlset("<loc>javascript:alert(1)</loc>", "<lastmod>2026-11-10</lastmod>", loc("x" * 10_000), loc("1"))
    )

    assert names(found) == ["1"]
    assert [text.partition(":")[0] for text in found.bad_links] == ["blocked_scheme", "bad_link", "bad_link"]


def test_a_page_that_comes_twice_is_one_entry() -> None:
    assert names(listing(urlset(loc("1"), loc("2"), loc("1")))) == ["1", "2"]


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        (("2026-11-01", "2026-11-09"), 9),
        (("2026-11-09", "2026-11-01"), 9),
        ((None, "2026-11-03"), 3),
        (("2026-11-03", None), 3),
        (("2026-11-03", "2027-11-09"), 3),
        (("2026-11-02T23:00:00-08:00", "2026-11-03T06:00:00Z"), 3),
    ],
)
def test_of_a_page_that_comes_twice_the_last_change_counts(dates: tuple[str | None, ...], day: int) -> None:
    rows = [loc("1", f"<lastmod>{each}</lastmod>" if each else "") for each in dates]
    index = listing(urlset(*rows).replace(b"urlset", b"sitemapindex").replace(b"url>", b"sitemap>"))
    found = listing(urlset(*rows)).entries
    modified = found[0].facts.modified

    assert len(found) == len(index.children) == 1
    assert modified
    assert modified.at
    assert modified.at.day == day


def test_a_page_that_comes_twice_keeps_what_only_one_of_them_says() -> None:
    news = "<news:news><news:title>Rain</news:title></news:news><lastmod>2026-11-01</lastmod>"
    facts = listing(urlset(loc("1", news), loc("1", "<lastmod>2026-11-05</lastmod>"))).entries[0].facts

    assert facts.title == "Rain"
    assert facts.modified
    assert facts.modified.raw == "2026-11-05"


@pytest.mark.parametrize(
    "namespace", [b"", b' xmlns="http://wrong.example/ns"', b' xmlns="https://www.sitemaps.org/"']
)
def test_a_wrong_namespace_is_no_obstacle(namespace: bytes) -> None:
    assert names(listing(b"<urlset" + namespace + b"><url>" + loc("1").encode() + b"</url></urlset>")) == ["1"]


def test_an_index_names_children_newest_first_and_not_itself() -> None:
    children = "".join(
        f"<sitemap><loc>{name}</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("a.xml", "2026-11-01"), ("sitemap.xml", "2026-11-09"), ("b.xml", "2026-11-02"))
    )
    found = listing(f"<sitemapindex>{children}</sitemapindex>".encode())

    assert (found.format, found.entries) == ("sitemap_index", ())
    assert found.children == ("https://paper.example/maps/b.xml", "https://paper.example/maps/a.xml")


def test_of_ten_thousand_children_all_are_listed_newest_first() -> None:
    rows = (
        f"<sitemap><loc>/{n}.xml</loc><lastmod>{2000 + n // 400}-01-01</lastmod></sitemap>" for n in range(10_000)
    )
    found = listing(f"<sitemapindex>{''.join(rows)}</sitemapindex>".encode())

    assert (len(found.children), found.entries_dropped) == (10_000, 0)
    assert found.children[0] == "https://paper.example/9600.xml"


def test_fifty_thousand_pages_are_kept_and_the_rest_counted() -> None:
    began = time.process_time()  # CPU time, since the machine may be busy; quadratic code takes minutes.
    found = listing(HEAD + b"".join(b"<url><loc>/%d</loc></url>" % n for n in range(50_001)) + b"</urlset>")

    assert time.process_time() - began < 10
    assert (len(found.entries), found.entries_dropped) == (50_000, 1)


WHOLE = urlset(*(loc(str(n)) for n in range(2_000)))


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(WHOLE),
        gzip.compress(WHOLE) + b"<!-- generated in 0.2 s -->",
        gzip.compress(WHOLE[:500]) + gzip.compress(WHOLE[500:]),
        gzip.compress(WHOLE) + b"\x00" * 512,
    ],
)
def test_gzip_is_unpacked_and_what_is_appended_ignored(packed: bytes) -> None:
    found = listing(packed)

    assert (len(found.entries), found.is_partial) == (2_000, False)


@pytest.mark.parametrize(
    "body",
    [
        WHOLE[:-5_000],
        gzip.compress(WHOLE)[:-2_000],
        gzip.compress(WHOLE[:-5_000]),
        WHOLE.replace(b"1500</loc>", b"1500</lok>"),
    ],
)
def test_a_truncated_sitemap_keeps_its_whole_pages_and_is_partial(body: bytes) -> None:
    found = listing(body)

    assert found.is_partial
    assert 0 < len(found.entries) < 2_000
    assert names(found) == [str(n) for n in range(len(found.entries))]


def test_a_gzip_bomb_is_unpacked_no_further_than_fifty_mebibytes() -> None:
    bomb = gzip.compress(HEAD + b" " * 200_000_000, compresslevel=1)

    assert refusal(bomb).reason is Reason.PARSE_ERROR


def test_text_holds_a_url_a_line() -> None:
    found = listing(
        b"\xef\xbb\xbfhttps://paper.example/1\r\n\r\nhttps://paper.example/1\nnonsense\nhttps://paper.example/2\n"
    )

    assert (found.format, names(found), found.bad_links) == ("text", ["1", "2"], ("bad_link: nonsense",))


def test_a_feed_given_as_a_sitemap_is_read_as_a_feed() -> None:
    found = listing(b"<rss><channel><item><title>One</title><link>/1</link></item></channel></rss>")

    assert (found.format, names(found)) == ("rss", ["1"])


def test_a_sitemap_in_utf_16_is_read() -> None:
    assert names(listing("<urlset><url><loc>/1</loc></url></urlset>".encode("utf-16"))) == ["1"]


@pytest.mark.parametrize("body", [b"", b" \n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0), b"\x00" * 9])
def test_nothing_is_an_empty_body(body: bytes) -> None:
    assert refusal(body).reason is Reason.EMPTY_BODY


@pytest.mark.parametrize(
    "body", [b"<!doctype html><html>Not found</html>", b"<html/>", b"{}", b"Not found", b"<opml/>", b"%PDF-1.4"]
)
def test_a_document_without_urls_is_of_the_wrong_type(body: bytes) -> None:
    assert refusal(body).reason is Reason.WRONG_TYPE


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE urlset>" + WHOLE,
        b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
        b'<!DOCTYPE urlset SYSTEM "http://127.0.0.2/x.dtd"><urlset/>',
        b"<urlset>" + b"<url>" * 10_000,
        b"<urlset><url><loc>https://paper.example/",
        b'<urlset a="' + b"y" * 11_000_000,
        b"\x1f\x8bnothing of the kind",
    ],
)
def test_bombs_and_broken_documents_are_parse_errors(body: bytes) -> None:
    assert refusal(body).reason is Reason.PARSE_ERROR


@given(
    st.binary(max_size=200)
    | st.builds(lambda at, junk: WHOLE[:at] + junk, st.integers(0, 900), st.binary(max_size=40))
)
def test_no_bytes_raise(body: bytes) -> None:
    assert isinstance(read_sitemap(body, URL, "UTC", AT), Listing | Refusal)
    assert isinstance(read_sitemap(gzip.compress(body), URL, "UTC", AT), Listing | Refusal)


def test_undeclared_prefixes_are_no_obstacle() -> None:
    body = "<urlset><url><loc>/1</loc><news:news><news:title>Rain</news:title></news:news><x:y>z</x:y></url></urlset>"

    assert names(listing(body.encode())) == ["1"]
