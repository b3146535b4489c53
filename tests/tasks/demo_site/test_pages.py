"""Pages of the newsroom: every URL answers as its content file declares."""

import json
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest

from tasks.demo_site import Newsroom
from tasks.demo_site.markup import plain_text
from tasks.demo_site.outlets import OUTLETS, Outlet
from tasks.demo_site.stories import DemoStory, read_stories

Get = Callable[..., Any]

STORIES = [(outlet, story) for outlet in OUTLETS for story in read_stories(outlet.slug) if story.since_edition == 1]
ARTICLES = [(outlet, story) for outlet, story in STORIES if story.served == "article"]


def text_of(html: str) -> str:
    """The page's text without tags, white space folded."""
    return " ".join(
        unescape(re.sub(r"<[^>]+>", "", re.sub(r"<(style|script).*?</\1>", "", html, flags=re.S))).split()
    )


def json_ld_of(html: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.S)
    return json.loads(found[1]) if found else None


def articles_by(special: str) -> tuple[Outlet, DemoStory]:
    return next((outlet, story) for outlet, story in STORIES if story.special == special)


def test_about_sixty_articles_stand_in_three_outlets() -> None:
    assert Counter(outlet.slug for outlet, _ in STORIES) == {
        "harbour-gazette": 22,
        "talblick": 20,
        "dnipro-visnyk": 19,
    }


def test_every_listed_url_answers_200_but_the_removed_article(get: Get, newsroom: Newsroom) -> None:
    urls = {url for links in newsroom.listed().values() for url in links}
    missing = {url for url in urls if get(url).status != 200}

    assert missing == {newsroom.specials()["hard_404"]}
    assert len(urls) > 60


@pytest.mark.parametrize(("outlet", "story"), ARTICLES, ids=lambda part: part.slug)
def test_an_article_page_holds_its_whole_text_and_says_who_it_is(get: Get, outlet: Outlet, story: DemoStory) -> None:
    html = get(outlet.url(story.path)).body.decode(story.charset)

    assert all(" ".join(line.split()) in text_of(html) for line in plain_text(story.blocks).split("\n\n"))
    assert f'<link rel="canonical" href="{outlet.url(story.path)}">' in html
    assert re.search(rf"<title>.+ . {outlet.name}</title>", html)
    assert all(name in html for name in ("og:title", "og:url", "og:site_name", 'name="description"', "<h1"))


def test_each_outlet_prints_linked_data_of_its_own_form_and_not_on_every_page(get: Get) -> None:
    forms = {outlet.slug: set[str]() for outlet in OUTLETS}
    for outlet, story in ARTICLES:
        data = json_ld_of(get(outlet.url(story.path)).body.decode(story.charset))
        forms[outlet.slug].add("none" if data is None else "graph" if "@graph" in data else data["@type"])

    assert forms == {
        "harbour-gazette": {"NewsArticle", "none"},
        "talblick": {"graph", "none"},
        "dnipro-visnyk": {"NewsArticle", "none"},
    }


def test_each_outlet_puts_cards_teasers_and_link_lists_between_paragraphs() -> None:
    signs = {(outlet.slug, block.split()[0]) for outlet, s in ARTICLES for block in s.blocks if block[0] == "@"}

    assert {(outlet.slug, sign) for outlet in OUTLETS for sign in ("@card", "@teaser", "@also")} <= signs


def test_no_paragraph_stands_in_two_stories_but_the_wire_copy() -> None:
    texts = [b for _, story in STORIES if story.special != "wire_copy" for b in story.blocks if b[0] != "@"]

    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_the_wire_story_is_the_same_english_text_at_two_outlets() -> None:
    (gazette, wire), (talblick, copy) = articles_by("wire"), articles_by("wire_copy")

    assert (gazette.slug, talblick.slug) == ("harbour-gazette", "talblick")
    assert wire.blocks == copy.blocks
    assert (wire.agency, copy.agency, copy.language) == ("Corvane Wire", "Corvane Wire", "en")


def test_the_paywall_shows_two_paragraphs_and_says_so_in_its_linked_data(get: Get, newsroom: Newsroom) -> None:
    _, story = articles_by("paywall")
    html = get(newsroom.specials()["paywall"]).text

    assert json_ld_of(html)["isAccessibleForFree"] is False
    assert "Subscribe now" in html
    assert [plain_text((block,)) in text_of(html) for block in story.blocks[:3]] == [True, True, False]


def test_the_consent_page_holds_a_wall_and_nothing_of_the_article(get: Get, newsroom: Newsroom) -> None:
    _, story = articles_by("consent")
    answer = get(newsroom.specials()["consent"])

    assert answer.status == 200
    assert "Alle akzeptieren" in answer.text
    assert story.title not in answer.text
    assert story.blocks[0] not in answer.text


def test_the_soft_404_answers_200_and_says_page_not_found(get: Get, newsroom: Newsroom) -> None:
    answer = get(newsroom.specials()["soft_404"])

    assert answer.status == 200
    assert "<h1>Page not found</h1>" in answer.text


def test_the_page_whose_header_lies_is_recovered_by_a_validity_check_and_the_meta(
    get: Get, newsroom: Newsroom
) -> None:
    outlet, story = articles_by("charset_lie")
    answer = get(newsroom.specials()["charset_lie"])

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")
    assert b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">' in answer.body[:1024]
    assert story.title in answer.body.decode("windows-1251")
    assert outlet.language == "uk"


def test_the_undated_page_holds_no_date_anywhere(get: Get, newsroom: Newsroom) -> None:
    url = newsroom.specials()["undated"]
    html = get(url).text

    assert not re.search(r"<time|published_time|datePublished|\b20\d\d\b", html)
    assert not re.search(r"\d{4}", url)


def test_the_brief_has_one_paragraph() -> None:
    assert len(articles_by("brief")[1].blocks) == 1


def test_most_articles_have_four_to_eight_paragraphs() -> None:
    counts = [sum(block[0] not in "@#" for block in story.blocks) for _, story in ARTICLES]

    assert sum(4 <= count <= 8 for count in counts) / len(counts) > 0.9


@pytest.mark.parametrize(("outlet", "status"), [("harbour-gazette", 200), ("talblick", 404), ("dnipro-visnyk", 200)])
def test_one_outlet_has_no_robots_txt(get: Get, outlet: str, status: int) -> None:
    assert get(f"http://{outlet}.example/robots.txt").status == status


def test_of_all_listed_urls_robots_txt_denies_one(get: Get, newsroom: Newsroom) -> None:
    denied = set()
    for feed, links in newsroom.listed().items():
        robots = get("/".join(feed.split("/")[:3]) + "/robots.txt")
        rules = RobotFileParser()
        rules.parse(robots.text.splitlines() if robots.status == 200 else [])
        denied |= {link for link in links if not rules.can_fetch("newsdesk", link)}

    assert denied == {newsroom.specials()["robots_denied"]}


def test_the_sitemap_that_robots_txt_names_is_served(get: Get) -> None:
    lines = get("http://dnipro-visnyk.example/robots.txt").text.splitlines()
    named = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]

    assert [get(url).status for url in named] == [200]


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.slug)
def test_a_front_page_links_every_story_and_the_feed(get: Get, outlet: Outlet) -> None:
    html = get(outlet.url("/")).text

    assert all(f'href="{story.path}"' in html for own, story in STORIES if own is outlet)
    assert '<link rel="alternate" type="application/' in html


def test_pictures_are_drawn(get: Get) -> None:
    answer = get("http://talblick.example/media/handball.svg")

    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/svg+xml")
