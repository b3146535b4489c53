"""Feeds: every format, and every fault of docs/explanation/hostile-web.md, section E."""

import builtins
import socket
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Listing
from tasks.pure.feeds.read import read_feed

URL = "https://paper.example/feeds/all.xml"
AT = datetime(2026, 11, 25, tzinfo=UTC)
NOON = "Tue, 10 Nov 2026 12:00:00 GMT"


def item(inside: str = "", title: str = "Title", link: str = "https://paper.example/1", date: str = NOON) -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{inside}</item>"


def rss(*items: str, head: str = "", tail: str = "</channel></rss>") -> bytes:
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    names += ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    names += ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    start = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {names}><channel><title>Paper</title>{head}'
    return (start + "".join(items) + tail).encode()


def atom(*entries: str, head: str = "") -> bytes:
    start = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title>'
    return (start + head + "".join(entries) + "</feed>").encode()


def listing(body: bytes, charset: str | None = None) -> Listing:
    found = read_feed(body, URL, charset, "Europe/Kyiv", AT)
    assert isinstance(found, Listing), found
    return found


def refusal(body: bytes, charset: str | None = None) -> Refusal:
    found = read_feed(body, URL, charset, "Europe/Kyiv", AT)
    assert isinstance(found, Refusal), found
    return found


def test_an_rss_item_keeps_all_that_it_says() -> None:
    inside = (
        "<guid isPermaLink='false'>g-1</guid><dc:creator>By Ann Lee</dc:creator><dc:creator>Bob Ray</dc:creator>"
        "<category>World</category><category>Rain</category>"
        "<description>&lt;p&gt;It &lt;b&gt;rained&lt;/b&gt;.&lt;/p&gt;</description>"
        "<enclosure url='/a.mp3' length='12' type='audio/mpeg'/>"
        "<media:content url='https://img.example/1.jpg' medium='image'/>"
    )
    found = listing(rss(item(inside), head="<language>en-gb</language>"))
    facts = found.entries[0].facts

    assert (found.format, found.title, found.language, found.parser) == ("rss", "Paper", "en-gb", "fastfeedparser")
    assert (facts.title, facts.summary, facts.guid) == ("Title", "It rained.", "g-1")
    assert facts.authors == ("Ann Lee", "Bob Ray")
    assert facts.categories == ("World", "Rain")
    assert facts.published
    assert facts.published.at == datetime(2026, 11, 10, 12, tzinfo=UTC)
    assert [(each.url, each.length_bytes) for each in facts.enclosures] == [("https://paper.example/a.mp3", 12)]
    assert facts.image_url == "https://img.example/1.jpg"


def test_an_atom_entry_keeps_both_dates_and_all_authors() -> None:
    entry = (
        "<entry><title>Eins</title><id>tag:1</id>"
        "<link rel='self' href='/self'/><link href='/eins'/><link rel='alternate' href='/zwei'/>"
        "<published>2026-11-09T10:00:00+01:00</published><updated>2026-11-10T10:00:00+01:00</updated>"
        "<author><name>Ann Lee</name><email>ann@paper.example</email></author>"
        "<author><name>Bob Ray</name></author></entry>"
    )
    found = listing(atom(entry))
    facts = found.entries[0].facts

    assert (found.format, found.language) == ("atom", "de")
    assert found.entries[0].url == "https://paper.example/eins"
    assert facts.published
    assert facts.published.at == datetime(2026, 11, 9, 9, tzinfo=UTC)
    assert facts.modified
    assert facts.modified.at == datetime(2026, 11, 10, 9, tzinfo=UTC)
    assert facts.authors == ("Ann Lee", "Bob Ray")


def test_an_rdf_feed_is_read() -> None:
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>Paper</title></channel>'
        '<item rdf:about="https://paper.example/1"><title>One</title><dc:date>2026-11-10T12:00:00Z</dc:date></item></rdf:RDF>'
    )
    found = listing(body.encode())

    assert found.format == "rdf"
    assert [(each.url, each.facts.title) for each in found.entries] == [("https://paper.example/1", "One")]


def test_an_old_rss_with_its_public_doctype_is_read() -> None:
    body = b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.example/rss.dtd">'
    body += b"<rss version='0.91'><channel><item><title>One</title><link>/1</link></item></channel></rss>"

    assert [each.url for each in listing(body).entries] == ["https://paper.example/1"]


