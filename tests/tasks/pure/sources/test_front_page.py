"""Front pages: the feeds that a page names in its head and by its links."""

import pytest

from schemas.items.outcome import Reason, Refusal
from schemas.sources.place import Front, SaidBy
from tasks.pure.sources.front_page import FEEDS_AT_MOST, looks_like_feed, read_front

HERE = "https://www.paper.example/"


def front(head: str = "", body: str = "") -> Front:
    page = f"<html lang='uk-UA'><head>{head}</head><body>{body}</body></html>"
    read = read_front(page.encode(), HERE, None)
    assert isinstance(read, Front)
    return read


def alternate(href: str, media_type: str, title: str = "") -> str:
    return f'<link rel="alternate" type="{media_type}" href="{href}" title="{title}">'


@pytest.mark.parametrize(
    ("href", "media_type"),
    [
        ("/rss", "application/rss+xml"),
        ("/atom", "application/atom+xml; charset=utf-8"),
        ("/x.json", "Application/Feed+JSON"),
        ("/feed.xml", "text/xml"),
        ("/feed/json", "application/json"),
    ],
)
def test_a_feed_is_named_in_the_head_by_its_type(href: str, media_type: str) -> None:
    (feed,) = front(alternate(href, media_type)).feeds

    assert (feed.url, feed.said_by) == (f"https://www.paper.example{href}", SaidBy.ALTERNATE)


@pytest.mark.parametrize(
    ("href", "media_type", "title"),
    [
        ("/wp-json/wp/v2/pages/7", "application/json", ""),
        ("/oembed?format=xml", "text/xml+oembed", ""),
        ("/fr/", "", "Français"),
        ("/comments/feed/", "application/rss+xml", ""),
        ("/x/feed/", "application/rss+xml", "Paper » Comments Feed"),
        ("javascript:x", "application/rss+xml", ""),
    ],
)
def test_other_alternates_are_no_feeds(href: str, media_type: str, title: str) -> None:
    assert front(alternate(href, media_type, title)).feeds == ()


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://paper.example/rss", True),
        ("https://paper.example/world/feed/", True),
        ("https://paper.example/rss.xml", True),
        ("https://paper.example/rss/latest.php?x=1", True),
        ("https://paper.example/world_rss.xml", True),
        ("https://paper.example/latest.atom", True),
        ("https://feeds.paper.example/world", True),
        ("https://paper.example/feedback", False),
        ("https://paper.example/news/feeding-the-birds-in-winter", False),
        ("https://paper.example/crossword", False),
        ("https://paper.example/world", False),
    ],
)
def test_a_feed_is_told_by_its_spelling(url: str, is_one: bool) -> None:
    assert looks_like_feed(url) is is_one


def test_feeds_of_the_head_come_before_linked_ones_and_each_once() -> None:
    read = front(alternate("/b/rss", "application/rss+xml"), '<footer><a href="/a/rss">RSS</a><a href="/b/rss">x</a>')

    assert [(feed.url[-6:], feed.said_by) for feed in read.feeds] == [
        ("/b/rss", SaidBy.ALTERNATE),
        ("/a/rss", SaidBy.ANCHOR),
    ]


def test_a_page_of_feeds_is_read_to_a_cap() -> None:
    assert len(front(body="".join(f'<a href="/{n}/rss">x</a>' for n in range(200))).feeds) == FEEDS_AT_MOST


def test_a_page_tells_name_title_and_language() -> None:
    read = front('<title>News today</title><meta property="og:site_name" content="The Paper">')

    assert (read.site_name, read.title, read.language) == ("The Paper", "News today", "uk-UA")


def test_a_body_that_is_no_page_is_refused() -> None:
    refusal = read_front(b"%PDF-1.4", HERE, None)

    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.WRONG_TYPE
