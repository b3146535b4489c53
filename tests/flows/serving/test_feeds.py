"""Feeds of articles, stories, searches and reports."""

from pathlib import Path

import feedparser
import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from flows.serving.app import app_of
from tests.support.pages.served import HOSTILE, home_of_texts, pieces, served_home
from tests.support.report_samples import PAYLOADS

PARTS = {"rss", "channel", "title", "link", "description", "lastBuildDate", "item", "guid", "pubDate", "author"}
PARTS |= {"language", "creator", "category", "publisher"}
SEARCHES = '[storms]\nquery = "storm*"\n'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    settings = served_home(tmp_path_factory.mktemp("home"), " ".join(HOSTILE))
    (settings.home / "searches.toml").write_text(SEARCHES)
    return TestClient(app_of(settings), base_url="http://127.0.0.1")


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("articles", 3),
        ("articles.xml?source=other", 0),
        ("search.xml?q=harbour", 3),
        ("storms", 3),
        ("latest_headlines", 3),
        ("revisions", 1),
    ],
)
def test_a_feed_has_items_that_readers_of_feeds_read(client: TestClient, name: str, entries: int) -> None:
    path, _, query = name.partition(".xml")
    answer = client.get(f"/feeds/{path}.xml{query}")
    assert answer.headers["content-type"].startswith("application/rss+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert len(read.entries) == entries
    as_json = client.get(f"/feeds/{path}.json{query}").json()
    assert as_json["version"] == "https://jsonfeed.org/version/1.1"
    assert len(as_json["items"]) == entries


def test_a_story_is_a_feed(client: TestClient) -> None:
    stories = client.get("/api/v1/stories", params={"since": "2020-01-01T00:00:00Z"}).json()
    story = stories[0]["story_id"]
    read = feedparser.parse(client.get(f"/feeds/story-{story}.xml").content)
    assert len(read.entries) == stories[0]["articles"]


def test_an_unknown_feed_names_the_nearest(client: TestClient) -> None:
    answer = client.get("/feeds/strms.xml")
    assert (answer.status_code, "did you mean 'storms'" in answer.json()["message"]) == (404, True)


def test_the_home_of_a_feed_is_the_server(client: TestClient) -> None:
    assert client.get("/feeds/articles.json").json()["home_page_url"] == "http://127.0.0.1/"


def test_searches_that_are_wrong_are_told(tmp_path: Path) -> None:
    settings = served_home(tmp_path)
    (settings.home / "searches.toml").write_text("[storms]\nqery = 'a'\n")
    answer = TestClient(app_of(settings), base_url="http://127.0.0.1").get("/feeds/storms.xml")
    assert (answer.status_code, "searches.toml:2" in answer.json()["message"]) == (503, True)


def test_no_text_is_alive_in_a_feed(tmp_path: Path) -> None:
    """Readers take the title of RSS for text, mostly, and its description for HTML."""
    texts = pieces(list(dict.fromkeys([*HOSTILE, *PAYLOADS])))
    client = TestClient(app_of(home_of_texts(tmp_path, texts)), base_url="http://127.0.0.1")
    for name in ("articles", "latest_headlines", "stories", "search"):
        asked = {"since": "2020-01-01T00:00:00Z", "q": "storm" if name == "search" else ""}
        tree = etree.fromstring(client.get(f"/feeds/{name}.xml", params=asked).content)
        assert {etree.QName(each).localname for each in tree.iter()} <= PARTS
        items = tree.findall(".//item")
        assert items
        for each in items:
            for part in ("title", "description"):
                shown = html.fragment_fromstring(each.findtext(part) or "", create_parent=True)
                assert list(shown) == [], each.findtext(part)
        told = client.get(f"/feeds/{name}.json", params=asked).json()["items"]
        assert len(told) == len(items)
        assert not any("content_html" in each for each in told)