def test_a_title_in_xhtml_is_text() -> None:
    title = '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One <em>two</em></div></title>'
    found = listing(atom(f"<entry>{title}<link href='/1'/><updated>2026-11-10T10:00:00Z</updated></entry>"))

    assert found.entries[0].facts.title == "One two"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("Fish & chips", "Fish & chips"),
        ("Caf&eacute;&nbsp;bar", "Café bar"),
        ("&lt;b&gt;Bold&lt;/b&gt; words", "Bold words"),
        ("&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; words", "Bold words"),
        ("<![CDATA[<script>x</script>After]]>", "After"),
        ("<![CDATA[One<br/>two]]>", "One two"),
        ("a &lt; b and 2 &gt; 1", "a < b and 2 > 1"),
        ("vector&lt;int&gt; explained", "vector<int> explained"),
        ("&lt;svg/onload=alert(1)&gt;", None),
        ("evil\u202etxt.exe\u2066", "eviltxt.exe"),
        ("one\u0000\u0008\n\t two", "one two"),
        ("e\u0301", "é"),
        ("👨‍👩‍👧 family", "👨‍👩‍👧 family"),
        ("=HYPERLINK()", "=HYPERLINK()"),
        ("don&#146;t", "don’t"),
        ("don\x92t", "don’t"),
        ("&lt;marquee&gt;One&lt;/marquee&gt; &lt;x&gt;two&lt;/x&gt;", "One <x>two"),
        ("{{7*7}} %s%n '; DROP TABLE", "{{7*7}} %s%n '; DROP TABLE"),
        ("&#0;&#8;x", "x"),
        ("   ", None),
    ],
)
def test_a_title_becomes_plain_text(raw: str, expected: str | None) -> None:
    assert listing(rss(item(title=raw))).entries[0].facts.title == expected


def test_titles_and_summaries_are_cut_to_their_length() -> None:
    facts = listing(rss(item("<description>" + "y " * 9_000 + "</description>", title="x" * 9_000))).entries[0].facts

    assert len(facts.title or "") == 1_000
    assert 3_990 < len(facts.summary or "") <= 4_000


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("<author>ann@paper.example (Ann Lee)</author>", ("Ann Lee",)),
        ("<author>ann@paper.example</author>", ()),
        ("<dc:creator>by: Ann Lee &lt;ann@paper.example&gt;</dc:creator>", ("Ann Lee",)),
        ("<dc:creator>Ann Lee, Bob Ray</dc:creator>", ("Ann Lee", "Bob Ray")),
        ("<dc:creator>Lee, Ann</dc:creator>", ("Lee, Ann",)),
        ("<dc:creator>Ann Lee; Bob</dc:creator>", ("Ann Lee", "Bob")),
        ("<dc:creator>Byron Fox</dc:creator>", ("Byron Fox",)),
        ("<dc:creator>Ann</dc:creator><dc:creator>Ann</dc:creator>", ("Ann",)),
        ("".join(f"<dc:creator>Name{n}</dc:creator>" for n in range(500)), tuple(f"Name{n}" for n in range(20))),
    ],
)
def test_authors_are_names(names: str, expected: tuple[str, ...]) -> None:
    assert listing(rss(item(names))).entries[0].facts.authors == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/a", "https://paper.example/a"),
        ("b", "https://paper.example/feeds/b"),
        ("//other.example/a", "https://other.example/a"),
        ("https://paper.example/a?x=1&amp;y=2", "https://paper.example/a?x=1&y=2"),
        ("https://paper.example/a?x=1&y=2", "https://paper.example/a?x=1&y=2"),
        ("https://paper.example/a?x=1&amp;amp;y=2", "https://paper.example/a?x=1&y=2"),
        ("<![CDATA[https://paper.example/a?x=1&y=2]]>", "https://paper.example/a?x=1&y=2"),
        ("\n  https://paper.example/a\n  ", "https://paper.example/a"),
        ("https://user:secret@paper.example/a", "https://paper.example/a"),
    ],
)
def test_a_link_is_resolved(link: str, expected: str) -> None:
    assert [each.url for each in listing(rss(item(link=link))).entries] == [expected]


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("javascript:alert(1)", "blocked_scheme: javascript:alert(1)"),
        ("data:text/html,x", "blocked_scheme: data:text/html,x"),
        ("mailto:a@b.example", "blocked_scheme: mailto:a@b.example"),
        ("at://did:plc:x", "bad_link: at://did:plc:x"),
        ("http://[::1", "bad_link: http://[::1"),
        ("", "bad_link: no link; GUID none"),
    ],
)
def test_a_link_that_leads_nowhere_is_counted_with_its_reason(link: str, reason: str) -> None:
    found = listing(rss(item(link=link), item(link="/good")))

    assert [each.url for each in found.entries] == ["https://paper.example/good"]
    assert found.bad_links == (reason,)


