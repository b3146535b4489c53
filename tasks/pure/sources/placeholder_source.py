"""Placeholder sources: for pages whose source file is gone, or that never had one."""

import re
from collections.abc import Iterable

from schemas.items.capture import Capture
from schemas.sources.source import Source
from tasks.pure.urls.domains import host_of, registrable_domain


def stand_in(slug: str, url: str) -> Source:
    """A source made from its slug and one URL; language `und` and country `zz` mean unknown (ISO 639, ISO 3166-1)."""
    return Source(slug=slug, name=slug, homepage=f"http://{host_of(url)}/", language="und", country="zz")


def sources_of(captures: Iterable[Capture], known: Iterable[Source]) -> tuple[Source, ...]:
    """The sources of the captures, each once, in order of first capture. An unknown slug gets a placeholder."""
    by_slug = {source.slug: source for source in known}
    met = {capture.link.source: capture.final_url for capture in captures}
    return tuple(by_slug.get(slug) or stand_in(slug, url) for slug, url in met.items())


def slug_of(url: str) -> str:
    """A slug made of the registrable domain: `bbc-co-uk`."""
    return re.sub(r"[^a-z0-9]+", "-", registrable_domain(url).lower()).strip("-")[:64] or "unknown"
