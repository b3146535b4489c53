"""The front page and its pages in Chromium, opened from a folder: wide, on a phone, dark and printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.history.front_page import FrontPage
from tasks.pure.reports.front.pages import PAGES
from tests.support.pages.front_samples import empty, front, pages, story_id
from tests.support.pages.look_tools import axe, naughty_strings
from tests.support.pages.tab import Browser, browser
from tests.support.report_samples import PAYLOADS

SHAPE = """[...document.querySelectorAll('*')].map(
    each => each.tagName + ' ' + [...each.attributes].map(one => one.name).sort().join(' '))"""
STORY = f"story-{story_id(0)}.html"
NAMES = ("index.html", STORY, *(name for name in PAGES if name != "index.html"))
LOOKS = {
    "wide": {"width": 1280},
    "phone": {"width": 360},
    "dark": {"width": 1280, "scheme": "dark"},
    "print": {"width": 800, "media": "print"},
}
TITLES = (
    "الجسر القديم مغلق مرة أخرى هذا العام بسبب تشققات في الدعامات",
    "舊橋今年再度封閉，工程師發現兩座橋墩出現裂縫",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf" * 6,
    "x" * 500,
    "The old bridge is closed",
)


@pytest.fixture(scope="module")
def tab() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def written(folder: Path, of: FrontPage) -> Path:
    """The folder with the pages."""
    folder.mkdir()
    for name, text in pages(of).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five stories whose headlines are of several scripts and lengths."""
    return written(tmp_path_factory.mktemp("front") / "site", front(5, texts=TITLES, language="ar"))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_quiet_and_accessible(tab: Browser, site: Path, name: str, look: str) -> None:
    tab.open((site / name).as_uri(), **LOOKS[look])  # type: ignore[arg-type]  # The values are of several types.
    assert tab.said == []
    assert [url for url in tab.asked if not url.startswith(site.as_uri())] == []
    assert tab.run("getComputedStyle(document.querySelector('h1')).fontFamily").startswith("Georgia")
    assert tab.run("document.documentElement.scrollWidth - innerWidth") == 0
    tab.run(f"{axe()}; 0")
    told = "axe.run(document).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    assert tab.run(told) == []
    tab.picture(f"front-{name.removesuffix('.html')[:10]}-{look}")


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_page_is_accessible_too(tab: Browser, tmp_path: Path, name: str) -> None:
    folder = written(tmp_path / "site", empty())
    if (folder / name).exists():
        tab.open((folder / name).as_uri())
        tab.run(f"{axe()}; 0")
        assert tab.run("axe.run(document).then(r => r.violations.map(v => v.id))") == []


def test_the_tab_key_goes_through_the_page_in_its_order(tab: Browser, site: Path) -> None:
    tab.open((site / STORY).as_uri())
    links = tab.run("[...document.querySelectorAll('a, summary')].map(e => e.textContent)")
    met = []
    for _ in range(6):
        tab.key("Tab", 9)
        met.append(tab.run("document.activeElement.textContent"))
    assert met[0] == "Skip to the content"
    assert met == links[:6]
    assert tab.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_no_text_becomes_an_element_in_a_browser(tab: Browser, tmp_path: Path) -> None:
    texts = list(dict.fromkeys([*PAYLOADS, *naughty_strings()]))
    texts = [each.encode(errors="replace").decode() for each in texts]
    plain = [f"plain {number}" for number in range(len(texts))]
    hostile = written(tmp_path / "hostile", front(len(texts), texts=texts))
    harmless = written(tmp_path / "harmless", front(len(texts), texts=plain))
    assert len(texts) > 500
    for name in (*NAMES, *(f"story-{story_id(number)}.html" for number in range(0, 40, 4))):
        tab.open((harmless / name).as_uri())
        shape = tab.run(SHAPE)
        tab.open((hostile / name).as_uri())
        assert tab.run(SHAPE) == shape, name
        assert tab.said == [], name
        assert [url for url in tab.asked if not url.startswith(hostile.as_uri())] == []
