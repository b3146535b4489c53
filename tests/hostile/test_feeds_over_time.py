"""Feeds over several runs: identity, silence, reordering and hijacking (E02, E11 to E13, E17, E25, E26).

Every story is a publisher of its own whose feed changes from day to day; all live through the same four runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.settings import Settings
from tests.hostile.cases.cases_f import MAP, XML, urlset
from tests.hostile.cases.cases_f import page as location
from tests.hostile.cases.feed_cases import HTML, RSS, rss, served
from tests.hostile.world.good_publisher import article_html
from tests.support.newsrooms import ask, ingest
from tests.support.sites.raw_site import RawSite

DAY_ONE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
DAYS = 4
CASINO, FRIEND = "casino.test", "friend.test"
SOURCE = """name = "{slug}"
homepage = "http://{slug}.test/"
feeds = ["http://{slug}.test/feed"]
sitemaps = ["http://{slug}.test/sitemap.xml"]
language = "en"
country = "gb"
pace_s = 0
[expect]
articles_per_day = [0, 5]
"""
CORRECTION = "<p>Correction: the council met on Tuesday, not on Monday, as this text first said.</p>"


def entry(
    path: str, guid: str | None = None, title: str | None = None, date: str = "16 Nov 2026 08:00:00 GMT"
) -> str:
    """An item of a feed; a path is one of the publisher's own."""
    identity = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    heading = f"<title>{title or f'Story {path}'}</title>"
    return f"<item>{heading}<link>{path}</link><pubDate>{date}</pubDate>{identity}</item>"


A, B, C = map(entry, ("/a", "/b", "/c"))
TWO = [entry("/a", "g"), entry("/b", "g")]
LATER = "18 Nov 2026 08:00:00 GMT"
MANY = [entry(f"/win-{number}", date=LATER) for number in range(60)]
ELSEWHERE = [entry(f"http://{CASINO}/{number}", date=LATER) for number in range(4)]
FUTURE = [entry(f"http://{CASINO}/{number}", date="2099-01-01T00:00:00Z") for number in range(60)]
STORIES: Mapping[str, Sequence[Sequence[str]]] = {
    "silent": ([A, B], [], [A, B], [A, B]),
    "shared-guid": (TWO, TWO[::-1], TWO, TWO),
    "session-guid": [[entry(path, f"{path}?s={day}") for path in ("/a", "/b")] for day in range(DAYS)],
    "moved": ([entry("/a", "g1", "Ferry"), B], *[[entry("/moved", "g1", "Ferry"), B]] * 3),
    "used-again": ([entry("/a", "g", "Ferry")], *[[entry("/b", "g", "Bridge")]] * 3),
    "guid-goes": [[entry("/a", guid)] for guid in ("one", "two", None, "x" * 10_000)],
    "shuffled": ([A, B, C], [C, A], [entry("/b", date="9 Nov 2026 08:00 GMT"), C, A], [C, B, A]),
    "edited": ([A], [entry("/a", title="Another headline")], [entry("/a", date=LATER)], [entry("/a", date=LATER)]),
    "flipping": [[entry(f"/{name}", f"{day % 2}-{name}") for name in ("abc", "bcd")[day % 2]] for day in range(DAYS)],
    "flooded": ([A, B], MANY, [A, B, C], [A, B, C]),
    "turned": ([A, B], ELSEWHERE, [A, B, C], [A, B, C]),
    "foretold": ([A, B], FUTURE, [A, B, C], [A, B, C]),
    "mapped": ([A], [A], [A], [A]),
}
"""Slug of the publisher → what its feed lists on each day."""


@dataclass(frozen=True)
class Week:
    """What the runs left; `runs` are their ids, oldest first."""

    settings: Settings
    runs: tuple[str, ...]

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query."""
        return ask(self.settings, sql)

    def versions(self, slug: str, days: int = DAYS) -> list[str]:
        """Paths of the article versions that the first `days` runs gave, in order; whole URLs elsewhere."""
        rows = self.ask(
            f"SELECT url FROM main.article_versions WHERE source = '{slug}' AND run_id IN {(*self.runs[:days], '')}"
            " ORDER BY url, version"
        )
        return [row["url"].removeprefix(f"http://{slug}.test") for row in rows]

    def reasons(self, slug: str, day: int) -> dict[str, str]:
        """Reason by path, of one day's run."""
        sql = f"SELECT url, reason FROM ops.outcomes WHERE source = '{slug}' AND run_id = '{self.runs[day - 1]}'"
        return {row["url"].removeprefix(f"http://{slug}.test"): row["reason"] for row in self.ask(sql)}

    def findings(self, slug: str, day: int) -> set[str]:
        """Codes of what a person was told on one day."""
        sql = f"SELECT code FROM ops.findings WHERE source = '{slug}' AND run_id = '{self.runs[day - 1]}'"
        return {row["code"] for row in self.ask(sql)}


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    home: Path = tmp_path_factory.mktemp("week")
    with RawSite({}) as site:
        hosts = [f"{slug}.test" for slug in STORIES]
        settings = site.settings(*hosts, CASINO, FRIEND, home=home, sources=home / "sources", disk_floor_mb=0)
        _open(site, settings)
        runs = [_live(day, site, settings) for day in range(DAYS)]
    return Week(settings, tuple(runs))


