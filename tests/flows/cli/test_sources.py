"""`newsdesk sources discover` and `add`, as a user meets them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.demo_site import Newsroom
from tasks.pure.sources.source_toml import parse_source
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for

SITE = "http://dnipro-visnyk.example/"


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as opened:
        yield opened


@pytest.fixture
def desk(newsroom: Newsroom, tmp_path: Path) -> Desk:
    settings = settings_for(tmp_path / "home", newsroom, sources=tmp_path / "sources")
    return Desk(environment_for(settings))


def test_discover_proposes_a_source_file_on_standard_output(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("sources", "discover", SITE, "--country", "ua")
    assert done.returncode == 0, done.stderr
    source = parse_source(done.stdout, "dnipro-visnyk", "standard output")
    assert (source.name, source.language, source.country) == ("Дніпро-Вісник", "uk", "ua")
    assert (source.feeds, source.sitemaps) == ((f"{SITE}feed.json",), (f"{SITE}sitemap-news.xml",))
    assert f"robots sitemap {SITE}sitemap-news.xml: 16 entries" in done.stderr
    assert not (tmp_path / "sources").exists()


def test_add_writes_the_file_that_discover_proposes(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("sources", "add", SITE)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path / 'sources' / 'dnipro-visnyk.toml'}\n"
    assert desk.run("sources", "check", "--offline").stdout == "1 source files are well formed\n"


def test_discover_as_json_is_what_each_place_lists(desk: Desk) -> None:
    (row,) = json.loads(desk.run("sources", "discover", f"{SITE}feed.json", "--json").stdout)
    assert (row["kind"], row["reason"], row["format"], row["entries"]) == ("feed", "ok", "json_feed", 17)


def test_discover_with_write_refuses_to_overwrite(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mine.toml").write_text("name = 'Mine'\n")
    done = desk.run("sources", "discover", f"{SITE}feed.json", "--write", "--slug", "mine")
    assert (done.returncode, "already" in done.stderr) == (2, True)
    assert (tmp_path / "sources" / "mine.toml").read_text() == "name = 'Mine'\n"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"{SITE}nowhere", "404"),
        ("http://127.0.0.1:9/", "NEWSDESK_ALLOW_ADDRESSES=127.0.0.1:9 lets requests"),
        ("ftp://paper.example/", "ftp"),
    ],
)
def test_a_url_that_gives_nothing_fails_with_its_reason(desk: Desk, url: str, words: str) -> None:
    done = desk.run("sources", "discover", url)
    assert (done.returncode, done.stdout) in ((1, ""), (2, ""))
    assert words in done.stderr
    assert "Traceback" not in done.stderr


FEED = f"{SITE}feed.json"


def opml(*feeds: str) -> str:
    lines = "".join(f'<outline type="rss" text="Вісник" xmlUrl="{feed}"/>' for feed in feeds)
    return f'<opml version="2.0"><body>{lines}</body></opml>'


def test_what_a_source_has_is_not_written_twice(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("sources", "add", FEED, "--country", "UA").returncode == 0
    file = tmp_path / "sources" / "dnipro-visnyk.toml"
    (tmp_path / "list.opml").write_text(
        opml(FEED.replace("http://dnipro", "HTTPS://Dnipro"), "http://other.example/rss")
    )

    added = desk.run("sources", "add", FEED.replace("dnipro", "DNIPRO"), "--slug", "again")
    discovered = desk.run("sources", "discover", FEED, "--write", "--slug", "again")
    imported = desk.run("sources", "import", str(tmp_path / "list.opml"))

    for done in (added, discovered):
        assert (done.returncode, done.stdout) == (2, "")
        assert f"source 'dnipro-visnyk' ({file}:" in done.stderr
    assert (imported.returncode, imported.stdout) == (0, f"{tmp_path / 'sources' / 'other.toml'}\n")
    assert f"source 'dnipro-visnyk' ({file}:" in imported.stderr
    assert desk.run("sources", "check", "--offline").returncode == 0


def test_a_wrong_file_hinders_no_import(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "other.toml").write_text("name =")
    (tmp_path / "list.opml").write_text(opml("http://other.example/rss").replace("Вісник", "Other"))

    done = desk.run("sources", "import", str(tmp_path / "list.opml"))

    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'sources' / 'other-2.toml'}\n")
