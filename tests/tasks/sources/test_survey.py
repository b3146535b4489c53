"""Looking round a site: what is asked, what is found, and what is left alone."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.batch import Batch
from schemas.sources.listing import Listing
from schemas.sources.place import Candidate, SaidBy, Survey
from schemas.sources.source import Source
from tasks.ingest.discover import discover
from tasks.pure.sources.places import ASKED_AT_MOST
from tasks.pure.sources.proposals import proposal_of
from tasks.run.groups import Group
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tasks.sources.survey import survey_site
from tests.support.sites.raw_site import Behaviour, RawSite, answer
from warehouse.hot.state import HotState

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
STORY = "/2026/11/23/harbour-wall-raised"
RSS = f"""<rss version="2.0"><channel><title>The Paper</title><item><title>Harbour wall</title>
<link>http://paper.test{STORY}</link><pubDate>Mon, 23 Nov 2026 08:00:00 +0000</pubDate></item></channel></rss>"""
SITEMAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://paper.test{STORY}</loc>
</url></urlset>"""
BODY = f"<body><a href='{STORY}'>Harbour wall will be raised</a></body>"


def page(head: str = "", body: str = BODY) -> bytes:
    return answer(f"<html lang='en-GB'><head>{head}</head>{body}</html>".encode(), "Content-Type: text/html")


FEED, MAP, PAGE = answer(RSS.encode()), answer(SITEMAP.encode()), page()
ROBOTS = answer(b"User-agent: *\nDisallow: /private\n\nSitemap: /sitemap-news.xml\nSitemap: /archive.xml\n")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """A kit whose web leads nowhere yet."""
    with RawSite({}) as nowhere:
        settings = nowhere.settings("paper.test", home=tmp_path_factory.mktemp("look"), disk_floor_mb=0)
    with open_kit(settings, "probe", NOW, "0.1", NoProgress(), threading.Event()) as kit:
        yield kit


Open = Callable[[Mapping[str, Behaviour]], tuple[Kit, RawSite]]


@pytest.fixture
def open_site(base: Kit, tmp_path: Path) -> Iterator[Open]:
    """Opens a site at paper.test, and a kit that knows nothing of it."""
    sites: list[RawSite] = []
    hot = HotState(tmp_path / "hot.sqlite")

    def opened(pages: Mapping[str, Behaviour]) -> tuple[Kit, RawSite]:
        site = RawSite(pages)
        sites.append(site.__enter__())
        return replace(base, web=site.web("paper.test"), hot=hot), site

    yield opened
    for site in sites:
        site.__exit__(None, None, None)
    hot.close()


def survey_of(kit: Kit, url: str = "http://paper.test/") -> Survey:
    survey = survey_site(kit, url, pace_s=0.0)
    assert isinstance(survey, Survey), survey
    return survey


def rows(survey: Survey) -> list[tuple[SaidBy, str, Reason]]:
    found = [Candidate.of(looked) for looked in survey.looked]
    return [(row.said_by, row.url.removeprefix("http://paper.test"), row.reason) for row in found]


def test_what_a_site_names_is_asked_and_nothing_else(open_site: Open) -> None:
    head = "<link rel=alternate type=application/rss+xml href=/deep/latest>"
    kit, site = open_site({"/": page(head), "/robots.txt": ROBOTS, "/deep/latest": FEED, "/sitemap-news.xml": MAP})

    assert rows(survey_of(kit)) == [
        (SaidBy.ALTERNATE, "/deep/latest", Reason.OK),
        (SaidBy.ROBOTS, "/sitemap-news.xml", Reason.OK),
        (SaidBy.ROBOTS, "/archive.xml", Reason.HTTP_ERROR),
        (SaidBy.PERSON, "/", Reason.OK),
    ]
    assert site.asked == ["/robots.txt", "/", "/deep/latest", "/sitemap-news.xml", "/archive.xml"]


def test_customary_paths_are_tried_until_one_of_a_kind_is_found(open_site: Open) -> None:
    kit, site = open_site({"/": PAGE, "/rss.xml": FEED, "/sitemap.xml": MAP})
    survey = survey_of(kit)

    assert [path for _, path, reason in rows(survey) if reason is Reason.OK] == ["/rss.xml", "/sitemap.xml", "/"]
    assert "/feed.json" not in site.asked
    assert [place.url for place in proposal_of(survey).places] == ["http://paper.test/rss.xml"]


def test_a_site_without_any_is_asked_a_dozen_times_and_read_by_its_own_links(open_site: Open) -> None:
    kit, site = open_site({"/": PAGE})
    survey = survey_of(kit)

    assert len(site.asked) == ASKED_AT_MOST + 2
    assert [place.kind for place in proposal_of(survey).places] == [UrlKind.SECTION]


def test_a_feed_itself_is_asked_alone(open_site: Open) -> None:
    kit, site = open_site({"/private": FEED, "/rss": FEED})

    assert rows(survey_of(kit, "http://paper.test/rss")) == [(SaidBy.PERSON, "/rss", Reason.OK)]
    assert site.asked == ["/robots.txt", "/rss"]


def test_what_robots_txt_forbids_is_not_asked(open_site: Open) -> None:
    head = "<link rel=alternate type=application/rss+xml href=/private/rss>"
    kit, site = open_site({"/": page(head), "/robots.txt": ROBOTS, "/private/rss": FEED})

    assert rows(survey_of(kit))[0] == (SaidBy.ALTERNATE, "/private/rss", Reason.ROBOTS_DENIED)
    assert "/private/rss" not in site.asked


def test_a_feed_inside_our_network_is_not_asked(open_site: Open) -> None:
    with RawSite({"*": FEED}, "127.0.0.2") as canary:
        head = f"<link rel=alternate type=application/rss+xml href='http://{canary.address}/rss'>"
        kit, _ = open_site({"/": page(head), "/robots.txt": answer(f"Sitemap: http://{canary.address}/m".encode())})
        named = [row for row in rows(survey_of(kit)) if row[0] in (SaidBy.ALTERNATE, SaidBy.ROBOTS)]

        assert [reason for _, _, reason in named] == [Reason.BLOCKED_ADDRESS, Reason.BLOCKED_ADDRESS]
        assert canary.connections == 0


def test_a_feed_that_is_a_page_is_told_as_such(open_site: Open) -> None:
    head = "<link rel=alternate type=application/rss+xml href=/rss>"
    kit, _ = open_site({"/": page(head), "/rss": PAGE, "/robots.txt": ROBOTS, "/sitemap-news.xml": MAP})

    assert rows(survey_of(kit))[0] == (SaidBy.ALTERNATE, "/rss", Reason.WRONG_TYPE)


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ({}, Reason.HTTP_ERROR),
        ({"/": answer(b"%PDF-1.7 page")}, Reason.WRONG_TYPE),
        ({"/robots.txt": answer(b"User-agent: *\nDisallow: /")}, Reason.ROBOTS_DENIED),
    ],
)
def test_a_url_that_gives_nothing_says_why(open_site: Open, pages: Mapping[str, Behaviour], reason: Reason) -> None:
    kit, _ = open_site(pages)
    refusal = survey_site(kit, "http://paper.test/", pace_s=0.0)

    assert isinstance(refusal, Refusal)
    assert refusal.reason is reason


def polled(kit: Kit, **places: tuple[str, ...]) -> Batch[Link]:
    source = Source.model_validate(
        {
            "slug": f"paper-{uuid4().hex[:8]}",
            "name": "Paper",
            "homepage": "http://paper.test/",
            "language": "en",
            "country": "gb",
            "pace_s": 0.0,
            **places,
        }
    )
    return discover(kit, Group(uuid4(), (source,)))


def test_a_source_that_names_nothing_is_read_by_the_sitemap_of_its_robots_txt(open_site: Open) -> None:
    kit, site = open_site({"/": PAGE, "/robots.txt": ROBOTS, "/sitemap-news.xml": MAP})
    batch = polled(kit)

    assert [(link.url, link.found_in) for link in batch.kept] == [
        (f"http://paper.test{STORY}", "http://paper.test/sitemap-news.xml")
    ]
    assert site.asked == ["/robots.txt", "/sitemap-news.xml", "/archive.xml"]


def test_a_source_that_nobody_lists_is_read_by_its_home_page(open_site: Open) -> None:
    kit, _ = open_site({"/": PAGE})
    batch = polled(kit)

    assert [(link.url, link.entry.title) for link in batch.kept] == [
        (f"http://paper.test{STORY}", "Harbour wall will be raised")
    ]
    assert [(outcome.kind, outcome.reason) for outcome in batch.dropped] == [(UrlKind.SECTION, Reason.OK)]


def test_the_sections_that_a_source_names_are_read_beside_its_feeds(open_site: Open) -> None:
    kit, site = open_site({"/rss": FEED, "/world": page(body="<a href='/article/48213'>Five words and a number</a>")})
    batch = polled(kit, feeds=("http://paper.test/rss",), sections=("http://paper.test/world",))

    assert {link.url for link in batch.kept} == {f"http://paper.test{STORY}", "http://paper.test/article/48213"}
    assert site.asked == ["/robots.txt", "/rss", "/world"]


def test_a_section_without_articles_is_an_incident(open_site: Open) -> None:
    kit, _ = open_site({"/world": page(body="<p>Nothing today</p>")})

    assert [outcome.reason for outcome in polled(kit, sections=("http://paper.test/world",)).dropped] == [
        Reason.EMPTY_FEED
    ]


def test_a_listing_knows_its_newest_date(open_site: Open) -> None:
    kit, _ = open_site({"/rss": FEED})
    (looked,) = survey_of(kit, "http://paper.test/rss").looked

    assert isinstance(looked.found, Listing)
    assert Candidate.of(looked).newest_at == datetime(2026, 11, 23, 8, tzinfo=UTC)
