"""Conditional requests, HEAD and gzip at the newsroom."""

from collections.abc import Callable
from typing import Any

import pytest

from tasks.demo_site import Newsroom
from tasks.demo_site.responses import Response, is_unmodified

FEEDS = [
    "http://harbour-gazette.example/rss/news.xml",
    "http://talblick.example/feed/atom.xml",
    "http://dnipro-visnyk.example/feed.json",
    "http://dnipro-visnyk.example/sitemap-news.xml",
]
CHANGED_FEEDS = [url for url in FEEDS if "talblick" not in url]

OWN = Response(200, "text/html", b"", (("ETag", 'W/"abc"'), ("Last-Modified", "Mon, 23 Nov 2026 14:30:00 GMT")))

Get = Callable[..., Any]


@pytest.mark.parametrize("url", FEEDS)
@pytest.mark.parametrize(("asks", "says"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_a_feed_that_did_not_change_answers_304_without_a_body(get: Get, url: str, asks: str, says: str) -> None:
    validator = get(url).headers[says]
    again = get(url, headers={asks: validator})

    assert (again.status, again.body) == (304, b"")
    assert again.headers[says] == validator


@pytest.mark.parametrize("url", CHANGED_FEEDS)
@pytest.mark.parametrize(("asks", "says"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_a_feed_that_edition_2_changed_answers_200_with_another_validator(
    get: Get, newsroom: Newsroom, url: str, asks: str, says: str
) -> None:
    validator = get(url).headers[says]
    newsroom.edition = 2
    again = get(url, headers={asks: validator})

    assert again.status == 200
    assert again.headers[says] != validator


def test_the_atom_feed_answers_304_across_editions(get: Get, newsroom: Newsroom) -> None:
    url = "http://talblick.example/feed/atom.xml"
    first = get(url).headers
    newsroom.edition = 2

    assert get(url, headers={"If-None-Match": first["ETag"]}).status == 304
    assert get(url, headers={"If-Modified-Since": first["Last-Modified"]}).status == 304


@pytest.mark.parametrize(
    ("asked", "unmodified"),
    [
        ({}, False),
        ({"if-none-match": '"abc"'}, True),
        ({"if-none-match": '"x", W/"abc"'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"x"'}, False),
        ({"if-none-match": '"x"', "if-modified-since": "Mon, 23 Nov 2026 14:30:00 GMT"}, False),
        ({"if-modified-since": "Mon, 23 Nov 2026 14:30:01 GMT"}, True),
        ({"if-modified-since": "Mon, 23 Nov 2026 14:29:59 GMT"}, False),
        ({"if-modified-since": "yesterday"}, False),
    ],
)
def test_conditions_are_weighed_as_rfc_9110_says(asked: dict[str, str], unmodified: bool) -> None:
    assert is_unmodified(OWN, asked) is unmodified


@pytest.mark.parametrize("outlet", ["talblick", "dnipro-visnyk"])
def test_two_outlets_compress_for_a_client_that_accepts_gzip(get: Get, outlet: str) -> None:
    plain = get(f"http://{outlet}.example/")
    packed = get(f"http://{outlet}.example/", headers={"Accept-Encoding": "br, gzip"})

    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert int(packed.headers["Content-Length"]) < len(plain.body)
    assert packed.body == plain.body


def test_a_client_that_refuses_gzip_gets_plain_bytes(get: Get) -> None:
    answer = get("http://talblick.example/", headers={"Accept-Encoding": "gzip;q=0, identity"})

    assert answer.headers["Content-Encoding"] is None


def test_head_says_the_length_of_what_get_would_send_and_sends_nothing(get: Get) -> None:
    url = "http://harbour-gazette.example/rss/news.xml"
    head = get(url, method="HEAD")

    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(get(url).body)