def test_a_link_of_ten_kilobytes_is_refused_and_its_note_is_short() -> None:
    found = listing(rss(item(link="https://paper.example/" + "x" * 10_000)))

    assert found.entries == ()
    assert len(found.bad_links[0]) < 250


def test_xml_base_counts_and_a_hostile_one_does_not() -> None:
    entry = "<entry xml:base='{}'><title>T</title><link href='x'/><updated>2026-11-10T10:00:00Z</updated></entry>"
    found = listing(atom(entry.format("https://base.example/d/"), entry.format("javascript:alert(1)//")))

    assert [each.url for each in found.entries] == ["https://base.example/d/x", "https://paper.example/feeds/x"]


@pytest.mark.parametrize(
    ("guid", "urls"),
    [
        ("<guid>https://paper.example/g</guid>", ["https://paper.example/g"]),
        ("<guid isPermaLink='true'>https://paper.example/g</guid>", ["https://paper.example/g"]),
        ("<guid isPermaLink='false'>https://paper.example/g</guid>", ["https://paper.example/g"]),
        ("<guid isPermaLink='false'>tag:paper.example,2026:g</guid>", []),
        ("<guid isPermaLink='true'>12345</guid>", []),
        ("<guid isPermaLink='true'>javascript:alert(1)</guid>", []),
    ],
)
def test_a_guid_stands_for_a_missing_link_only_if_it_is_one(guid: str, urls: list[str]) -> None:
    body = rss(f"<item><title>T</title><pubDate>{NOON}</pubDate>{guid}</item>")

    assert [each.url for each in listing(body).entries] == urls


def test_a_link_that_comes_twice_is_one_entry_and_the_first_counts() -> None:
    found = listing(rss(item(title="First"), item(title="Second"), item(link="/2")))

    assert [(each.url[-1], each.facts.title) for each in found.entries] == [("1", "First"), ("2", "Title")]


def test_entries_are_newest_first_and_an_undated_one_stays_where_it_stood() -> None:
    dates = {"a": "9 Nov 2026 12:00 GMT", "b": "10 Nov 2026 12:00 GMT", "c": "", "d": "8 Nov 2026 12:00 GMT"}
    found = listing(rss(*(item(link=f"/{name}", date=date) for name, date in dates.items())))

    assert [each.url[-1] for each in found.entries] == ["b", "c", "a", "d"]


def test_a_feed_without_dates_still_yields_links() -> None:
    found = listing(rss(item(date=""), item(link="/2", date="")))

    assert [each.url[-1] for each in found.entries] == ["1", "2"]
    assert found.entries[0].facts.published is None
    assert found.parser == "fastfeedparser+feedparser"


@pytest.mark.parametrize(
    "raw", ["Tue, 10 Nov 2026 12:00:00 PT", "Tue 10 Nov 2026 12:00 XYZT", "Feb 30, 2026", "03/04/2026", "soon"]
)
def test_a_date_that_no_two_parsers_agree_on_is_unknown_and_kept(raw: str) -> None:
    published = listing(rss(item(date=raw))).entries[0].facts.published

    assert published
    assert (published.raw, published.at) == (raw, None)


def test_hub_and_ttl_are_read_and_the_hint_is_clamped() -> None:
    hub = "<atom:link rel='hub' href='https://hub.example/'/>"

    assert listing(rss(item(), head=hub)).hub == "https://hub.example/"
    for ttl, seconds in (("0", 900), ("60", 3600), ("999999", 86400), ("soon", None), ("-5", None)):
        assert listing(rss(item(), head=f"<ttl>{ttl}</ttl>")).poll_hint_s == seconds
    hourly = "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
    assert listing(rss(item(), head=hourly)).poll_hint_s == 1800


def test_enclosures_are_noted_with_sane_lengths_and_few() -> None:
    files = "<enclosure url='http://169.254.169.254/x' length='-1'/><enclosure url='file:///etc/passwd' length='1'/>"
    files += "<enclosure url='/big' length='10995116277760'/>" + "<enclosure url='/n' length='1'/>" * 1_000
    found = listing(rss(item(files))).entries[0].facts.enclosures

    assert [(each.url, each.length_bytes) for each in found[:2]] == [
        ("http://169.254.169.254/x", None),
        ("https://paper.example/big", 10995116277760),
    ]
    assert len(found) < 20


