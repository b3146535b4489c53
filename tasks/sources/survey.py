"""Surveys a site: requests the given URL and the usual places beside it, and reports which of them list articles."""

from collections.abc import Iterator
from typing import Protocol

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Listing
from schemas.sources.place import Front, Place, SaidBy, Survey, SurveyedPlace
from schemas.sources.source import Source
from tasks.politeness.politeness import PoliteClient
from tasks.pure.http.headers import content_type
from tasks.pure.sources.places import ASKED_AT_MOST, worth_asking
from tasks.pure.urls.domains import origin_of
from tasks.pure.urls.normalise import absolute
from tasks.run.kit_parts import CageKit, WebKit
from tasks.web.client import Exchange

PACE_S = 2.0
"""Seconds between two requests to a site without a source file (docs/explanation/measured-facts.md, operating
point)."""


class SurveyKit(CageKit, WebKit, Protocol):
    """The equipment that a step of this file uses."""


def survey_site(kit: SurveyKit, url: str, pace_s: float = PACE_S) -> Survey | Refusal:
    """The articles that the URL lists, if it is a feed or a sitemap. If it is a page: the places beside it and what
    each lists, failed ones included, and the page's own links last. A refusal where the URL does not answer, or is
    none of these. Requests are polite, so a site takes some two dozen seconds."""
    meant = absolute(url, None)
    if isinstance(meant, Refusal):
        return meant
    stranger = Source(slug="stranger", name="stranger", homepage=meant, language="und", country="zz", pace_s=pace_s)
    client = kit.polite_client()
    exchange, _ = client.get(stranger, meant, UrlKind.FEED)
    if exchange.reason is not Reason.OK:
        return Refusal(reason=exchange.reason, detail=exchange.detail)
    for kind in (UrlKind.FEED, UrlKind.SITEMAP):
        found = _read(kit, exchange, kind)
        if isinstance(found, Listing):
            return Survey(
                homepage=f"{origin_of(meant)}/", looked=(SurveyedPlace(place=Place(meant, kind), found=found),)
            )
    front: Front | Refusal = kit.cage.call("tasks.pure.sources.front_page:read_front", *_page(exchange))
    if isinstance(front, Refusal):
        return front
    beside = tuple(_survey_places(kit, client, stranger, exchange.final_url, front))
    itself = SurveyedPlace(
        place=Place(exchange.final_url, UrlKind.SECTION), found=_read(kit, exchange, UrlKind.SECTION)
    )
    return Survey(homepage=f"{origin_of(exchange.final_url)}/", front=front, looked=(*beside, itself))


def _survey_places(
    kit: SurveyKit, client: PoliteClient, stranger: Source, url: str, front: Front
) -> Iterator[SurveyedPlace]:
    """Request the places beside the page; customary ones only for a kind (feed, sitemap) that was not found yet."""
    found: set[UrlKind] = set()
    asked = 0
    for place in worth_asking(front, client.sitemaps(stranger, url), url):
        if place.said_by is SaidBy.CUSTOM and place.kind in found:
            continue
        if asked == ASKED_AT_MOST:
            return
        asked += 1
        exchange, _ = client.get(stranger, place.url, place.kind)
        looked = SurveyedPlace(place=place, found=_read(kit, exchange, place.kind))
        if isinstance(looked.found, Listing):
            found.add(place.kind)
        yield looked


def _read(kit: SurveyKit, exchange: Exchange, kind: UrlKind) -> Listing | Refusal:
    if exchange.reason is not Reason.OK:
        return Refusal(reason=exchange.reason, detail=exchange.detail)
    listing: Listing | Refusal = kit.cage.call(
        "tasks.pure.listings.read:read_listing", kind, *_page(exchange), "UTC", exchange.sent_at
    )
    return listing


def _page(exchange: Exchange) -> tuple[bytes, str, str | None]:
    return exchange.body, exchange.final_url, content_type(exchange.headers)[1]
