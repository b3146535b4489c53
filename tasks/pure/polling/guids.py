"""GUIDs: when a feed's own identifiers may show that a known article moved to another link.

An article is identified by its canonical URL. A GUID can only add to that: an entry that has the GUID and the
title of a known article, and another link, is that article, moved. This needs stable and unique GUIDs. A feed's
GUIDs are ignored for ever once the feed
- lists one GUID with two links (docs/explanation/hostile-web.md E11: these are two articles),
- lists a known link with another GUID than before (docs/explanation/hostile-web.md E12, E13: it is the same article),
  or
- lists a known GUID with another link and another title (the feed reuses GUIDs).
From then on only links identify its articles, so that two articles are never merged and no article is loaded twice
(docs/explanation/hostile-web.md E25: a feed that alternates between two backends lists the same links again).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from schemas.history.known_urls import KnownGuid, KnownUrl
from schemas.items.link import Link
from tasks.pure.urls.normalise import canonical


def are_trusted(links: Iterable[Link], memory: Iterable[KnownGuid]) -> bool:
    """Whether one feed's GUIDs may be used: neither its entries (`links`) nor the GUIDs that the warehouse knows
    of it (`memory`) break a rule of this module."""
    by_guid, guids_of = _by_guid(memory), defaultdict(set)
    for each in chain.from_iterable(by_guid.values()):
        guids_of[canonical(each.url)].add(each.guid)
    links_of: dict[str, set[str]] = defaultdict(set)
    for link in links:
        guid = link.entry.guid
        if guid is None:
            continue
        form = canonical(link.url)
        links_of[guid].add(form)
        is_changed = form in guids_of and guid not in guids_of[form]
        if is_changed or len(links_of[guid]) > 1 or _is_used_again(link, by_guid[guid]):
            return False
    return True


def with_moved(links: Iterable[Link], memory: Iterable[KnownGuid]) -> list[Link]:
    """The links, in order. The link of an article that moved gets its known canonical URL as `known_as`. `memory`
    has the known GUIDs of feeds whose GUIDs are trusted, oldest first."""
    by_feed: dict[str, list[KnownGuid]] = defaultdict(list)
    for each in memory:
        by_feed[each.found_in].append(each)
    rows = {feed: _by_guid(its) for feed, its in by_feed.items()}
    return [_moved(link, rows.get(link.found_in, {}).get(link.entry.guid or "", [])) for link in links]


def with_origins(
    known: Mapping[str, KnownUrl], links: Iterable[Link], memory: Sequence[KnownGuid]
) -> dict[str, KnownUrl]:
    """What the warehouse knows, by URL as found. The new link of a moved article gets what is known of its old
    link, so that it is fetched only if a revisit is due."""
    first_urls = {each.canonical_url: each.url for each in reversed(memory) if each.canonical_url}
    moved = {link.url: known.get(first_urls[link.known_as]) for link in links if link.known_as}
    return {url: origin for url, origin in moved.items() if origin} | dict(known)


def _by_guid(memory: Iterable[KnownGuid]) -> dict[str, list[KnownGuid]]:
    rows: dict[str, list[KnownGuid]] = defaultdict(list)
    for each in memory:
        rows[each.guid].append(each)
    return rows


def _is_used_again(link: Link, rows: Sequence[KnownGuid]) -> bool:
    """Whether the GUID is known, but no entry that had it shares a link or a title with this one."""
    return bool(rows) and not any(_is_tied(link, each) for each in rows)


def _moved(link: Link, rows: Sequence[KnownGuid]) -> Link:
    article = next((each for each in rows if each.canonical_url), None)
    if article is None or canonical(link.url) in (canonical(article.url), article.canonical_url):
        return link
    if not any(_is_tied(link, each) for each in rows):
        return link
    return link.model_copy(update={"known_as": article.canonical_url})


def _is_tied(link: Link, known: KnownGuid) -> bool:
    is_same_title = known.title is not None and known.title == link.entry.title
    return is_same_title or canonical(link.url) in (canonical(known.url), known.canonical_url)
