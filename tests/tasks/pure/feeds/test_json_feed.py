"""JSON Feed: values of the wrong type count as absent, and other JSON is refused."""

import json
from datetime import UTC, datetime

import pytest

from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Listing
from tasks.pure.feeds.read import read_feed

URL = "https://paper.example/feed.json"
AT = datetime(2026, 11, 25, tzinfo=UTC)


def body(*items: object, **head: object) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": items, **head}
    ).encode()


def listing(content: bytes) -> Listing:
    found = read_feed(content, URL, None, "UTC", AT)
    assert isinstance(found, Listing), found
    return found


def test_an_item_keeps_all_that_it_says() -> None:
    found = listing(
        body(
            {
                "id": 7,
                "url": "/1",
                "title": "One &amp; two",
                "content_html": "<p>Text</p>",
                "date_published": "2026-11-10T12:00:00Z",
                "date_modified": "2026-11-11T12:00:00Z",
                "authors": [{"name": "Ann Lee"}, {"url": "/x"}, "Bob Ray"],
                "tags": ["World", 5],
                "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}],
                "image": "/i.jpg",
            },
            language="en",
            hubs=[{"type": "WebSub", "url": "https://hub.example/"}],
        )
    )
    facts = found.entries[0].facts

    assert (found.format, found.language, found.hub) == ("json_feed", "en", "https://hub.example/")
    assert found.entries[0].url == "https://paper.example/1"
    assert (facts.title, facts.summary, facts.guid) == ("One & two", "Text", "7")
    assert (facts.authors, facts.categories) == (("Ann Lee", "Bob Ray"), ("World",))
    assert facts.published
    assert facts.modified
    assert facts.published.at
    assert facts.modified.at
    assert (facts.enclosures[0].length_bytes, facts.image_url) == (9, "https://paper.example/i.jpg")


@pytest.mark.parametrize(
    "entry",
    [
        {"url": "/1", "title": 5, "authors": "x", "tags": {}, "attachments": [[]], "date_published": [], "id": {}},
        {"url": "/1", "author": [["x"]], "authors": [None, 3], "summary": True, "image": {}, "language": 9},
        {"id": "https://paper.example/1"},
        {"external_url": "https://paper.example/1", "url": None},
    ],
)
def test_values_of_wrong_types_count_as_absent(entry: dict[str, object]) -> None:
    found = listing(body(entry, 5, None, [], "x"))

    assert [each.url for each in found.entries] == ["https://paper.example/1"]


def test_an_item_without_a_link_is_counted() -> None:
    assert listing(body({"id": "abc"})).bad_links == ("bad_link: no link; GUID abc",)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1e999"])
def test_numbers_that_are_none_cost_no_item(number: str) -> None:
    content = body({"url": "/1", "title": "T", "x": 0}).replace(b'"x": 0', f'"x": {number}'.encode())

    assert [each.facts.title for each in listing(content).entries] == ["T"]


def test_lone_surrogates_and_a_bom_are_survived() -> None:
    content = b"\xef\xbb\xbf" + body({"url": "/1", "title": "T"}).replace(b'"T"', b'"a\\ud800b"')

    assert listing(content).entries[0].facts.title == "ab"


def test_the_last_of_duplicate_keys_counts() -> None:
    content = body({"url": "/1", "title": "T"}).replace(b'"title": "T"', b'"title": "a", "title": "b"')

    assert listing(content).entries[0].facts.title == "b"


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"{",
        b'{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/1"}',
        b"{'a': 1}",
    ],
)
def test_text_that_is_not_json_is_a_parse_error(content: bytes) -> None:
    found = read_feed(content, URL, None, "UTC", AT)

    assert isinstance(found, Refusal)
    assert found.reason is Reason.PARSE_ERROR


@pytest.mark.parametrize(
    "content", [b"{}", b"[]", b'{"items": []}', b'{"version": "https://jsonfeed.org/version/1", "items": {}}']
)
def test_other_json_is_of_the_wrong_type(content: bytes) -> None:
    found = read_feed(content, URL, None, "UTC", AT)

    assert isinstance(found, Refusal)
    assert found.reason is Reason.WRONG_TYPE


def test_of_many_items_a_thousand_are_kept() -> None:
    found = listing(body(*({"url": f"/{n}"} for n in range(1_500))))

    assert (len(found.entries), found.entries_dropped) == (1_000, 500)
