"""The headline of a page."""

import pytest

from tasks.pure.article.titles import choose_title
from tests.support.extraction_samples import page_of


@pytest.mark.parametrize(
    ("html", "feed", "expected"),
    [
        ("<title>Story of the day | Courier</title>", None, "Story of the day"),
        ("<title>Courier: Story of the day</title>", None, "Story of the day"),
        ("<title>Story of the day - courier.example</title>", None, "Story of the day"),
        ("<title>Tories - the inside story - The Courier</title>", None, "Tories - the inside story"),
        (
            "<title>Courier</title><meta property='og:title' content='Home'><h1>Story of the day</h1>",
            None,
            "Story of the day",
        ),
        (
            "<title>Story of the day</title><h1>Courier</h1><h1>Story of the day, told</h1>",
            None,
            "Story of the day, told",
        ),
        (
            "<h1>Story of the day</h1><meta property='og:title' content='You must read this'>",
            None,
            "Story of the day",
        ),
        (
            "<h1>Another headline altogether</h1><meta property='og:title' content='Story of the day'>",
            "Story of the day",
            "Story of the day",
        ),
        ("<title>Courier</title>", "Story of the day", "Story of the day"),
        ("<h1>Breakpoint<span>: the day</span></h1>", None, "Breakpoint: the day"),
        (
            "<meta property='og:title' content='The council voted to rebuild the old…'>"
            "<title>The council voted to rebuild the old terminal | Courier</title>",
            None,
            "The council voted to rebuild the old terminal",
        ),
        ("<h1><ruby>港<rt>みなと</rt></ruby>の市場</h1>", None, "港の市場"),
        ("<title>Blog Archive » A day at the mill</title>", None, "A day at the mill"),
        ("<p>x</p>", None, None),
        ("<h1>\u202eStory\u200b of the\u00ad day\x07</h1>", None, "Story of the day"),
    ],
)
def test_the_headline_is_chosen(html: str, feed: str | None, expected: str | None) -> None:
    assert choose_title(page_of(html), feed, "Courier") == expected


def test_a_stated_headline_goes_before_the_heading() -> None:
    page = page_of(
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Stated"}</script><h1>Shown</h1>'
    )

    assert choose_title(page, None, "Courier") == "Stated"


LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge closed"}</script>'
OG = "<meta property='og:title' content='Bridge shut for years'>"
TWITTER = "<meta name='twitter:title' content='Bridge shut for years'>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (LD + "<h1>Old bridge is closed</h1>" + OG, "Bridge closed"),
        (LD + "<h1>Bridge shut for years</h1>" + OG, "Bridge shut for years"),
        (LD + "<h1>Bridge closed</h1>" + OG + TWITTER, "Bridge closed"),
        ("<h1>Bridge closed</h1>" + OG + TWITTER, "Bridge shut for years"),
        ("<h1>Bridge closed</h1>" + OG, "Bridge closed"),
    ],
)
def test_two_places_that_agree_go_before_one(html: str, expected: str) -> None:
    assert choose_title(page_of(html), None, "Courier") == expected


def test_a_heading_that_is_the_masthead_is_no_headline() -> None:
    html = "<title>A day at the mill | Valley Voices</title><h1>Valley Voices</h1>"

    assert choose_title(page_of(html, "https://x.example/2026/day-at-the-mill/"), None, "Courier") == (
        "A day at the mill"
    )
    assert choose_title(page_of(html, "https://x.example/valley-voices"), None, "Courier") == "Valley Voices"


def test_the_hosts_name_is_no_part_of_a_headline() -> None:
    page = page_of("<title>A day at the mill | Valley Voices</title>", "https://www.valleyvoices.example/1234")

    assert choose_title(page, None, "Courier") == "A day at the mill"


def test_a_headline_is_at_most_500_characters() -> None:
    assert len(choose_title(page_of(f"<h1>{'word ' * 300}</h1>"), None, "Courier") or "") <= 500
