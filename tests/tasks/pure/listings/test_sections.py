"""Home and section pages: which of their links are articles."""

import pytest

from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Listing
from tasks.pure.listings.sections import ENTRIES_AT_MOST, is_headline, looks_like_article, read_section

HERE = "https://www.paper.example/world"
STORY = "/2026/11/23/harbour-wall"
TITLE = "Harbour wall will be raised again"


def listed(body: str, url: str = HERE) -> Listing:
    listing = read_section(f"<html lang='en'><body>{body}</body></html>".encode(), url, None)
    assert isinstance(listing, Listing)
    return listing


def link(href: str = STORY, text: str = TITLE) -> str:
    return f'<a href="{href}">{text}</a>'


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/23/harbour-wall",
        "/2026/nov/23/harbour-wall",
        "/news/2026-11-23/wall.html",
        "/20261123/wall",
        "/news/harbour-wall-will-be-raised",
        "/новини/стіну-гавані-знову-піднімуть",
        "/%D0%BD/%D1%81%D1%82%D1%96%D0%BD%D1%83-%D0%B3-%D0%B7-%D0%BF",
        "/articles/cly2nz0k41vo-8675309",
        "/view/AKR20261123045100504",
        "/article/48213",
        "/news/articleView.html?idxno=48213",
        "/?p=48213",
    ],
)
def test_an_article_is_told_by_date_slug_or_number(path: str) -> None:
    assert looks_like_article(f"https://www.paper.example{path}")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/index.html",
        "/world",
        "/world/europe",
        "/about-us",
        "/tag/2026-11-23-elections-in-europe",
        "/author/anna-maria-lee-smith/48213",
        "/category/48213",
        "/login?id=48213",
        "/2026/11/23/annual-report.pdf",
        "/media/48213.jpg",
        "/page/2",
        "/archive?page=48213",
        "/privacy/how-we-use-your-facts",
    ],
)
def test_other_urls_are_not_taken_for_articles(path: str) -> None:
    assert not looks_like_article(f"https://www.paper.example{path}")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (TITLE, True),
        ("Read more", False),
        ("", False),
        ("Anna Maria Lee", False),
        ("港の壁を再び高くする計画", True),
        ("国際", False),
        ("항만 방벽 다시 높인다", True),
    ],
)
def test_a_headline_has_four_words_or_eight_characters_without_spaces(text: str, is_one: bool) -> None:
    assert is_headline(text) is is_one


def test_an_article_is_listed_with_its_anchor_text_as_title() -> None:
    (entry,) = listed(link()).entries

    assert (entry.url, entry.facts.title) == (f"https://www.paper.example{STORY}", TITLE)


def test_a_short_text_is_enough_in_a_heading() -> None:
    inside = f'<a href="{STORY}"><span>Live</span><h3>Wall raised</h3><p>What happened and why it did</p></a>'
    around = f"<h2>{link(f'{STORY}-2', 'Wall raised')}</h2>"

    assert [entry.facts.title for entry in listed(inside + around).entries] == ["Wall raised", "Wall raised"]


@pytest.mark.parametrize("frame", ["nav", "footer", "aside", "div role='navigation'"])
def test_a_link_in_the_frame_of_the_page_is_none(frame: str) -> None:
    assert listed(f"<{frame}><p>{link()}</p></{frame.split()[0]}>").entries == ()


@pytest.mark.parametrize(
    "href",
    [
        "https://elsewhere.example/2026/11/23/wall",
        "javascript:open('/2026/11/23/wall')",
        "mailto:2026-11-23@paper.example",
        "#2026-11-23-harbour-wall-raised",
        "http://[::1/2026/11/23/wall",
        "",
    ],
)
def test_a_link_that_leads_away_or_nowhere_is_none(href: str) -> None:
    listing = listed(link(href))

    assert (listing.entries, listing.bad_links) == ((), ())


def test_a_link_to_another_host_of_the_same_domain_is_one() -> None:
    assert len(listed(link("https://sport.paper.example/2026/11/23/wall")).entries) == 1


def test_each_article_is_listed_once_and_in_the_order_of_the_page() -> None:
    body = link("/article/20002") + link("/article/10001") + link("/article/20002?utm_source=home#comments")

    assert [entry.url[-5:] for entry in listed(body).entries] == ["20002", "10001"]


def test_a_picture_of_the_same_article_does_not_hide_its_headline() -> None:
    assert [entry.facts.title for entry in listed(f'<a href="{STORY}"><img src="a.jpg"></a>{link()}').entries] == [
        TITLE
    ]


def test_a_page_does_not_list_itself() -> None:
    assert listed(link(), f"https://www.paper.example{STORY}").entries == ()


def test_links_are_relative_to_the_base_of_the_page() -> None:
    body = b"<head><base href='https://www.paper.example/deep/'></head>" + link("48213.html").encode()
    listing = read_section(body, HERE, None)

    assert isinstance(listing, Listing)
    assert listing.entries[0].url == "https://www.paper.example/deep/48213.html"


def test_more_than_the_cap_is_counted_and_dropped() -> None:
    listing = listed("".join(link(f"/article/{10_000 + n}") for n in range(ENTRIES_AT_MOST + 7)))

    assert (len(listing.entries), listing.entries_dropped) == (ENTRIES_AT_MOST, 7)


def test_a_page_without_articles_is_an_empty_listing() -> None:
    listing = listed("<p>Nothing today.</p>")

    assert (listing.format, listing.entries, listing.language) == ("html", (), "en")


def test_a_page_in_an_old_encoding_is_read_by_its_header() -> None:
    body = "<p><a href='/article/48213'>Стіну гавані знову піднімуть</a>".encode("windows-1251")
    listing = read_section(body, HERE, "windows-1251")

    assert isinstance(listing, Listing)
    assert listing.entries[0].facts.title == "Стіну гавані знову піднімуть"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.EMPTY_BODY),
        (b"%PDF-1.7 x", Reason.WRONG_TYPE),
        (b'{"a": 1}', Reason.WRONG_TYPE),
        (b"<div>" * 2_000, Reason.PARSE_ERROR),
        (b"<i>" * 300_000, Reason.PARSE_ERROR),
    ],
)
def test_a_body_that_is_no_page_is_refused(body: bytes, reason: Reason) -> None:
    refusal = read_section(body, HERE, None)

    assert isinstance(refusal, Refusal)
    assert refusal.reason is reason
