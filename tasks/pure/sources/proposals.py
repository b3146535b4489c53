"""Proposals: which of the places round a URL a source should be read at, and what it is called."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.items.link import UrlKind
from schemas.sources.listing import Listing
from schemas.sources.place import Place, Survey
from tasks.pure.sources.places import is_named_news
from tasks.pure.urls.normalise import canonical

Live = tuple[Place, Listing]
"""A place that answered with a listing."""


class Proposal(NamedTuple):
    """Where to read, feeds first; `language` is the primary subtag of BCP 47. None: nobody says."""

    places: tuple[Place, ...]
    name: str | None
    language: str | None


def proposal_of(survey: Survey) -> Proposal:
    """What to write into a source file; without places where nothing that was asked lists an article.

    Feeds that list much the same as one before them are left out. Sitemaps of news go with feeds, any
    other only where there is no feed: they hold the whole archive. The page's own links are the last
    resort. What a person named stays, whatever it lists now.
    """
    live = [(looked.place, looked.found) for looked in survey.looked if isinstance(looked.found, Listing)]
    full = [(place, listing) for place, listing in live if listing.entries or listing.children]
    feeds = _unlike([(place, listing) for place, listing in full if place.kind is UrlKind.FEED])
    maps = [(place, listing) for place, listing in full if place.kind is UrlKind.SITEMAP]
    news = [(place, listing) for place, listing in maps if is_news(place, listing)]
    pages = [(place, listing) for place, listing in full if place.kind is UrlKind.SECTION]
    chosen = [*feeds, *(news or ([] if feeds else maps))] or pages
    if survey.front is None:
        chosen = live
    return Proposal(tuple(place for place, _ in chosen), _name(survey, chosen), _language(survey, chosen))


def is_news(place: Place, listing: Listing) -> bool:
    """Whether a sitemap is one of news: it says so, or its entries have dates of publication."""
    return is_named_news(place.url) or any(entry.facts.published for entry in listing.entries)


def _unlike(feeds: Iterable[Live]) -> list[Live]:
    """Those of whose links less than half stand in the ones before: a site has its feed as RSS and Atom."""
    kept: list[Live] = []
    known: set[str] = set()
    for place, listing in feeds:
        links = {canonical(entry.url) for entry in listing.entries}
        if len(links & known) * 2 < len(links):
            kept.append((place, listing))
            known |= links
    return kept


def _name(survey: Survey, chosen: list[Live]) -> str | None:
    said = [survey.front.site_name if survey.front else None, *(listing.title for _, listing in chosen)]
    return next((name for name in [*said, survey.front.title if survey.front else None] if name), None)


def _language(survey: Survey, chosen: list[Live]) -> str | None:
    said = [survey.front.language if survey.front else None, *(listing.language for _, listing in chosen)]
    return next((language.lower().partition("-")[0] for language in said if language), None)
