"""Reads the answer of a feed, sitemap or section, in the cage."""

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Listing
from schemas.sources.source import Source
from tasks.cage.pool import Cage
from tasks.pure.http.headers import content_type
from tasks.web.exchange import Exchange


def read_answer(
    cage: Cage, source: Source, kind: UrlKind, exchange: Exchange, listed_before: int
) -> Listing | Refusal:
    """What the place lists, or why that is not known. `listed_before`: entries of its last answer that listed any; a
    listing of less than half is read by a second parser."""
    if exchange.reason is not Reason.OK:
        return Refusal(reason=exchange.reason, detail=exchange.detail)
    listing: Listing | Refusal = cage.call(
        "tasks.pure.listings.read:read_listing",
        kind,
        exchange.body,
        exchange.final_url,
        content_type(exchange.headers)[1],
        source.time_zone,
        exchange.sent_at,
        listed_before,
        source.language,
        source.country,
    )
    return listing
