"""Revisits: which listed articles a run takes up, which it knows already, and which it looks at again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from schemas.history.known_urls import KnownGuid, KnownUrl, Revisit, RevisitRules
from schemas.items.link import EntryFacts, Link
from schemas.items.outcome import Reason
from tasks.pure.polling.ladder import LADDER
from tasks.pure.urls.normalise import canonical

Listed = TypeVar("Listed", Link, KnownGuid)
PASSING = frozenset(
    {
        Reason.RATE_LIMITED,
        Reason.ROBOTS_UNREACHABLE,
        Reason.TIMEOUT_CONNECT,
        Reason.TIMEOUT_READ,
        Reason.TIMEOUT_TOTAL,
        Reason.INCOMPLETE_BODY,
        Reason.BAD_HTTP,
        Reason.TLS_ERROR,
        Reason.DNS_ERROR,
        Reason.EMPTY_BODY,
        Reason.NOT_DUE,
        Reason.DISK_FULL,
        Reason.INTERRUPTED,
        Reason.BAD_RECORD,
        Reason.CHALLENGE_PAGE,
    }
)
"""Reasons that may pass by themselves: the next run tries again."""
NOT_TRIED = frozenset({Reason.NOT_DUE, Reason.DISK_FULL, Reason.INTERRUPTED})
"""Those of them by which a run says that it did not get to a URL: its feed is asked for it again."""
PASSING_STATUS = frozenset({408, 425, 500, 502, 503, 504, 522, 524})
REFUSED_STATUS = frozenset({401, 403})
REFUSED_AGAIN = timedelta(hours=24)
"""A refusal may be lifted, so it is put to the test once a day while the URL is listed; what is missing or
gone (404, 410, 451) is left (docs/explanation/hostile-web.md D06)."""
LINKS_AT_MOST = 1_000
"""A source and run, newest first (docs/explanation/measured-facts.md: entries of a feed)."""
REVISITS_AT_MOST = 200
"""A source and run, newest first; the others are owed to the next run."""
LATE_AT_MOST = timedelta(days=7)
"""A rung of the ladder that nobody got to is owed for a week after the last one."""
TRY_AGAIN = timedelta(hours=1)
"""After a look that failed in passing."""


def rules_at(now: datetime) -> RevisitRules:
    """What decides which articles a run looks at again. Feeds have no part in it: an article is looked at
    behind a 304, and when it has left its feed; so is one that was listed and could not be got."""
    return RevisitRules(
        now=now,
        since=now - LADDER[-1] - LATE_AT_MOST,
        tried_before=now - TRY_AGAIN,
        rungs_s=tuple(rung.total_seconds() for rung in LADDER),
        passing=tuple(sorted(PASSING)),
        failed=tuple(sorted(PASSING - NOT_TRIED)),
        passing_status=tuple(sorted(PASSING_STATUS)),
        at_most=REVISITS_AT_MOST,
    )


def is_due(link: Link, known: KnownUrl | None, now: datetime) -> bool:
    """Whether to fetch because it is listed: never seen, failed in passing, or changed by its entry's word."""
    if known is None or known.last_reason in PASSING:
        return True
    if known.last_reason is Reason.HTTP_ERROR and known.last_status in PASSING_STATUS:
        return True
    if known.last_status in REFUSED_STATUS and now - known.last_at >= REFUSED_AGAIN:
        return True
    dated = link.newest_date()
    return bool(dated and known.entry_newest_at and dated > known.entry_newest_at)


def newest_first(links: Sequence[Link]) -> list[Link]:
    """Dated links, newest first, then the undated in the order they were found."""
    dated = [link for link in links if link.newest_date()]
    undated = [link for link in links if not link.newest_date()]
    return sorted(dated, key=lambda link: link.newest_date() or link.found_at, reverse=True) + undated


def fold(links: Sequence[Link]) -> tuple[list[Link], list[tuple[Link, Link]]]:
    """One link a canonical URL, the first found, its entry's gaps filled from the others; and the
    others whose spelling differs, each with the link that stands for it."""
    kept: dict[str, Link] = {}
    others: dict[str, tuple[Link, str]] = {}
    for link in links:
        key = canonical(link.url)
        if key not in kept:
            kept[key] = link
            continue
        first = kept[key]
        kept[key] = first.model_copy(update={"entry": _filled(first.entry, link.entry)})
        if link.url != first.url:
            others.setdefault(link.url, (link, key))
    return list(kept.values()), [(link, kept[key]) for link, key in others.values()]


def due_links(
    links: Sequence[Link], known: Mapping[str, KnownUrl], now: datetime
) -> tuple[list[Link], list[Link], list[Link]]:
    """(due newest first, known and not due, due but over the cap)."""
    due = newest_first([link for link in links if is_due(link, known.get(link.url), now)])
    taken = {link.url for link in due}
    return due[:LINKS_AT_MOST], [link for link in links if link.url not in taken], due[LINKS_AT_MOST:]


def looked_at_again(
    revisits: Sequence[Revisit],
    links: Sequence[Link],
    due: Sequence[Link],
    quarantined: Collection[str],
    known: Mapping[str, KnownUrl],
) -> list[Link]:
    """The links of the articles to look at again that are not due by their feed. One that is among the `links`
    of a place is taken as that lists it, unless the place is `quarantined`."""
    if not revisits:
        return []
    believed = [link for link in links if link.found_in not in quarantined]
    listed = {canonical(link.url): link for link in believed}
    listed |= {link.known_as: link for link in believed if link.known_as}
    taken = {link.url for link in due}
    articles = {known[url].article_id for url in taken if url in known} - {None}
    again: dict[str, Link] = {}
    for revisit in revisits:
        link = listed.get(canonical(revisit.url)) or listed.get(revisit.canonical_url) or revisit.link
        if link.url not in taken and revisit.article_id not in articles:
            again.setdefault(link.url, link)
    return list(again.values())


def forms_of(found: Iterable[Listed]) -> dict[tuple[str, str], str]:
    """The canonical form of each source's URL: under any spelling of it the warehouse knows the URL again."""
    return {(each.source, each.url): canonical(each.url) for each in found}


def by_place(found: Iterable[Listed]) -> defaultdict[str, list[Listed]]:
    """What was found, by the feed, sitemap or section that listed it, in order; an empty list for others."""
    places: defaultdict[str, list[Listed]] = defaultdict(list)
    for each in found:
        places[each.found_in].append(each)
    return places


def _filled(first: EntryFacts, second: EntryFacts) -> EntryFacts:
    gaps = {name: getattr(second, name) for name in EntryFacts.model_fields if not getattr(first, name)}
    return first.model_copy(update=gaps)
