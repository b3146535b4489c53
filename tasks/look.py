"""Look: ask for one URL that a person named and say what it lists."""

from schemas.check import Looked
from schemas.link import UrlKind
from schemas.listing import Listing
from schemas.outcome import Reason, Refusal
from schemas.source import Source
from tasks.kit import Kit
from tasks.pure.headers import content_type


def look(kit: Kit, url: str) -> Looked | Refusal:
    """What the feed or sitemap at the URL lists, or why it is none. Politely, like any other request."""
    stranger = Source(slug="stranger", name="stranger", homepage=url, language="und", country="zz", feeds=(url,))
    exchange, _ = kit.courtesy().get(stranger, url, UrlKind.FEED)
    if exchange.reason is not Reason.OK:
        return Refusal(reason=exchange.reason, detail=exchange.detail)
    charset = content_type(exchange.headers)[1]
    as_feed = kit.cage.call("tasks.pure.feeds:read_feed", exchange.body, exchange.final_url, charset, "UTC")
    if isinstance(as_feed, Listing):
        return Looked(url=url, kind=UrlKind.FEED, listing=as_feed)
    as_sitemap = kit.cage.call("tasks.pure.sitemaps:read_sitemap", exchange.body, exchange.final_url, "UTC")
    if isinstance(as_sitemap, Listing):
        return Looked(url=url, kind=UrlKind.SITEMAP, listing=as_sitemap)
    refusal: Refusal = as_feed
    return refusal
