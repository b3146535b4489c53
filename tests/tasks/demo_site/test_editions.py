"""Edition 2 differs from edition 1 in exactly what it says."""

import io
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import feedparser

from tasks.demo_site import Newsroom

Get = Callable[..., Any]

RSS = "http://harbour-gazette.example/rss/news.xml"
JSON_FEED = "http://dnipro-visnyk.example/feed.json"


def rss_entries(get: Get) -> dict[str, dict[str, Any]]:
    return {entry.link: dict(entry) for entry in feedparser.parse(io.BytesIO(get(RSS).body)).entries}


def json_entries(get: Get) -> dict[str, dict[str, Any]]:
    return {entry["url"]: entry for entry in json.loads(get(JSON_FEED).body)["items"]}


def changes(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> set[str]:
    """Links whose entry is another one, or new."""
    return {link for link, entry in after.items() if before.get(link) != entry}


def without_ads(page: bytes) -> bytes:
    return re.sub(rb'(data-ad-id=|,id:)"[0-9a-f]{8}"', b"", page)


def test_exactly_one_page_changes_and_exactly_one_is_added(get: Get, newsroom: Newsroom) -> None:
    first_urls = {url for links in newsroom.listed().values() for url in links}
    before = {url: without_ads(get(url).body) for url in first_urls}
    newsroom.edition = 2
    urls = {url for links in newsroom.listed().values() for url in links}
    changed = {url for url in first_urls if without_ads(get(url).body) != before[url]}

    assert changed == {newsroom.specials()["changed"]}
    assert urls - first_urls == {newsroom.specials()["added_in_edition_2"]}
    assert first_urls <= urls


def test_the_correction_adds_one_paragraph_and_a_modified_date(
    get: Get, newsroom: Newsroom, opened_at: datetime
) -> None:
    url = newsroom.specials()["changed"]
    before = get(url).text
    newsroom.edition = 2
    after = get(url).text

    assert after.count("<p>") == before.count("<p>") + 1
    assert "Correction: this story says" not in before
    assert "Correction: this story says" in after
    assert f'"dateModified": "{(opened_at + timedelta(minutes=30)).isoformat()}"' in after


def test_the_rss_feed_bumps_the_changed_article_and_one_that_stayed_the_same(get: Get, newsroom: Newsroom) -> None:
    before = rss_entries(get)
    newsroom.edition = 2
    after = rss_entries(get)

    bumped = {newsroom.specials()["changed"], newsroom.specials()["bumped_without_validators"]}
    assert changes(before, after) == bumped
    assert all("updated" not in before[link] and after[link]["updated"] for link in bumped)


def test_the_json_feed_bumps_one_item_after_the_opening_and_adds_one(
    get: Get, newsroom: Newsroom, opened_at: datetime
) -> None:
    before = json_entries(get)
    newsroom.edition = 2
    after = json_entries(get)

    bumped, added = newsroom.specials()["bumped_with_etag"], newsroom.specials()["added_in_edition_2"]
    assert changes(before, after) == {bumped, added}
    assert datetime.fromisoformat(after[bumped]["date_modified"]) > opened_at
    assert datetime.fromisoformat(after[added]["date_published"]) > opened_at


def test_the_bumped_page_with_an_etag_answers_304(get: Get, newsroom: Newsroom) -> None:
    url = newsroom.specials()["bumped_with_etag"]
    etag = get(url).headers["ETag"]
    newsroom.edition = 2

    assert get(url, headers={"If-None-Match": etag}).status == 304


def test_the_bumped_page_without_validators_differs_only_by_its_advertisement(get: Get, newsroom: Newsroom) -> None:
    url = newsroom.specials()["bumped_without_validators"]
    first = get(url)
    newsroom.edition = 2
    second = get(url, headers={"If-None-Match": "*", "If-Modified-Since": "Mon, 23 Nov 2026 15:00:00 GMT"})

    assert first.headers["ETag"] is None
    assert first.headers["Last-Modified"] is None
    assert second.status == 200
    assert second.body != first.body
    assert without_ads(second.body) == without_ads(first.body)


def test_the_added_article_is_missing_before_edition_2(get: Get, newsroom: Newsroom) -> None:
    url = newsroom.specials()["added_in_edition_2"]
    before = get(url).status
    newsroom.edition = 2

    assert (before, get(url).status) == (404, 200)
