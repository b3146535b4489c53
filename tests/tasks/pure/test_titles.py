"""The headline is what readers see above the text."""

import pytest

from tasks.pure.titles import choose_title
from tests.tasks.pure.extraction_samples import page_of


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


def test_a_headline_is_at_most_500_characters() -> None:
    assert len(choose_title(page_of(f"<h1>{'word ' * 300}</h1>"), None, "Courier") or "") <= 500
