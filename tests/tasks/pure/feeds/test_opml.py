"""OPML: lists of feeds are read and written."""

import pytest

from schemas.errors import UsageError
from schemas.sources.source import Source
from tasks.pure.feeds.opml import OUTLINES_AT_MOST, Outline, read_opml, write_opml


def opml(outlines: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{outlines}</body></opml>'.encode()


def test_feeds_are_read_from_all_depths_in_order_and_once() -> None:
    found = read_opml(
        opml(
            '<outline text="World"><outline text="A &amp; b" title="" xmlUrl="https://a.example/rss?x=1&y=2" '
            'htmlUrl="https://a.example/"/></outline><outline xmlurl="https://b.example/rss" title="B"/>'
            '<outline xmlUrl="https://a.example/rss?x=1&amp;y=2" text="again"/><outline text="no feed"/>'
        )
    )

    assert found == (
        Outline("https://a.example/rss?x=1&y=2", "A & b", "https://a.example/"),
        Outline("https://b.example/rss", "B", None),
    )


@pytest.mark.parametrize(
    "spelling",
    ["https://A.Example/rss", "HTTPS://a.example/rss", "https://a.example:443/rss", "https://a.example/rss#all"],
)
def test_two_spellings_of_one_address_are_one_feed_as_it_was_written_first(spelling: str) -> None:
    both = opml(f'<outline xmlUrl="https://a.example/rss" text="One"/><outline xmlUrl="{spelling}" text="Two"/>')

    assert read_opml(both) == (Outline("https://a.example/rss", "One"),)


def test_addresses_that_differ_in_the_case_of_their_path_are_two_feeds() -> None:
    both = opml('<outline xmlUrl="https://a.example/rss"/><outline xmlUrl="https://a.example/RSS"/>')

    assert len(read_opml(both)) == 2


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "feed:x", "", "/rss"])
def test_outlines_that_are_not_http_are_left_out(url: str) -> None:
    assert read_opml(opml(f'<outline xmlUrl="{url}"/><outline xmlUrl="https://a.example/rss"/>')) == (
        Outline("https://a.example/rss"),
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'<!DOCTYPE opml SYSTEM "file:///etc/passwd"><opml/>', "DOCTYPE"),
        (b'<!DOCTYPE opml [<!ENTITY x SYSTEM "http://127.0.0.2/">]><opml><body>&x;</body></opml>', "DOCTYPE"),
        (b"<html/>", "no OPML"),
        (b"", "no OPML"),
        (b"<opml><body><outline", "not well-formed"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(body: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_opml(body)


def test_more_feeds_than_the_cap_are_refused_whole() -> None:
    rows = "".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(OUTLINES_AT_MOST + 1))

    with pytest.raises(UsageError, match="5001 feeds"):
        read_opml(opml(rows))


def test_a_written_list_is_read_back() -> None:
    source = Source(
        slug="a",
        name='A & "b" <c>',
        homepage="https://a.example/",
        feeds=("https://a.example/rss?x=1&y=2", "https://a.example/atom"),
        language="en",
        country="gb",
    )

    assert read_opml(write_opml([source]).encode()) == tuple(
        Outline(url, 'A & "b" <c>', "https://a.example/") for url in source.feeds
    )
