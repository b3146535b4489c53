"""Section E of the hostile site: feeds, one run each.

Identity and links (E11 to E15) stand in `cases_e_links.py`. Dates, titles and authors (E16, E18, E19) and what
must open nothing (E08) also stand as tables in `test_feed_tables.py`; what takes several runs (E02, E11 to E13,
E17, E25, E26) in `test_feeds_over_time.py`.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from tests.hostile.cases.feed_cases import (
    HTML,
    RSS,
    asks_only,
    drops,
    feed_case,
    item,
    notes,
    refused_case,
    rss,
    state,
)
from tests.hostile.world import canary
from tests.hostile.world.harness import Case, CaseResult

JSON = "Content-Type: application/feed+json"
LETTERS = {"cyrillic": "Ж", "latin": "é", "hangul": "한글", "han": "漢字"}
STOPPED = frozenset({"parse_error", "parse_timeout", "parse_memory"})


def many(count: int) -> str:
    """A feed of so many items that lead to two articles; which are the newest, tests of the parser ask."""
    return rss((item("/a") + item("/b")) * (count // 2))


def _spelled(letters: str, codec: str, declared: str, header: str | None, mark: bytes = b"") -> tuple[bytes, str]:
    start = f'<?xml version="1.0" encoding="{declared}"?>'
    body = mark + rss(item(f"/{letters}"), start=start).encode(codec)
    return body, f"{RSS}; charset={header}" if header else RSS


def charset_case(
    id_: str, letters: str, codec: str, declared: str, header: str | None = None, mark: bytes = b""
) -> Case:
    """A feed whose only link holds the letters: were it decoded otherwise, the article would not be found."""
    body, media_type = _spelled(letters, codec, declared, header, mark)
    path = "/" + "".join(f"%{byte:02X}" for byte in letters.encode())
    says = f"bytes in {codec}, declared {declared}, header {header}: the link's letters are read right"
    case = feed_case(id_, says, body, "ok", (path,), media_type, check=recorded(body, letters))
    return Case(**{**vars(case), "outcomes": {"/feed": "ok"}})


def recorded(body: bytes, letters: str) -> Callable[[CaseResult], None]:
    """That the feed's state names a codec that reads the letters, and counts nothing as lost."""

    def check(result: CaseResult) -> None:
        seen = state(result)
        assert letters in body.decode(seen["charset"])
        assert seen["broken_chars"] == 0

    return check


def counts_what_is_lost(result: CaseResult) -> None:
    """That the outcome and the feed's state say how many characters could not be read."""
    notes("2 broken characters (utf-8)")(result)
    assert state(result)["broken_chars"] == 2


