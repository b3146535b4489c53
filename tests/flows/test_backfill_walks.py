"""Sitemaps and feeds walked into the past: only the places that may hold the days are asked."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin
from schemas.sources.listing import Listing
from tasks.backfill import walk_listings
from tests.support.backfills import backfill
from tests.support.newsrooms import ask
from tests.support.sites.papers import open_papers
from tests.support.sites.raw_site import answer

XML = "Content-Type: application/xml"
SINCE, UNTIL = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 11, tzinfo=UTC)


def index(*children: tuple[str, str]) -> bytes:
    inside = "".join(
        f"<sitemap><loc>http://paper.test{path}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>"
        for path, at in children
    )
    return answer(f"<sitemapindex>{inside}</sitemapindex>".encode(), XML)


def urlset(*pages: tuple[str, str]) -> bytes:
    inside = "".join(
        f"<url><loc>http://paper.test{path}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</url>"
        for path, at in pages
    )
    return answer(f"<urlset>{inside}</urlset>".encode(), XML)


def feed(pages: list[tuple[str, int]], older: str | None) -> bytes:
    link = f'<atom:link rel="next" href="{older}"/>' if older else ""
    inside = "".join(
        f"<item><title>About {path}</title><link>http://paper.test{path}</link>"
        f"<pubDate>{datetime(2026, 11, of, tzinfo=UTC):%a, %d %b %Y} 09:00:00 GMT</pubDate></item>"
        for path, of in pages
    )
    head = '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Paper</title>'
    return answer(f"{head}{link}{inside}</channel></rss>".encode(), "Content-Type: application/rss+xml")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Paths that were asked and articles that were loaded, by ground."""
    pages = {
        "/sitemap.xml": index(
            ("/maps/2026-10.xml", ""),
            ("/maps/2026-11.xml", ""),
            ("/maps/a.xml", "2026-10-01"),
            ("/maps/b.xml", "2026-11-20"),
            ("/sitemap.xml", ""),
        ),
        "/maps/2026-11.xml": urlset(("/early", "2026-11-02"), ("/late", "2026-11-20"), ("/2026/11/03/dated", "")),
        "/maps/b.xml": urlset(("/2026/11/25/other", "2026-11-26"), ("/2026/11/10/last", "2026-11-26")),
        "/feed": feed([("/f20", 20), ("/f10", 10)], "/feed?page=2"),
        "/feed?page=2": feed([("/f9", 9), ("/f8", 8)], "/feed?page=3"),
        "/feed?page=3": feed([("/f3", 3)], "/feed?page=2"),
    }
    asked, loaded = {}, {}
    for ground, line in (
        (BackfillOrigin.SITEMAPS, 'sitemaps = ["http://paper.test/sitemap.xml"]'),
        (BackfillOrigin.FEEDS, None),
    ):
        home: Path = tmp_path_factory.mktemp(ground.value)
        lines = {"paper": line} if line else {}
        with open_papers(home, {"paper": []}, pages=pages, lines=lines, backfill_pace_s=0) as papers:
            backfill(papers.settings, ground, since=SINCE, until=UNTIL)
            asked[ground.value] = [path for path in papers.site.asked if path in pages or "maps" in path]
            rows = ask(papers.settings, "SELECT url FROM main.articles ORDER BY url")
            loaded[ground.value] = [row["url"].removeprefix("http://paper.test") for row in rows]
    return asked, loaded


def test_only_sitemaps_of_the_days_are_asked(walked: tuple[dict[str, list[str]], dict[str, list[str]]]) -> None:
    assert sorted(walked[0]["sitemaps"]) == ["/maps/2026-11.xml", "/maps/b.xml", "/sitemap.xml"]


def test_only_pages_of_the_days_are_loaded(walked: tuple[dict[str, list[str]], dict[str, list[str]]]) -> None:
    assert walked[1]["sitemaps"] == ["/2026/11/03/dated", "/2026/11/10/last", "/early"]


def test_a_feed_is_read_backwards_each_page_once(walked: tuple[dict[str, list[str]], dict[str, list[str]]]) -> None:
    assert walked[0]["feeds"] == ["/feed", "/feed?page=2", "/feed?page=3"]
    assert walked[1]["feeds"] == ["/f10", "/f3", "/f8", "/f9"]


def test_of_an_index_with_a_sitemap_a_day_for_years_the_wanted_days_are_read(tmp_path: Path) -> None:
    days = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(1_100)]
    pages = {
        "/sitemap.xml": index(("/maps/years.xml", "")),
        "/maps/years.xml": index(*((f"/maps/{day:%Y-%m-%d}.xml", "") for day in days)),
        "/maps/2024-03-05.xml": urlset(("/march", "2024-03-05"), ("/april", "2024-04-01")),
    }
    lines = {"paper": 'sitemaps = ["http://paper.test/sitemap.xml"]'}
    with open_papers(tmp_path, {"paper": []}, pages=pages, lines=lines, backfill_pace_s=0) as papers:
        first, behind = datetime(2024, 3, 5, tzinfo=UTC), datetime(2024, 3, 6, tzinfo=UTC)
        backfill(papers.settings, BackfillOrigin.SITEMAPS, since=first, until=behind)
        asked = [path for path in papers.site.asked if "map" in path]
        rows = ask(papers.settings, "SELECT url FROM main.articles")
    assert asked == ["/sitemap.xml", "/maps/years.xml", "/maps/2024-03-05.xml"]
    assert [row["url"] for row in rows] == ["http://paper.test/march"]


def test_an_index_of_which_not_all_can_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk_listings, "PLACES_AT_MOST", 3)
    pages = {"/sitemap.xml": index(*((f"/maps/{n}.xml", "") for n in range(9)), ("/maps/2026-11-02.xml", ""))}
    lines = {"paper": 'sitemaps = ["http://paper.test/sitemap.xml"]'}
    with open_papers(tmp_path, {"paper": []}, pages=pages, lines=lines, backfill_pace_s=0) as papers:
        backfill(papers.settings, BackfillOrigin.SITEMAPS, since=SINCE, until=UNTIL)
        asked = [path for path in papers.site.asked if "maps/" in path]
        rows = ask(papers.settings, "SELECT detail FROM ops.outcomes WHERE url = 'http://paper.test/sitemap.xml'")
    assert sorted(asked) == ["/maps/0.xml", "/maps/2026-11-02.xml"]
    assert rows[0]["detail"].startswith(
        "8 of its sitemaps that may list wanted pages are not read: the limits are 3 "
    )


def test_a_sitemap_that_changed_within_the_first_wanted_day_is_read() -> None:
    children = {"https://paper.example/a.xml": datetime(2026, 11, 1, tzinfo=UTC)}
    children["https://paper.example/b.xml"] = datetime(2026, 10, 31, tzinfo=UTC)
    found = Listing(
        format="sitemap_index",
        children=tuple(children),
        children_modified=tuple(children.values()),
        parser="lxml",
    )
    options = BackfillOptions(ground=BackfillOrigin.SITEMAPS, since=SINCE + timedelta(hours=6))

    assert walk_listings.wanted_children(found, options) == ["https://paper.example/a.xml"]


def test_a_source_that_names_no_sitemap_is_told_and_where_to_look_for_one(tmp_path: Path) -> None:
    with open_papers(tmp_path, {"paper": []}, backfill_pace_s=0) as papers:
        (finding,) = backfill(papers.settings, BackfillOrigin.SITEMAPS, since=SINCE, until=UNTIL).findings
    assert (finding.source, finding.code) == ("paper", "no_sitemaps")
    assert "newsdesk sources discover http://paper.test/" in finding.message