def test_of_a_hundred_thousand_items_the_newest_thousand_are_kept_in_seconds() -> None:
    stamps = (f"2026-{1 + n // 27 % 11:02}-{1 + n % 27:02}T{n % 24:02}:00:00Z" for n in range(100_000))
    body = rss(*(item(link=f"/{n}", date=stamp) for n, stamp in enumerate(stamps)))
    began = time.monotonic()
    found = listing(body)

    assert time.monotonic() - began < 10
    assert (len(found.entries), found.entries_dropped) == (1_000, 99_000)


@pytest.mark.parametrize("is_ascending", [True, False])
def test_the_newest_are_kept_whichever_end_they_stand_at(is_ascending: bool) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    items = [item(link=f"/{n}", date=(first + timedelta(minutes=n)).isoformat()) for n in range(10_500)]
    found = listing(rss(*(items if is_ascending else reversed(items))))

    assert [each.url for each in found.entries] == [f"https://paper.example/{10_499 - n}" for n in range(1_000)]
    assert found.entries_dropped == 9_500


def test_a_feed_cut_in_an_item_keeps_the_whole_ones_and_says_so() -> None:
    body = rss(item(), item(link="/2"), item("<description>lost</description>", link="/3"))
    found = listing(body[: body.index(b"lost")])

    assert [each.url[-1] for each in found.entries] == ["1", "2"]
    assert found.is_partial


def test_a_feed_cut_in_its_first_item_lists_nothing_and_says_so() -> None:
    body = rss(item("<description>lost</description>"))
    found = listing(body[: body.index(b"lost")])

    assert (found.entries, found.is_partial) == ((), True)


@pytest.mark.parametrize("tail", ["", "</channel>", "</channel></channel></rss>"])
def test_end_tags_that_lack_or_double_lose_no_item(tail: str) -> None:
    found = listing(rss(item(), item(link="/2"), tail=tail))

    assert ([each.url[-1] for each in found.entries], found.is_partial) == (["1", "2"], True)


def test_text_that_a_server_prints_around_a_feed_is_ignored() -> None:
    found = listing(b"<br />\n<b>Warning</b>: x in y" + rss(item()) + b"\n<!-- cached --><script>x</script>")

    assert (len(found.entries), found.is_partial, found.parser) == (1, False, "fastfeedparser")


def test_a_well_formed_feed_without_items_is_a_listing_of_nothing() -> None:
    found = listing(rss())

    assert (found.format, found.entries, found.is_partial) == ("rss", (), False)


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\x00"])
def test_nothing_is_an_empty_body(body: bytes) -> None:
    assert refusal(body).reason is Reason.EMPTY_BODY


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><head><title>Blocked</title></head></html>",
        b'<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        b'{"error": "rate limited"}',
        b"[]",
        b'<?xml version="1.0"?><opml version="2.0"><body/></opml>',
        b"<urlset><url><loc>https://paper.example/1</loc></url></urlset>",
        b"<sitemapindex/>",
        b"/etc/passwd",
        b"http://169.254.169.254/",
        b"Service unavailable",
    ],
)
def test_other_documents_are_of_the_wrong_type(body: bytes) -> None:
    assert refusal(body).reason is Reason.WRONG_TYPE


