"""`newsdesk add` and `newsdesk show` as a user gives them, with a site on loopback."""

import json
import os
import pty
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desks import NEWSDESK, Desk
from tests.support.newsrooms import environment_for
from tests.support.sites.raw_site import RawSite, answer

ROBOTS = "User-agent: *\nDisallow: /private/\n"
FIRST = "The swing bridge at Nordhaven stays closed to lorries until the end of May, the port office says."
SECOND = "The swing bridge at Nordhaven stays closed to lorries until the end of June, the port office says."
TITLE = "Bridge stays closed to lorries"
REST = (
    "Engineers found cracks in two of the four bearings on which the bridge turns, and new ones must be cast abroad.",
    "Buses and cars may still cross at walking speed, while lorries are sent over the ring road and the old tunnel.",
)


def page(first: str, title: str = TITLE) -> bytes:
    """An article by Ida Holm of the last day of November 2026."""
    text = "".join(f"<p>{one}</p>" for one in (first, *REST))
    head = (
        f"<title>{title}</title>"
        '<meta name="author" content="Ida Holm">'
        '<meta property="article:published_time" content="2026-11-30T08:15:00+00:00">'
    )
    html = f'<html lang="en"><head>{head}</head><body><article><h1>{title}</h1>{text}</article>'
    return answer(f"{html}</body></html>".encode(), "Content-Type: text/html; charset=utf-8")


