"""Proposals: chooses the places to read for a new source, its name and its language."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.items.link import UrlKind
from schemas.sources.listing import Listing
from schemas.sources.place import Place, Survey
from tasks.pure.sources.places import is_named_news
from tasks.pure.urls.normalise import canonical

Live = tuple[Place, Listing]
"""A place, and the listing that it answered with."""


class Proposal(NamedTuple):
    """Places to read, feeds first. `language`: primary subtag of BCP 47. None: no page or listing states it."""

    places: tuple[Place, ...]
    name: str | None
    language: str | None


def proposal_of(survey: Survey) -> Proposal:
    """The content of a new source file. It has no places if none of those tried lists an article.

    A feed is left out if half of its links are in feeds before it. News sitemaps are proposed beside feeds; other
    sitemaps only if there is no feed, since they list the whole archive; section pages only if there is neither.
    If the surveyed URL is itself a feed or sitemap (no front page was read), it stays, even if it is empty.
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
    """Whether a sitemap lists news: its path says so, or one of its entries has a date of publication."""
    return is_named_news(place.url) or any(entry.facts.published for entry in listing.entries)


def _unlike(feeds: Iterable[Live]) -> list[Live]:
    """Feeds with less than half of their links in the feeds before them: many sites have one feed as RSS and Atom."""
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