BOMB = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "body",
    [
        BOMB + rss(item(title="&b;")).partition(b"?>")[2],
        b'<?xml version="1.0"?>' + BOMB + b"<rss><channel/></rss>",
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        b'<!DOCTYPE rss [<!-- ] --><!ENTITY % p SYSTEM "http://127.0.0.2/x"> %p; ]><rss/>',
        b"<!DOCTYPE rss [",
        rss(item("<x " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>")),
        rss(item("<x " + " ".join(f'xmlns:a{n}="u{n}"' for n in range(50_000)) + "/>")),
        rss(item('<x a="' + "y" * 1_000_000 + '"/>')),
        b"<rss><channel><title>never closed",
    ],
)
def test_bombs_and_broken_documents_are_parse_errors_and_never_empty_feeds(body: bytes) -> None:
    assert refusal(body).reason is Reason.PARSE_ERROR


@pytest.mark.parametrize(
    "inside",
    [
        "<x>" * 10_000 + "</x>" * 10_000,
        "<description><![CDATA[" + "<" * 200_000 + "]]></description>",
        "<description><![CDATA[" + "<!--" * 50_000 + "]]></description>",
        "<description><![CDATA[" + '<a "' * 50_000 + "]]></description>",
        "<author>" + "a." * 20_000 + "</author>",
        "<author>" + "a" * 20_000 + "@" * 20_000 + "</author>",
        "<description>" + "&" * 500_000 + "</description>",
        "<!--" + "y" * 3_000_000 + "-->",
        "<category>c</category>" * 20_000,
        "<description>" + "a\u0300\u0316" * 100_000 + "</description>",
    ],
)
def test_a_hostile_item_costs_little_and_its_neighbour_nothing(inside: str) -> None:
    began = time.monotonic()
    found = listing(rss(item(inside), item(link="/good")))

    assert time.monotonic() - began < 3
    assert "https://paper.example/good" in [each.url for each in found.entries]


def test_no_file_is_opened_and_no_host_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    listing(rss(item(date="")))
    touched: list[object] = []
    monkeypatch.setattr(builtins, "open", lambda *args, **_: touched.append(args))
    monkeypatch.setattr(socket.socket, "connect", lambda *args: touched.append(args))
    style = b'<?xml-stylesheet href="http://127.0.0.2/x.xsl" type="text/xsl"?>'
    xinclude = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    listing(style + rss(item(xinclude, date="")).partition(b"?>")[2])
    refusal(b"http://127.0.0.2/feed")

    assert touched == []


CHARSETS = [
    ("Ж", None, "utf-8", "utf-8"),
    ("Ж", None, "windows-1251", "windows-1251"),
    ("é", None, "iso-8859-1", "iso-8859-1"),
    ("한글", None, "euc-kr", "euc-kr"),
    ("漢字", None, "gb18030", "gb18030"),
    ("漢字", None, "gb2312", "gbk"),
    ("Ж", "windows-1251", "utf-8", "windows-1251"),
    ("Ж", "utf-8", "windows-1251", "utf-8"),
    ("Ж", "windows-1251", "windows-1251", "utf-8-sig"),
    ("Ж", None, "utf-16", "utf-16"),
    ("Ж", None, "utf-16", "utf-16-le"),
    ("Ж", None, "utf-8", "utf-16-be"),
    ("Ж", None, "utf-32", "utf-32"),
    ("Ж", "zlib_codec", "idna", "utf-8"),
    ("é", "utf-8", "iso-8859-1", "iso-8859-1"),
    ("é – ü", None, "utf-8", "windows-1252"),
]


@pytest.mark.parametrize(("letters", "header", "declared", "codec"), CHARSETS)
def test_the_encoding_is_bom_then_header_then_declaration(
    letters: str, header: str | None, declared: str, codec: str
) -> None:
    text = rss(item(title=letters)).decode().replace('"UTF-8"', f'"{declared}"')

    found = listing(text.encode(codec), header)

    assert found.entries[0].facts.title == letters
    assert found.broken_chars == 0
    assert letters in text.encode(codec).decode(found.charset or "")


def test_bytes_that_fit_no_encoding_become_replacement_characters() -> None:
    body = rss(item(title="Ж a\u00e9b")).replace("é".encode(), b"\xe9")

    found = listing(body)

    assert found.entries[0].facts.title == "Ж a\ufffdb"
    assert (found.charset, found.broken_chars) == ("utf-8", 1)


@pytest.mark.parametrize(("header", "declared"), [("UTF-7", "utf-8"), (None, "utf-7")])
def test_utf_7_is_refused(header: str | None, declared: str) -> None:
    body = rss(item()).replace(b'"UTF-8"', f'"{declared}"'.encode())

    assert refusal(body, header).reason is Reason.PARSE_ERROR


@given(
    st.binary(max_size=300)
    | st.builds(lambda at, junk: rss(item())[:at] + junk, st.integers(0, 600), st.binary(max_size=40))
)
def test_no_bytes_raise(body: bytes) -> None:
    assert isinstance(read_feed(body, URL, None, "UTC", AT), Listing | Refusal)


def test_a_namespace_that_borrows_a_name_is_not_believed_before_the_feed_itself() -> None:
    inside = "<media:title>Picture</media:title><atom:title>Extension</atom:title><title>Title</title>"
    body = rss(f"<item>{inside}<link>/1</link><pubDate>{NOON}</pubDate></item>")

    assert listing(body).entries[0].facts.title == "Title"


def test_text_in_base64_is_text_and_markup_in_a_summary_is_no_end_of_it() -> None:
    entry = (
        "<entry><title mode='base64'>RXhhbXBsZSA8Yj5BdG9tPC9iPg==</title><link href='/1'/>"
        "<updated>2026-11-10</updated><summary>One <b>two</b> three<script>four</script></summary></entry>"
    )
    facts = listing(atom(entry)).entries[0].facts

    assert (facts.title, facts.summary) == ("Example Atom", "One two three")