class Town:
    """A desk, and the site whose pages it adds."""

    def __init__(self, desk: Desk, site: RawSite) -> None:
        self.desk = desk
        self.site = site

    def ask(self, sql: str) -> list[dict[str, object]]:
        return json.loads(self.desk.run("sql", sql, "--format", "json").stdout)  # type: ignore[no-any-return]  # JSON


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Two versions of one article, added one after the other; the home has one source, of another site."""
    home = tmp_path_factory.mktemp("town")
    (home / "sources").mkdir()
    lines = ('name = "Nordhaven Post"', 'homepage = "http://post.test/"', 'language = "en"', 'country = "dk"')
    (home / "sources" / "nordhaven-post.toml").write_text("\n".join([*lines, "pace_s = 0"]) + "\n")
    robots = answer(ROBOTS.encode(), "Content-Type: text/plain")
    pages = {"/robots.txt": robots, "/bridge": page(FIRST), "/private/a": page(SECOND), "/empty": answer(b"")}
    with RawSite(pages) as site:
        settings = site.settings("post.test", "strange.test").model_copy(
            update={"home": home, "sources": home / "sources", "disk_floor_mb": 0}
        )
        town = Town(Desk(environment_for(settings) | {"TZ": "Asia/Tokyo"}), site)
        first = town.desk.run("add", "http://post.test/bridge")
        assert first.returncode == 0, first.stderr
        site.pages["/bridge"] = page(SECOND)
        second = town.desk.run("add", "http://post.test/bridge")
        assert second.returncode == 0, second.stderr
        yield town


def test_an_added_page_is_archived_and_loaded_for_the_source_of_its_domain(town: Town) -> None:
    sql = "FROM main.article_versions AS versions JOIN main.captures USING (capture_id)"
    rows = town.ask(f"SELECT versions.source, version, found_in {sql} WHERE versions.url LIKE '%/bridge'")
    assert {(row["source"], row["version"], row["found_in"]) for row in rows} == {
        ("nordhaven-post", 1, "command:add"),
        ("nordhaven-post", 2, "command:add"),
    }
    assert list(Path(town.desk.environment["NEWSDESK_HOME"], "archive").rglob("*.warc.gz"))


def test_the_reader_file_names_the_sources_of_the_folder(town: Town) -> None:
    rows = town.ask("SELECT slug, name, country, language, homepage, since < now() AS is_past FROM main.sources")
    said = {"name": "Nordhaven Post", "country": "dk", "language": "en", "homepage": "http://post.test/"}
    assert rows == [{"slug": "nordhaven-post", **said, "is_past": True}]


def test_add_asks_robots_first_and_names_the_reason_of_a_refusal(town: Town) -> None:
    done = town.desk.run("add", "http://post.test/private/a")
    assert done.returncode == 3
    assert done.stdout.startswith("robots_denied")
    assert "/private/a" not in town.site.asked
    assert "robots_denied" in town.desk.run("explain", "post.test/private/a").stdout


def test_a_page_without_text_ends_with_its_reason_and_3(town: Town) -> None:
    done = town.desk.run("add", "http://post.test/empty", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["outcome"]["reason"], told["article"]) == (3, "empty_body", None)


def test_a_page_that_did_not_change_is_no_failure(town: Town) -> None:
    done = town.desk.run("add", "http://post.test/bridge", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["outcome"]["reason"]) == (0, "unchanged")
    assert told["article"]["title"] == "Bridge stays closed to lorries"


def test_a_page_of_no_source_gets_a_placeholder(town: Town) -> None:
    town.site.pages["strange.test/lock"] = page(FIRST.replace("swing bridge", "sea lock"), "Sea lock shut")
    done = town.desk.run("add", "http://strange.test/lock", "--json")
    assert json.loads(done.stdout)["outcome"]["source"] == "strange-test"
    assert done.returncode == 0


@pytest.mark.parametrize("words", ["not a url", "mailto://a@b.test", "ftp://post.test/a"])
def test_what_is_no_web_url_is_refused_before_a_run(town: Town, words: str) -> None:
    done = town.desk.run("add", words)
    assert done.returncode == 2
    assert "no URL of an article" in done.stderr


def test_show_prints_headline_outlet_local_time_text_and_versions(town: Town) -> None:
    lines = town.desk.run("show", "post.test/bridge").stdout.splitlines()
    assert lines[0] == "Bridge stays closed to lorries"
    assert lines[1] == "Nordhaven Post (nordhaven-post), by Ida Holm"
    assert lines[2].startswith("published 2026-11-30 17:15, fetched ")
    assert SECOND in lines
    assert [line.split()[0] for line in lines[-2:]] == ["1", "2"]


def test_show_wraps_the_text_to_the_terminal(town: Town) -> None:
    text = town.desk.run("show", "bridge", "closed", COLUMNS="60").stdout
    assert max(map(len, text.splitlines())) <= 60
    assert SECOND in " ".join(text.split())


def test_show_prints_the_version_that_is_asked_for(town: Town) -> None:
    assert FIRST in town.desk.run("show", "--version", "1", "bridge closed").stdout
    missing = town.desk.run("show", "--version", "7", "bridge closed")
    assert (missing.returncode, "the article has 1, 2" in missing.stderr) == (2, True)


def test_the_difference_has_marks_in_a_pipe(town: Town) -> None:
    text = town.desk.run("show", "bridge closed", "--diff").stdout
    assert "until the end of [-May-]{+June+}, the port office" in text
    assert REST[0] in text.splitlines()


def test_the_difference_has_colours_on_a_terminal(town: Town) -> None:
    shown = on_a_terminal(town.desk, "show", "bridge closed", "--diff")
    assert "[-May-]" not in shown
    assert "\x1b[9;31mMay\x1b[0m\x1b[32mJune\x1b[0m" in shown


def test_the_first_version_is_compared_with_none(town: Town) -> None:
    assert "no earlier version" in town.desk.run("show", "bridge closed", "--version", "1", "--diff").stdout


def test_the_json_of_show_has_one_shape(town: Town) -> None:
    plain, differing, unknown = (
        json.loads(town.desk.run("show", *words, "--json").stdout)
        for words in (["bridge closed"], ["bridge closed", "--diff"], ["volcano"])
    )
    assert plain.keys() == differing.keys() == unknown.keys()
    assert (plain["article"]["version"], plain["changes"], unknown["article"]) == (2, [], None)
    assert {"kind": "added", "text": "June"} in differing["changes"]


def on_a_terminal(desk: Desk, *words: str) -> str:
    """What the command prints on a terminal of its own."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(NEWSDESK, [str(NEWSDESK), *words], desk.environment | {"TERM": "xterm", "COLUMNS": "200"})
    seen = b""
    try:
        while piece := os.read(terminal, 65536):
            seen += piece
    except OSError:  # Linux says so where the other end of a terminal is closed.
        pass
    os.waitpid(process, 0)
    os.close(terminal)
    return seen.decode()
