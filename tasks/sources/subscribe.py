"""Subscribes to a feed at its WebSub hub. Polling goes on; a push is only a hint to poll sooner."""

from typing import Protocol

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.sources.feed_check import Subscribed
from schemas.sources.listing import Listing
from schemas.sources.source import Source
from tasks.politeness.politeness import PoliteClient
from tasks.pure.feeds.websub import request_form, subscription_of
from tasks.pure.http.headers import content_type
from tasks.run.kit_parts import CageKit, WebKit

ACCEPTED = range(200, 300)


class SubscribeKit(CageKit, WebKit, Protocol):
    """The equipment that a step of this file uses."""


def subscribe(kit: SubscribeKit, source: Source, feed: str, callback_url: str, secret: str) -> Subscribed:
    """Request the feed, and send a subscription to the hub that it names. A hub that accepts it asks the callback for
    confirmation later. Both requests are guarded, wait for their turn, obey robots.txt and are recorded; the form,
    which holds the secret, is not recorded."""
    client = kit.polite_client()
    hub = _hub_of(kit, client, source, feed)
    if isinstance(hub, Refusal):
        return Subscribed(feed=feed, refusal=hub)
    form = request_form(subscription_of(feed, callback_url, secret))
    exchange = client.post(source, hub, form)
    if exchange.status in ACCEPTED:
        return Subscribed(feed=feed, hub=hub)
    return Subscribed(feed=feed, hub=hub, refusal=Refusal(reason=exchange.reason, detail=exchange.detail))


def _hub_of(kit: SubscribeKit, client: PoliteClient, source: Source, feed: str) -> str | Refusal:
    exchange, _ = client.get(source, feed, UrlKind.FEED)
    if exchange.reason is not Reason.OK:
        return Refusal(reason=exchange.reason, detail=exchange.detail)
    page = exchange.body, exchange.final_url, content_type(exchange.headers)[1], source.time_zone, exchange.sent_at
    listing: Listing | Refusal = kit.cage.call("tasks.pure.feeds.read:read_feed", *page)
    if isinstance(listing, Refusal):
        return listing
    return listing.hub or Refusal(reason=Reason.WRONG_TYPE, detail="the feed names no hub")
