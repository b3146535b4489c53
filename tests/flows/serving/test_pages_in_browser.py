"""The pages of a server in Chromium: wide, on a phone, dark and printed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from flows.serving.app import app_of
from schemas.settings import Settings
from tests.support.pages.look_tools import axe, naughty_strings
from tests.support.pages.served import HOSTILE, home_of_texts, pieces, served_home
from tests.support.pages.tab import Browser, browser
from tests.support.report_samples import PAYLOADS

LOOKS = {
    "wide": {"width": 1280},
    "phone": {"width": 360},
    "dark": {"width": 1280, "scheme": "dark"},
    "print": {"width": 800, "media": "print"},
}
NAMES = ("news", "nothing", "search", "wrong", "story", "article", "first", "sources", "tables", "rows", "missing")
LONG = "Донаудампфшифффартсгезельшафт" * 12 + " الجسر القديم مغلق مرة أخرى 舊橋今年再度封閉"


LIVE = """[...document.querySelectorAll('*')].filter(
    e => e.matches('script, iframe, object, embed, img, video, audio, base, [style]')
    || [...e.attributes].some(a => /^on/i.test(a.name))).map(e => e.outerHTML)"""


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address of a server of that home on loopback, which is ended at the end."""
    server = uvicorn.Server(uvicorn.Config(app_of(settings), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server ended"
            thread.join(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def paths(site: str) -> dict[str, str]:
    """The pages by name."""
    story = httpx.get(f"{site}/api/v1/stories?since=2020-01-01T00:00:00Z").json()[0]["story_id"]
    articles = httpx.get(f"{site}/api/v1/articles").json()["items"]
    article = next(each["article_id"] for each in articles if each["url"].endswith("/1"))
    its = (
        "/",
        "/?source=other",
        "/search?q=harbour",
        "/search?q=%22harbour",
        f"/stories/{story}",
        f"/articles/{article}",
        f"/articles/{article}?at=1",
        "/sources",
        "/tables",
        "/tables/main.articles",
        "/nothing",
    )
    return dict(zip(NAMES, its, strict=True))


def noise(tab: Browser, site: str) -> list[str]:
    """What the page said and asked for elsewhere. The browser tells of a missing page; the icon is in the page."""
    said = [each for each in tab.said if "Failed to load resource" not in each]
    return said + [url for url in tab.asked if not url.startswith((site, "data:image/svg"))]


@pytest.fixture(scope="module")
def tab() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose articles have a long word and words of three scripts in every field."""
    with served(served_home(tmp_path_factory.mktemp("served"), LONG)) as address:
        yield address


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_quiet_and_accessible(tab: Browser, site: str, name: str, look: str) -> None:
    tab.open(site + paths(site)[name], **LOOKS[look])  # type: ignore[arg-type]  # The values are of several types.
    assert noise(tab, site) == []
    assert tab.run("document.documentElement.scrollWidth - innerWidth") <= 0
    tab.run(f"{axe()}; 0")
    told = "axe.run(document).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    assert tab.run(told) == []
    tab.picture(f"serve-{name}-{look}")


def test_no_text_runs_or_asks_in_a_browser(tab: Browser, tmp_path: Path) -> None:
    """Each string stands in every field of an article, whose page and whose lists run nothing."""
    texts = list(dict.fromkeys([*HOSTILE, *PAYLOADS, *naughty_strings()]))
    assert len(texts) > 500
    with served(home_of_texts(tmp_path / "hostile", pieces(texts))) as site:
        articles = httpx.get(f"{site}/api/v1/articles?limit=100").json()["items"]
        assert len(articles) > 20
        lists = ["/", "/search?q=storm", "/sources", "/tables/main.articles", "/tables/reports.authors"]
        for path in [*lists, *(f"/articles/{each['article_id']}" for each in articles)]:
            tab.open(site + path)
            assert noise(tab, site) == [], path
            assert tab.run(LIVE) == [], path
