"""Proposals: the places, name and language of a new source file."""

from datetime import UTC, datetime

import pytest

from schemas.items.link import Dated, EntryFacts, UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Format, Listed, Listing
from schemas.sources.place import Front, Place, SaidBy, Survey, SurveyedPlace
from tasks.pure.sources.countries import country_of, time_zone_of
from tasks.pure.sources.proposals import proposal_of

HOME = "https://paper.example/"
DATED = EntryFacts(published=Dated(raw="x", at=datetime(2026, 11, 23, tzinfo=UTC)))


def looked(
    path: str, kind: UrlKind, *links: str, form: Format = "rss", facts: EntryFacts | None = None
) -> SurveyedPlace:
    entries = tuple(Listed(url=HOME + link, facts=facts or EntryFacts()) for link in links)
    place = Place(HOME + path, kind, SaidBy.ALTERNATE)
    return SurveyedPlace(
        place=place, found=Listing(format=form, entries=entries, parser="test", title=path, language="en")
    )


RSS = looked("rss", UrlKind.FEED, "a", "b", "c")
ATOM = looked("atom", UrlKind.FEED, "b", "a", "c?utm_source=atom", form="atom")
SPORT = looked("sport", UrlKind.FEED, "c", "d", "e")
EMPTY = looked("empty", UrlKind.FEED)
MAP = looked("sitemap.xml", UrlKind.SITEMAP, "x", "y", form="urlset")
NEWS = looked("latest.xml", UrlKind.SITEMAP, "a", form="urlset", facts=DATED)
NAMED_NEWS = looked("news-sitemap.xml", UrlKind.SITEMAP, "a", form="urlset")
PAGE = looked("", UrlKind.SECTION, "a", form="html")
DEAD = SurveyedPlace(place=Place(f"{HOME}feed", UrlKind.FEED), found=Refusal(reason=Reason.HTTP_ERROR))


@pytest.mark.parametrize(
    ("found", "paths"),
    [
        ((RSS, ATOM, PAGE), ["rss"]),
        ((RSS, SPORT, PAGE), ["rss", "sport"]),
        ((RSS, MAP, PAGE), ["rss"]),
        ((RSS, MAP, NEWS, PAGE), ["rss", "latest.xml"]),
        ((MAP, NAMED_NEWS, PAGE), ["news-sitemap.xml"]),
        ((EMPTY, MAP, PAGE), ["sitemap.xml"]),
        ((DEAD, EMPTY, PAGE), [""]),
        ((DEAD, EMPTY), []),
    ],
)
def test_feeds_come_first_then_sitemaps_of_news_and_the_page_is_the_last_resort(
    found: tuple[SurveyedPlace, ...], paths: list[str]
) -> None:
    proposal = proposal_of(Survey(homepage=HOME, front=Front(), looked=found))

    assert [place.url.removeprefix(HOME) for place in proposal.places] == paths


def test_an_index_of_sitemaps_lists_something() -> None:
    index = Listing(format="sitemap_index", children=(f"{HOME}1.xml",), parser="test")
    found = SurveyedPlace(place=Place(f"{HOME}map.xml", UrlKind.SITEMAP), found=index)

    assert len(proposal_of(Survey(homepage=HOME, front=Front(), looked=(found,))).places) == 1


def test_a_feed_that_the_user_named_stays_even_if_it_is_empty() -> None:
    assert len(proposal_of(Survey(homepage=HOME, looked=(EMPTY,))).places) == 1


@pytest.mark.parametrize(
    ("front", "name"),
    [
        (Front(site_name="The Paper", title="News"), "The Paper"),
        (Front(title="News"), "rss"),
        (None, "rss"),
    ],
)
def test_the_name_is_the_sites_own_before_the_feeds(front: Front | None, name: str) -> None:
    assert proposal_of(Survey(homepage=HOME, front=front, looked=(RSS,))).name == name


def test_the_language_is_the_pages_before_the_feeds_without_its_region() -> None:
    assert proposal_of(Survey(homepage=HOME, front=Front(language="pt-BR"), looked=(RSS,))).language == "pt"
    assert proposal_of(Survey(homepage=HOME, front=Front(), looked=(RSS,))).language == "en"


@pytest.mark.parametrize(
    ("url", "country", "time_zone"),
    [
        ("https://www.paper.pl/", "pl", "Europe/Warsaw"),
        ("https://paper.co.uk:8080/", "gb", "Europe/London"),
        ("https://paper.com.ua/", "ua", "UTC"),
        ("https://paper.us/", "us", "UTC"),
        ("https://paper.com/", "zz", "UTC"),
        ("https://paper.io/", "zz", "UTC"),
        ("https://paper.example/", "zz", "UTC"),
        ("http://127.0.0.1/", "zz", "UTC"),
    ],
)
def test_the_domain_of_a_country_gives_it_and_its_only_time_zone(url: str, country: str, time_zone: str) -> None:
    assert (country_of(url), time_zone_of(country_of(url))) == (country, time_zone)