def _open(site: RawSite, settings: Settings) -> None:
    settings.sources.mkdir()
    for slug in STORIES:
        (settings.sources / f"{slug}.toml").write_text(SOURCE.format(slug=slug))
        for number, path in enumerate(("/a", "/b", "/c", "/d")):
            site.pages[f"{slug}.test{path}"] = served(article_html(number), HTML)
    site.pages["moved.test/moved"] = site.pages["moved.test/a"]
    strange = urlset(location("/b"), location(f"http://{CASINO}/0"), location(f"http://{FRIEND}/a"))
    site.pages[f"{FRIEND}/robots.txt"] = served(f"Sitemap: http://mapped.test{MAP}\n", "Content-Type: text/plain")
    site.pages[f"{FRIEND}/a"] = served(article_html(2), HTML)
    site.pages[f"mapped.test{MAP}"] = served(strange, XML)
    for number in range(60):
        win = served(article_html(number), HTML)
        site.pages |= {f"flooded.test/win-{number}": win, f"{CASINO}/{number}": win}


def _live(day: int, site: RawSite, settings: Settings) -> str:
    for slug, days in STORIES.items():
        site.pages[f"{slug}.test/feed"] = served(rss(*days[day]), RSS)
    if day == 2:
        site.pages["edited.test/a"] = served(article_html(0, foot=CORRECTION), HTML)
    return ingest(settings, DAY_ONE + timedelta(days=day)).run.run_id


def test_a_feed_that_went_empty_is_told_and_its_return_adds_nothing(week: Week) -> None:
    assert week.reasons("silent", 2)["/feed"] == "empty_feed"
    assert "feed_went_empty" in week.findings("silent", 2)
    assert "feed_went_empty" not in week.findings("silent", 3)
    assert week.versions("silent") == ["/a", "/b"]


@pytest.mark.parametrize(
    ("slug", "paths"),
    [
        pytest.param("shared-guid", ["/a", "/b"], id="one GUID for two items"),
        pytest.param("session-guid", ["/a", "/b"], id="GUIDs that change on every fetch"),
        pytest.param("used-again", ["/a", "/b"], id="a known GUID with another title and link"),
        pytest.param("guid-goes", ["/a"], id="a known link whose GUID changes, goes and grows"),
        pytest.param("shuffled", ["/a", "/b", "/c"], id="items reordered, deleted, backdated, restored"),
        pytest.param("flipping", ["/a", "/b", "/c", "/d"], id="a feed that flips between two backends"),
    ],
)
def test_every_article_is_there_once(week: Week, slug: str, paths: list[str]) -> None:
    assert week.versions(slug) == paths


def test_a_known_guid_with_the_same_title_under_another_link_is_the_article_moved(week: Week) -> None:
    assert week.ask("SELECT count(*) AS n FROM main.articles WHERE source = 'moved'") == [{"n": 2}]


def test_an_edited_title_in_the_feed_alone_makes_no_version_and_an_edited_text_makes_one(week: Week) -> None:
    assert [week.versions("edited", days) for days in (1, 2, 3, 4)] == [["/a"], ["/a"], ["/a", "/a"], ["/a", "/a"]]


@pytest.mark.parametrize("slug", ["flooded", "turned", "foretold"])
def test_a_hijacked_feed_is_put_aside_told_and_kept_raw_until_it_is_itself_again(week: Week, slug: str) -> None:
    kept = (
        f"SELECT count(*) AS n FROM main.captures WHERE url = 'http://{slug}.test/feed' AND run_id = '{week.runs[1]}'"
    )

    assert week.versions(slug, days=2) == ["/a", "/b"]
    assert "source_quarantined" in week.findings(slug, 2)
    assert "source_quarantined" in week.reasons(slug, 2).values()
    assert week.ask(kept) == [{"n": 1}]
    assert week.versions(slug) == ["/a", "/b", "/c"]


def test_a_sitemap_lists_no_pages_of_other_publishers_unless_they_name_it(week: Week) -> None:
    assert week.versions("mapped") == [f"http://{FRIEND}/a", "/a", "/b"]
    assert week.reasons("mapped", 1)[f"http://{CASINO}/0"] == "foreign_host"
    assert f"http://{CASINO}/0" not in week.reasons("mapped", 2)
