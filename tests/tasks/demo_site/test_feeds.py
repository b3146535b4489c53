"""Feeds of the newsroom: well-formed, current, and as their formats want them."""

import io
import json
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from tasks.demo_site import Newsroom

RSS = "http://harbour-gazette.example/rss/news.xml"
ATOM = "http://talblick.example/feed/atom.xml"
JSON_FEED = "http://dnipro-visnyk.example/feed.json"
SITEMAP = "http://dnipro-visnyk.example/sitemap-news.xml"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
PLAIN = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

Get = Callable[..., Any]


def dates_of(url: str, body: bytes) -> list[datetime]:
    """All dates of the entries, published and modified, as aware datetimes."""
    if url == JSON_FEED:
        entries = json.loads(body)["items"]
        raw = [entry[key] for entry in entries for key in ("date_published", "date_modified") if key in entry]
        return [datetime.fromisoformat(text) for text in raw]
    if url == SITEMAP:
        root = ET.fromstring(body)
        tags = (f"{NEWS}publication_date", f"{PLAIN}lastmod")
        return [datetime.fromisoformat(e.text or "") for tag in tags for e in root.iter(tag)]
    entries = feedparser.parse(io.BytesIO(body)).entries
    parsed = [entry[key] for entry in entries for key in ("published_parsed", "updated_parsed") if key in entry]
    return [datetime.fromtimestamp(timegm(date), UTC) for date in parsed]


@pytest.mark.parametrize("url", [RSS, ATOM])
def test_rss_and_atom_are_well_formed_and_list_what_the_newsroom_says(get: Get, newsroom: Newsroom, url: str) -> None:
    feed = feedparser.parse(io.BytesIO(get(url).body))

    assert feed.bozo == 0
    assert tuple(entry.link for entry in feed.entries) == newsroom.listed()[url]


def test_every_rss_entry_but_one_says_when_and_by_whom(get: Get, newsroom: Newsroom) -> None:
    entries = feedparser.parse(io.BytesIO(get(RSS).body)).entries

    assert [entry.link for entry in entries if "published" not in entry] == [newsroom.specials()["undated"]]
    assert all(entry.author and entry.summary and entry.tags and entry.id for entry in entries)
    assert len({entry.id for entry in entries}) == len(entries)


def test_the_rss_feed_lists_links_with_tracking_parameters_and_one_article_both_ways(newsroom: Newsroom) -> None:
    links = newsroom.listed()[RSS]
    specials = newsroom.specials()

    assert next(link for link in links if link.startswith(specials["tracking"])).count("utm_") == 4
    assert specials["tracking"] not in links
    twice = [link for link in links if link.startswith(specials["listed_twice"])]
    assert twice[0] == specials["listed_twice"]
    assert len(twice) == 2
    assert "utm_source" in twice[1]


def test_every_atom_entry_has_the_elements_that_the_format_requires(get: Get) -> None:
    entries = feedparser.parse(io.BytesIO(get(ATOM).body)).entries

    assert len(entries) == 20
    assert all(e.id and e.title and e.updated and e.published and e.summary for e in entries)


def test_the_json_feed_is_one_of_version_1_1(get: Get, newsroom: Newsroom) -> None:
    feed = json.loads(get(JSON_FEED).body)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "uk"
    assert tuple(entry["url"] for entry in feed["items"]) == newsroom.listed()[JSON_FEED]
    assert all(entry["id"] and entry["title"] and entry["summary"] for entry in feed["items"])


def test_the_news_sitemap_names_publication_date_and_title_of_each_url(get: Get, newsroom: Newsroom) -> None:
    root = ET.fromstring(get(SITEMAP).body)
    urls = root.findall(f"{PLAIN}url")

    assert tuple(url.findtext(f"{PLAIN}loc") for url in urls) == newsroom.listed()[SITEMAP]
    assert all(url.findtext(f"{NEWS}news/{NEWS}title") for url in urls)
    assert all(url.findtext(f"{NEWS}news/{NEWS}publication_date") for url in urls)
    assert {name.text for name in root.iter(f"{NEWS}language")} == {"uk"}


def test_some_articles_are_only_in_the_feed_and_some_only_in_the_sitemap(newsroom: Newsroom) -> None:
    feed, sitemap = set(newsroom.listed()[JSON_FEED]), set(newsroom.listed()[SITEMAP])

    assert newsroom.specials()["only_in_sitemap"] in sitemap - feed
    assert newsroom.specials()["brief"] in feed - sitemap
    assert len(feed & sitemap) > 10


@pytest.mark.parametrize("url", [RSS, ATOM, JSON_FEED, SITEMAP])
def test_dates_in_edition_1_run_from_an_hour_to_six_days_before_the_opening(
    get: Get, opened_at: datetime, url: str
) -> None:
    ages = [opened_at - date for date in dates_of(url, get(url).body)]

    assert timedelta(hours=1) <= min(ages) <= timedelta(hours=2)
    assert timedelta(days=5) <= max(ages) <= timedelta(days=6)


@pytest.mark.parametrize("url", [RSS, ATOM, JSON_FEED, SITEMAP])
def test_two_newsrooms_of_one_opening_print_the_same_feeds(get: Get, opened_at: datetime, url: str) -> None:
    first = get(url)
    with Newsroom(opened_at) as second:
        assert second.port
        again = get(url)

    assert (first.body, first.headers["ETag"]) == (again.body, again.headers["ETag"])