MANY = (
    feed_case(
        "E01-few",
        "1,200 items: the newest 1,000 are kept and 200 counted",
        lambda: many(1_200),
        check=drops(200),
        loaded=("/a", "/b"),
    ),
    feed_case(
        "E01",
        "100,000 items: the newest 1,000 are kept, the rest counted",
        lambda: many(100_000),
        "ok",
        ("/a", "/b"),
        check=drops(99_000),
        is_slow=True,
    ),
    refused_case("E01-large", "a feed of 16 MB is over the cap", lambda: many(190_000), "too_large", is_slow=True),
)
EMPTY = (
    refused_case("E02-nothing", "0 bytes are an empty body", b"", "empty_body"),
    refused_case("E02-space", "white space is an empty body", b" \r\n\t ", "empty_body"),
    refused_case("E02-bom", "a lone BOM is an empty body", b"\xef\xbb\xbf", "empty_body"),
    refused_case("E02-items", "a sound feed without items is an empty feed, not a success", rss(), "empty_feed"),
)
WRONG = (
    refused_case(
        "E03-html",
        "an HTML page is no feed",
        b"<!doctype html><html><body><p>Moved.</p></body></html>",
        "wrong_type",
        HTML,
    ),
    refused_case(
        "E03-json",
        "a JSON error is no feed",
        b'{"error": "rate limited"}',
        "wrong_type",
        "Content-Type: application/json",
    ),
    refused_case(
        "E03-sitemap", "a sitemap is no feed", b"<urlset><url><loc>http://x.test/a</loc></url></urlset>", "wrong_type"
    ),
    refused_case("E03-opml", "an OPML list is no feed", b'<opml version="2.0"><body/></opml>', "wrong_type"),
)
BROKEN = (
    feed_case(
        "E04-cut",
        "cut off inside its third item: two are kept and the cut is noted",
        rss(item(), item("/b"), "<item><title>lo", end=""),
        "ok",
        ("/a", "/b"),
        check=notes("cut off"),
    ),
    feed_case(
        "E04-open",
        "end tags are missing: all items are kept",
        rss(item(), item("/b"), end=""),
        "ok",
        ("/a", "/b"),
        check=notes("cut off"),
    ),
    feed_case("E04-twice", "`</channel>` twice: all items are kept", rss(item(), end="</channel></channel></rss>")),
    feed_case("E05-ampersand", "a bare ampersand costs nothing", rss(item(title="Fish & chips"))),
    feed_case("E05-entity", "an undefined entity costs nothing", rss(item(title="Caf&eacute;&nbsp;&nosuch;"))),
    feed_case("E05-controls", "control characters and NUL are removed", rss(item(title="One\x00\x08\x1b[31mtwo"))),
    feed_case(
        "E05-bytes", "invalid UTF-8 costs nothing", rss(item(title="a_b")).encode().replace(b"_", b"\xff\xfe\xe9")
    ),
    feed_case(
        "E05-lost",
        "bytes that fit nothing become U+FFFD and are counted",
        rss(item(title="Ж_b", inside="<description>_</description>")).encode().replace(b"_", b"\xe9"),
        check=counts_what_is_lost,
    ),
    refused_case("E05-utf7", "UTF-7 is refused", rss(item()), "parse_error", f"{RSS}; charset=utf-7"),
    refused_case("E05-utf7-declared", "UTF-7 is refused", rss(item()).replace("UTF-8", "utf-7"), "parse_error"),
)
CHARSETS = (
    charset_case("E05-latin", LETTERS["latin"], "latin-1", "utf-8"),
    charset_case("E05-utf16", LETTERS["cyrillic"], "utf-16", "utf-16"),
    charset_case("E05-utf16-bare", LETTERS["cyrillic"], "utf-16-le", "utf-16"),
    charset_case("E05-utf32", LETTERS["cyrillic"], "utf-32", "utf-32"),
    charset_case("E05-1251", LETTERS["cyrillic"], "windows-1251", "windows-1251"),
    charset_case("E05-gb18030", LETTERS["han"], "gb18030", "gb18030"),
    charset_case("E05-euc-kr", LETTERS["hangul"], "euc-kr", "euc-kr"),
    charset_case("E06-header", LETTERS["cyrillic"], "windows-1251", "utf-8", "windows-1251"),
    charset_case("E06-bom", LETTERS["cyrillic"], "utf-8", "windows-1251", "windows-1251", b"\xef\xbb\xbf"),
    charset_case("E06-declaration", LETTERS["cyrillic"], "windows-1251", "windows-1251", "no-such-charset"),
    charset_case("E06-codec", LETTERS["cyrillic"], "utf-8", "idna", "zlib_codec"),
)
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
_NAMES = " ".join(f'xmlns:n{n}="u{n}"' for n in range(50_000))
_ATTRIBUTES = " ".join(f'a{n}="1"' for n in range(50_000))
BOMBS = (
    refused_case(
        "E07-laughs",
        "a billion laughs are refused, not an empty feed",
        rss(item(title="&l9;"), start=f"<!DOCTYPE rss [{_LAUGHS}]>"),
        "parse_error",
    ),
    refused_case(
        "E07-quadratic",
        "a quadratic blow-up is refused",
        rss(item(title="&q;" * 50_000), start=f'<!DOCTYPE rss [<!ENTITY q "{"q" * 50_000}">]>'),
        "parse_error",
    ),
    refused_case("E07-names", "50,000 namespaces are refused", rss(item(inside=f"<x {_NAMES}/>")), STOPPED),
    refused_case("E07-attributes", "50,000 attributes are refused", rss(item(inside=f"<x {_ATTRIBUTES}/>")), STOPPED),
    refused_case(
        "E07-attribute",
        "an attribute of 14 MB is refused",
        lambda: rss(item(inside=f'<x a="{"y" * 14_000_000}"/>')),
        STOPPED,
        is_slow=True,
    ),
    feed_case(
        "E07-comment",
        "a comment of 14 MB costs nothing",
        lambda: rss(item(inside=f"<!--{'y' * 14_000_000}-->")),
        is_slow=True,
    ),
    feed_case(
        "E07-deep",
        "10,000 elements deep: the neighbour is kept",
        rss(item("/b", "<x>" * 10_000 + "</x>" * 10_000), item()),
        "ok",
        ("/a", "/b"),
    ),
)
_INSIDE = f"http://{canary.END}/e08"
XXE = (
    refused_case(
        "E08-file",
        "an entity that names a file is refused",
        rss(item(title="&x;"), start='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "parse_error",
    ),
    refused_case(
        "E08-http",
        "an entity that names a URL is refused",
        rss(item(title="&x;"), start=f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{_INSIDE}">]>'),
        "parse_error",
    ),
    refused_case(
        "E08-parameter",
        "a parameter entity is refused",
        rss(item(), start=f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{_INSIDE}"> %p;]>'),
        "parse_error",
    ),
    feed_case(
        "E08-dtd", "an external DTD is not loaded", rss(item(), start=f'<!DOCTYPE rss SYSTEM "{_INSIDE}.dtd">')
    ),
    feed_case(
        "E08-style",
        "a style sheet is not loaded",
        rss(item(), start=f'<?xml-stylesheet href="{_INSIDE}.xsl" type="text/xsl"?>'),
    ),
    feed_case(
        "E08-xinclude",
        "an XInclude is not followed",
        rss(item(inside=f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{_INSIDE}"/>')),
    ),
)
HEAVY = (
    feed_case(
        "E09-author",
        "an author field that stalls e-mail patterns costs little",
        rss(item(inside=f"<author>{'a.' * 20_000}</author>"), item("/b", date="")),
        "ok",
        ("/a", "/b"),
    ),
    feed_case(
        "E09-comments",
        "50,000 comment starts in a description",
        rss(item(inside=f"<description><![CDATA[{'<!--' * 50_000}]]></description>")),
    ),
    feed_case(
        "E09-brackets",
        "200,000 brackets in a description",
        rss(item(inside=f"<description><![CDATA[{'<' * 200_000}]]></description>")),
    ),
    feed_case("E09-title", "a title of 5 MB", rss(item(title="x" * 5_000_000))),
    refused_case("E10-path", "a body that is a path is no path to open", b"/etc/passwd", "wrong_type"),
    refused_case(
        "E10-url", "a body that is a URL is no URL to fetch", f"http://{canary.END}/e10".encode(), "wrong_type"
    ),
)
BAD_DATES = {
    "/missing": "",
    "/epoch": "Thu, 01 Jan 1970 00:00:00 GMT",
    "/year-one": "0001-01-01T00:00:00Z",
    "/far": "9999-12-31T23:59:59-14:00",
    "/next-month": "Sun, 20 Dec 2026 08:00:00 GMT",
    "/feb-30": "Mon, 30 Feb 2026 08:00:00 GMT",
    "/zone": "Fri, 20 Nov 2026 08:00:00 IST",
    "/offset": "2026-11-20T08:00:00+99:99",
    "/long": "2026-11-20T08:00:00Z" * 50_000,
    "/swap": "03/04/2026 10:00",
}


def undated(result: CaseResult) -> None:
    """That no date was made up, and that what was written is kept as evidence."""
    rows = {row["url"].removeprefix(result.base): row for row in result.versions()}
    assert {path: row["published_at"] for path, row in rows.items()} == dict.fromkeys(BAD_DATES)
    assert BAD_DATES["/feb-30"] in str(rows["/feb-30"]["evidence"])


DATES = (
    feed_case(
        "E16",
        "dates that are missing, impossible, ambiguous or yet to come date no article",
        rss(*(item(path, date=raw) for path, raw in BAD_DATES.items())),
        "ok",
        tuple(BAD_DATES),
        check=undated,
    ),
)


def now_everywhere() -> str:
    """A feed whose entries are all of the moment in which it is asked for."""
    return rss(*(item(path, date=f"{datetime.now(UTC):%a, %d %b %Y %H:%M:%S} GMT") for path in ("/a", "/b")))


def asked_once_and_undated(result: CaseResult) -> None:
    """That neither article has a date, and that the second run asked for none of them."""
    assert [row["published_at"] for row in result.versions()] == [None, None]
    asked = result.ask(f"SELECT url FROM ops.requests WHERE source = '{result.source}' AND kind = 'article'")
    assert len(asked) == 2


MOMENTS = (
    feed_case(
        "E16-now",
        "entries that are always of this moment date no article, and make none due again",
        now_everywhere,
        "ok",
        ("/a", "/b"),
        check=asked_once_and_undated,
    ),
)


def untouched_by_files(result: CaseResult) -> None:
    """That enclosures were never asked for."""
    asks_only("/feed", "/a")(result)


_FILES = f"<enclosure url='http://{canary.END}/x' length='-1'/><enclosure url='/big' length='10995116277760'/>"
_NEXT = "<atom:link rel='next' href='/feed?page=2'/><atom:link rel='hub' href='/hub'/>"
EXTRAS = (
    feed_case(
        "E20",
        "enclosures are noted, never fetched",
        rss(item(inside=_FILES + "<enclosure url='/n' length='1'/>" * 1_000)),
        check=untouched_by_files,
    ),
    feed_case(
        "E21",
        "a time to live that is absurd, and hours to skip, stop no poll",
        rss(
            item(),
            head="<ttl>999999999999</ttl><skipHours>"
            + "".join(f"<hour>{n}</hour>" for n in range(24))
            + "</skipHours>",
        ),
    ),
    feed_case(
        "E22",
        "one page of an endless feed is asked for, and no hub",
        rss(item(), head=_NEXT),
        check=asks_only("/feed", "/a"),
    ),
)


def json_feed(*entries: object, **head: object) -> str:
    """A JSON Feed."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": entries, **head})


_ENTRY = {"id": "1", "url": "/a", "title": "T", "date_published": "2026-11-20T08:00:00Z", "x": 0}
JSON_FEEDS = (
    feed_case(
        "E23-types",
        "values of wrong types count as absent",
        json_feed({"url": "/a", "title": 5, "authors": {}, "tags": "x", "id": []}, None, 7, [[]]),
        "ok",
        ("/a",),
        JSON,
    ),
    feed_case("E23-nan", "NaN costs no item", json_feed(_ENTRY).replace('"x": 0', '"x": NaN'), "ok", ("/a",), JSON),
    feed_case(
        "E23-infinite", "1e999 costs no item", json_feed(_ENTRY).replace('"x": 0', '"x": 1e999'), "ok", ("/a",), JSON
    ),
    feed_case(
        "E23-keys",
        "of two equal keys the last counts",
        json_feed(_ENTRY).replace('"/a"', '"/z", "url": "/a"'),
        "ok",
        ("/a",),
        JSON,
    ),
    feed_case(
        "E23-surrogate",
        "a lone surrogate costs no item",
        json_feed(_ENTRY).replace('"T"', '"a\\ud800b"'),
        "ok",
        ("/a",),
        JSON,
    ),
    feed_case("E23-bom", "a BOM costs no item", "\ufeff" + json_feed(_ENTRY), "ok", ("/a",), JSON),
    refused_case("E23-deep", "arrays 100,000 deep are refused", "[" * 100_000, "parse_error", JSON),
    refused_case("E23-deep-items", "objects 100,000 deep are refused", '{"items":' * 100_000, "parse_error", JSON),
    refused_case("E23-cut", "JSON that breaks off is refused", json_feed(_ENTRY)[:-20], "parse_error", JSON),
)


def in_english(result: CaseResult) -> None:
    """That the language is the text's, not the feed's."""
    assert {row["language"] for row in result.versions()} == {"en"}


LANGUAGES = (
    feed_case(
        "E27",
        "a feed that names another language does not change the article's",
        rss(item(inside="<dc:language>ko</dc:language>"), head="<language>fr</language>"),
        check=in_english,
    ),
)

_IN_TABLES_TOO = (
    "E02-space E02-bom E03-sitemap E03-opml E05-entity E05-controls E05-utf7-declared E05-utf16-bare E05-utf32 "
    "E05-gb18030 E05-euc-kr E06-codec E06-declaration E07-names E08-parameter E08-style E08-xinclude E09-comments "
    "E23-types E23-nan E23-infinite E23-keys E23-bom E23-deep-items"
)
"""What tables of tests read as well, and fast: as whole runs only in `make hostile`."""

_ALL: tuple[Case, ...] = (
    *MANY,
    *EMPTY,
    *WRONG,
    *BROKEN,
    *CHARSETS,
    *BOMBS,
    *XXE,
    *HEAVY,
    *DATES,
    *MOMENTS,
    *EXTRAS,
    *JSON_FEEDS,
    *LANGUAGES,
)

CASES: tuple[Case, ...] = tuple(
    replace(case, is_slow=True) if case.id in _IN_TABLES_TOO.split() else case for case in _ALL
)
