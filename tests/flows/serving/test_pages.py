"""Pages: what they show, and that nothing of a publisher is alive in them."""

from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from flows.serving.app import app_of
from schemas.settings import Settings
from tests.support.pages.served import HARMLESS, HOSTILE, served_home

MARKED = {("ins",), ("del",), ("mark",)}
"""Elements that stand where words differ."""


def _client(home: Settings) -> TestClient:
    return TestClient(app_of(home), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return _client(served_home(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return _client(served_home(tmp_path_factory.mktemp("hostile"), " ".join(HOSTILE)))


def _first(client: TestClient) -> str:
    return str(client.get("/api/v1/articles").json()["items"][0]["article_id"])


def _paths(client: TestClient) -> list[str]:
    story = client.get("/api/v1/stories?since=2020-01-01T00:00:00Z").json()[0]["story_id"]
    article = _first(client)
    return [
        "/",
        "/?source=harbour&day=2026-11-01",
        "/search?q=harbour",
        f"/stories/{story}",
        f"/articles/{article}",
        f"/articles/{article}?at=1",
        "/sources",
        "/tables",
        "/tables/main.articles",
        "/tables/reports.revisions",
    ]


def test_the_news_have_stories_the_newest_and_filters(client: TestClient) -> None:
    page = client.get("/").text
    assert page.count('href="/articles/') >= 3
    assert '<h2 id="newest">Newest</h2>' in page
    assert "No article fits." in client.get("/?source=other").text


def test_an_article_shows_its_latest_version_with_what_changed(client: TestClient) -> None:
    page = client.get(f"/articles/{_first(client)}").text
    assert "Version 2 of 2" in page
    assert "<ins>three" in page
    assert "<del>two" in page
    assert "Version 1 of 2" in client.get(f"/articles/{_first(client)}?at=1").text
    assert 'type="range" name="at" min="1" max="2" value="2"' in page
    assert "known as https://harbour.example/1" in page.partition("What became of its URL")[2]


def test_search_marks_words_and_tells_what_is_wrong(client: TestClient) -> None:
    assert "<mark>harbour</mark>" in client.get("/search?q=harbour").text
    assert "Nothing was found" in client.get("/search?q=zebra").text
    wrong = client.get("/search?q=%22harbour")
    assert (wrong.status_code, 'role="alert"' in wrong.text) == (400, True)


def test_tables_have_pages_and_files(client: TestClient) -> None:
    assert "Rows 1 to 4." in client.get("/tables/main.article_versions").text
    assert "No rows behind 90." in client.get("/tables/main.article_versions?offset=90").text
    assert client.get("/tables/main.articles.csv").text.startswith("article_id,source,url")
    assert len(client.get("/tables/main.articles.json").json()) == 3


def test_no_text_of_a_publisher_is_alive_on_any_page(client: TestClient, hostile: TestClient) -> None:
    for path, twin in zip(_paths(hostile), _paths(client), strict=True):
        assert _shape(hostile.get(path).text) <= _shape(client.get(twin).text) | MARKED, path


def _shape(page: str) -> set[tuple[str, ...]]:
    """Every kind of element, with the names of its attributes. No address leads elsewhere than to the publisher."""
    tree = etree.HTML(page)
    hrefs = {str(each.get("href")) for each in tree.iter("a", "link")}
    elsewhere = {href for href in hrefs if not href.startswith(("/", "?", "#"))}
    assert all(href.startswith("https://harbour.example/") for href in elsewhere), elsewhere
    return {(each.tag, *sorted(each.attrib)) for each in tree.iter() if isinstance(each.tag, str)}


def test_every_page_is_a_whole_document_with_one_heading(client: TestClient) -> None:
    for path in _paths(client):
        answer = client.get(path)
        assert answer.status_code == 200, path
        tree = etree.HTML(answer.text)
        assert len(tree.findall(".//h1")) == 1
        assert tree.get("lang") == "en"
        assert not [each for each in tree.iter() if each.get("style") or any(a.startswith("on") for a in each.attrib)]


def test_what_is_not_there_is_a_page_for_people(client: TestClient) -> None:
    answer = client.get("/nothing", headers={"accept": "text/html"})
    assert (answer.status_code, "There is no such page" in answer.text) == (404, True)
    assert client.get("/?day=never", headers={"accept": "text/html"}).status_code == 400


def test_behind_a_proxy_every_address_has_its_path(tmp_path: Path) -> None:
    home = served_home(tmp_path, HARMLESS).model_copy(update={"serve_url": "https://news.example/desk/"})
    client = TestClient(app_of(home), base_url="http://news.example")
    tree = etree.HTML(client.get("/").text)
    paths = [each.get(name) for name in ("href", "action") for each in tree.iter() if each.get(name)]
    assert [path for path in paths if not path.startswith(("/desk/", "#"))] == []
    assert client.get("/feeds/articles.json").json()["home_page_url"] == "https://news.example/desk/"


def test_before_the_first_run_the_page_says_what_to_do(tmp_path: Path) -> None:
    answer = _client(Settings(home=tmp_path)).get("/", headers={"accept": "text/html"})
    assert (answer.status_code, "newsdesk ingest" in answer.text) == (503, True)
