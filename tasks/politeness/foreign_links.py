"""Links of a sitemap to other publishers' hosts: asks these hosts whether the sitemap may list their pages."""

from collections.abc import Mapping, Sequence

from schemas.items.link import Link
from schemas.items.outcome import Refusal
from schemas.sources.source import Source
from tasks.politeness.politeness import PoliteClient
from tasks.pure.sources.places import refused_by
from tasks.pure.urls.domains import origin_of

HOSTS_ASKED_AT_MOST = 10
"""Other publishers' hosts whose robots.txt one poll requests, where a sitemap links to them."""


def foreign_links(
    client: PoliteClient, source: Source, links: Sequence[Link], maps: Mapping[str, str | None]
) -> dict[tuple[str, str], Refusal]:
    """Refusals of a sitemap's links to other publishers, by place and URL. A link is accepted only if the robots.txt
    of its host names the sitemap, or the index that named it (`maps`: sitemap to index) (sitemaps.org,
    cross-submits). Only the first ten hosts are asked, private addresses never."""
    said: dict[str, tuple[str, ...] | Refusal] = {}
    refused: dict[tuple[str, str], Refusal] = {}
    for link in links:
        origin, forbidden = origin_of(link.url), client.forbids(link.url)
        if not forbidden and origin not in said and len(said) < HOSTS_ASKED_AT_MOST:
            said[origin] = client.named_sitemaps(source, link.url)
        named = (link.found_in, maps[link.found_in] or link.found_in)
        if refusal := forbidden or refused_by(said.get(origin, ()), origin, named):
            refused[link.found_in, link.url] = refusal
    return refused
