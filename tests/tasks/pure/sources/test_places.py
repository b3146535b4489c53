"""Places: the URLs to read for a source, and the URLs to try for a new one."""

import pytest

from schemas.items.link import UrlKind
from schemas.sources.place import Front, Place, SaidBy
from schemas.sources.source import Source
from tasks.pure.sources.places import (
    ASKED_AT_MOST,
    SITEMAPS_AT_MOST,
    named_sitemaps,
    needs_robots,
    places_of,
    worth_asking,
)

HOME = "https://paper.example/"
FEED, SITEMAP, SECTION = f"{HOME}rss", f"{HOME}news.xml", f"{HOME}world"


def source(**places: tuple[str, ...]) -> Source:
    return Source(slug="paper", name="Paper", homepage=HOME, language="en", country="gb", **places)


@pytest.mark.parametrize(
    ("places", "named", "expected"),
    [
        ({"feeds": (FEED,)}, (SITEMAP,), [FEED]),
        ({"sitemaps": (f"{HOME}map.xml",)}, (SITEMAP,), [f"{HOME}map.xml"]),
        ({"feeds": (FEED,), "sections": (SECTION,)}, (SITEMAP,), [FEED, SECTION]),
        ({"sections": (SECTION,)}, (), [SECTION]),
        ({"sections": (SECTION,)}, (SITEMAP,), [SITEMAP, SECTION]),
        ({}, (SITEMAP,), [SITEMAP]),
        ({}, (), [HOME]),
        ({}, ("ftp://paper.example/map.xml", "http://["), [HOME]),
        ({"feeds": (FEED, f"{FEED}#latest")}, (), [FEED]),
    ],
)
def test_a_source_always_has_something_to_ask(
    places: dict[str, tuple[str, ...]], named: tuple[str, ...], expected: list[str]
) -> None:
    assert [place.url for place in places_of(source(**places), named)] == expected


def test_each_place_has_its_kind() -> None:
    everywhere = source(feeds=(FEED,), sitemaps=(SITEMAP,), sections=(SECTION,))

    assert [place.kind for place in places_of(everywhere)] == [UrlKind.FEED, UrlKind.SITEMAP, UrlKind.SECTION]
    assert places_of(source())[0].kind is UrlKind.SECTION


def test_robots_txt_is_asked_for_sitemaps_only_where_the_source_names_no_feed_and_no_sitemap() -> None:
    assert [needs_robots(source(feeds=(FEED,))), needs_robots(source(sitemaps=(SITEMAP,)))] == [False, False]
    assert needs_robots(source(sections=(SECTION,)))


def test_a_sitemap_may_be_named_by_its_path_alone() -> None:
    assert named_sitemaps(["/map.xml"], SECTION)[0].url == f"{HOME}map.xml"


@pytest.mark.parametrize(
    "path", ["sitemap-News.xml", "news/sitemap.xml", "sitemap_news_1.xml.gz", "googlenews.xml", "NewsSitemap.xml"]
)
def test_a_sitemap_of_news_comes_first_and_hides_no_other(path: str) -> None:
    named = [f"{HOME}archive.xml", HOME + path, f"{HOME}posts.xml"]

    assert [place.url for place in named_sitemaps(named, HOME)] == [named[1], named[0], named[2]]


@pytest.mark.parametrize(
    "path", ["newsletter-sitemap.xml", "newsroom/sitemap.xml", "newspaper.xml", "sitemap-newsletters.xml"]
)
def test_a_word_that_begins_with_news_is_no_news_sitemap(path: str) -> None:
    named = [f"{HOME}artikel.xml", HOME + path]

    assert [place.url for place in named_sitemaps(named, HOME)] == named


def test_of_ten_thousand_named_sitemaps_500_are_taken() -> None:
    assert len(named_sitemaps([f"{HOME}{n}.xml" for n in range(10_000)], HOME)) == SITEMAPS_AT_MOST


def test_named_places_are_tried_before_default_paths() -> None:
    front = Front(feeds=(Place(FEED, UrlKind.FEED, SaidBy.ALTERNATE),))
    tried = list(worth_asking(front, [SITEMAP], SECTION))

    assert [place.url for place in tried[:3]] == [FEED, SITEMAP, f"{HOME}feed"]
    assert [place.said_by for place in tried[:3]] == [SaidBy.ALTERNATE, SaidBy.ROBOTS, SaidBy.CUSTOM]


def test_no_place_is_tried_twice() -> None:
    front = Front(feeds=(Place(f"{HOME}feed", UrlKind.FEED, SaidBy.ANCHOR),))
    urls = [place.url for place in worth_asking(front, ["/sitemap.xml"], HOME)]

    assert len(urls) == len(set(urls)) == ASKED_AT_MOST
