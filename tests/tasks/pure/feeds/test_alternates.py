"""Alternates: of the links of an entry, the page that a reader would open."""

import json
from datetime import UTC, datetime

import pytest

from schemas.sources.listing import Listing
from tasks.pure.feeds.alternates import Alternate, best_first
from tasks.pure.feeds.read import read_feed

URL = "https://blatt.example/feed"
AT = datetime(2026, 11, 25, tzinfo=UTC)
PAGE = "https://blatt.example/hafen"
WHEN = "<updated>2026-11-10T10:00:00Z</updated>"


def urls(body: bytes, language: str | None = None) -> list[str]:
    found = read_feed(body, URL, None, "UTC", AT, 0, language)
    assert isinstance(found, Listing), found
    return [each.url for each in found.entries]


def atom(inside: str, tail: str = "</feed>") -> bytes:
    head = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title>'
    return f"{head}<entry><title>Der Hafen</title>{WHEN}{inside}</entry>{tail}".encode()


def rss(inside: str) -> bytes:
    head = '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Blatt</title>'
    date = "<pubDate>Tue, 10 Nov 2026 12:00:00 GMT</pubDate>"
    return f"{head}<item><title>Der Hafen</title>{date}{inside}</item></channel></rss>".encode()


OTHERS = [
    "type='application/json' href='/wp-json/hafen'",
    "type='application/pdf' href='/hafen.pdf'",
    "type='audio/mpeg' href='/hafen.mp3'",
    "type='application/atom+xml' href='/hafen/comments'",
    "type='text/plain' href='/hafen.txt'",
    "href='/hafen.json'",
    "href='feed://blatt.example/hafen'",
    "href='mailto:hafen@blatt.example'",
    "type='text/html' href='/hafen/amp'",
    "type='text/html' href='/hafen?outputType=amp'",
    "type='text/html' hreflang='en' href='/en/harbour'",
]


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize(
    "page",
    ["type='text/html; charset=utf-8'", "type='application/xhtml+xml'", "", "type='TEXT/HTML' hreflang='de-AT'"],
)
@pytest.mark.parametrize("is_broken", [False, True])
def test_the_page_counts_whatever_stands_before_it(other: str, page: str, is_broken: bool) -> None:
    links = f"<link rel='alternate' {other}/><link rel='alternate' {page} href='/hafen'/>"

    assert urls(atom(links, "<oops></feed>" if is_broken else "</feed>")) == [PAGE]


@pytest.mark.parametrize(("language", "url"), [("en-GB", f"{PAGE}-en"), ("de", PAGE), (None, PAGE), ("it", PAGE)])
def test_of_pages_in_several_languages_the_one_of_the_source_counts(language: str | None, url: str) -> None:
    links = "".join(
        f"<link rel='alternate' type='text/html' hreflang='{tag}' href='/hafen{end}'/>"
        for tag, end in (("fr", "-fr"), ("de", ""), ("en", "-en"))
    )

    assert urls(atom(links), language) == [url if language != "it" else f"{PAGE}-fr"]


def test_where_no_alternate_is_a_page_the_first_is_taken() -> None:
    assert urls(atom("<link type='application/pdf' href='/a.pdf'/><link type='audio/ogg' href='/a.ogg'/>")) == [
        "https://blatt.example/a.pdf"
    ]


def test_each_alternate_has_its_own_base() -> None:
    links = "<link type='application/json' href='x'/><link xml:base='https://blatt.example/d/' href='hafen'/>"

    assert urls(atom(links)) == ["https://blatt.example/d/hafen"]


@pytest.mark.parametrize(
    "body",
    [
        atom(f"<id>{PAGE}</id>"),
        atom(f"<id>{PAGE}</id><link rel='enclosure' type='audio/mpeg' href='/a.mp3'/>"),
        rss(f"<guid>{PAGE}</guid>"),
        rss(f"<guid isPermaLink='TRUE'> {PAGE} </guid><link/>"),
        rss(f"<guid isPermaLink='false'>{PAGE}</guid>"),
        rss(f"<link>javascript:void(0)</link><guid>{PAGE}</guid>"),
        rss(f"<guid isPermaLink='false'>4711</guid><atom:link rel='alternate' type='text/html' href='{PAGE}'/>"),
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": PAGE}]}).encode(),
        json.dumps(
            {"version": "https://jsonfeed.org/version/1", "items": [{"id": "4711", "url": "", "external_url": PAGE}]}
        ).encode(),
    ],
)
def test_an_entry_whose_only_address_is_not_a_plain_link_is_listed_by_it(body: bytes) -> None:
    assert urls(body) == [PAGE]


@pytest.mark.parametrize(
    "body",
    [
        atom(f"<id>{PAGE}/id</id><link href='{PAGE}'/>"),
        rss(f"<guid>{PAGE}/guid</guid><link>{PAGE}</link>"),
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [{"id": f"{PAGE}/id", "external_url": f"{PAGE}/elsewhere", "url": PAGE}],
            }
        ).encode(),
    ],
)
def test_a_link_goes_before_a_guid_that_is_a_url(body: bytes) -> None:
    assert urls(body) == [PAGE]


@pytest.mark.parametrize("said", ["<id>tag:blatt.example,2026:1</id>", "<id>urn:uuid:1225c695-cfb8-4ebb-aaaa</id>"])
def test_an_id_that_is_no_address_of_the_web_lists_nothing(said: str) -> None:
    assert urls(atom(said)) == []


def test_links_of_one_rank_keep_their_order() -> None:
    links = [Alternate("/a"), Alternate("/b", media_type="text/html"), Alternate("/c", media_type="text/html")]

    assert [each.href for each in best_first(links, None)] == ["/b", "/c", "/a"]
