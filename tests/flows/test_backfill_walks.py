"""Sitemaps and feeds walked into the past: only the places that may hold the days are asked."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.runs.backfill_plan import BackfillOrigin
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


def test_a_source_that_names_no_sitemap_is_told_and_where_to_look_for_one(tmp_path: Path) -> None:
    with open_papers(tmp_path, {"paper": []}, backfill_pace_s=0) as papers:
        (finding,) = backfill(papers.settings, BackfillOrigin.SITEMAPS, since=SINCE, until=UNTIL).findings
    assert (finding.source, finding.code) == ("paper", "no_sitemaps")
    assert "newsdesk sources discover http://paper.test/" in finding.message
