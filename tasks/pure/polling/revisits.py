"""Which listed URLs a run fetches, which it skips because it knows them, and which it fetches again (revisits)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from schemas.history.known_urls import KnownGuid, KnownUrl, Revisit, RevisitRules
from schemas.items.link import EntryFacts, Link
from schemas.items.outcome import Reason
from tasks.pure.polling.ladder import LADDER
from tasks.pure.urls.former_form import former_form
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
"""Temporary failures: the next run fetches the URL again."""
NOT_TRIED = frozenset({Reason.NOT_DUE, Reason.DISK_FULL, Reason.INTERRUPTED})
"""Those of them by which a run records that it did not fetch the URL: it is fetched again once a feed lists it."""
PASSING_STATUS = frozenset({408, 425, 500, 502, 503, 504, 522, 524})
REFUSED_STATUS = frozenset({401, 403})
REFUSED_AGAIN = timedelta(hours=24)
"""A publisher may lift a refusal, so a listed URL is fetched again once a day; a missing page (404, 410, 451) is not
(docs/explanation/hostile-web.md D06)."""
BELIEVED_AGAIN = timedelta(hours=6)
"""Some feeds date or word their entries anew at every poll."""
LINKS_AT_MOST = 1_000
"""Per source and run, newest first (docs/explanation/measured-facts.md: entries of a feed)."""
REVISITS_AT_MOST = 200
"""Per source and run, newest first; the next run fetches the others."""
LATE_AT_MOST = timedelta(days=7)
"""A revisit that no run made in time is still made until a week after the last rung of the ladder."""
TRY_AGAIN = timedelta(hours=1)
"""Shortest wait after a temporary failure."""


def rules_at(now: datetime) -> RevisitRules:
    """The limits by which a run at `now` (UTC) selects articles to fetch again. Feeds play no part: an article is
    fetched again also if its feed answers 304 or no longer lists it, and so is a listed URL whose fetch failed."""
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
    """Whether to fetch a listed link: it is unknown, its last fetch failed for a temporary reason or was refused a
    day ago, or its entry changed: a newer date, another title or summary than when the page was fetched last. Where
    the last such change was none of the page, the next one counts after six hours."""
    if known is None or known.last_reason in PASSING:
        return True
    if known.last_reason is Reason.HTTP_ERROR and known.last_status in PASSING_STATUS:
        return True
    if known.last_status in REFUSED_STATUS and now - known.last_at >= REFUSED_AGAIN:
        return True
    if known.is_entry_fickle and timedelta() <= now - known.last_at < BELIEVED_AGAIN:
        return False
    dated = link.newest_date()
    is_newer = bool(dated and known.entry_newest_at and dated > known.entry_newest_at)
    return is_newer or _is_reworded(link, known)


def _is_reworded(link: Link, known: KnownUrl) -> bool:
    """Whether its entry has another title or summary than the same feed gave when the page was loaded."""
    if known.article_id is None or link.found_in != known.entry_in:
        return False
    has = (link.entry.title, link.entry.summary_md5)
    had = (known.entry_title, known.entry_summary_md5)
    return any(one and other and one != other for one, other in zip(has, had, strict=True))


def newest_first(links: Sequence[Link]) -> list[Link]:
    """Links with a date, newest first; then those without, in the order in which they were found."""
    dated = [link for link in links if link.newest_date()]
    undated = [link for link in links if not link.newest_date()]
    return sorted(dated, key=lambda link: link.newest_date() or link.found_at, reverse=True) + undated


def fold(links: Sequence[Link]) -> tuple[list[Link], list[tuple[Link, Link]]]:
    """(one link for each canonical URL, other spellings). The first link found is kept, and facts that its entry
    lacks are taken from the others. Each link with another spelling comes with the link that was kept for it."""
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
    """(due, newest first; known and not due; due but over `LINKS_AT_MOST`)."""
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
    """The links of the `revisits` that are not in `due` already. Where a feed, sitemap or section lists the
    article too, its link is used, unless that place is `quarantined` (URLs of places)."""
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
    """(source, URL as found) to canonical form, by which the warehouse finds a URL under any spelling; where versions
    up to 0.1 had another form for it, (source, that form) too. `of_same_form` tells whose row was found by that."""
    forms = {(each.source, each.url): canonical(each.url) for each in found}
    former = {(source, former_form(form)): form for (source, _), form in forms.items()}
    return forms | {spelt: form for spelt, form in former.items() if spelt[1] != form}


def of_same_form(known: Mapping[str, KnownUrl]) -> dict[str, KnownUrl]:
    """The known URLs without those whose row is of another page: two pages may have had one former form."""
    return {url: one for url, one in known.items() if canonical(one.url) == canonical(url)}


def by_place(found: Iterable[Listed]) -> defaultdict[str, list[Listed]]:
    """URL of the feed, sitemap or section to what it listed, in order; an unknown URL gives an empty list."""
    places: defaultdict[str, list[Listed]] = defaultdict(list)
    for each in found:
        places[each.found_in].append(each)
    return places


def _filled(first: EntryFacts, second: EntryFacts) -> EntryFacts:
    gaps = {name: getattr(second, name) for name in EntryFacts.model_fields if not getattr(first, name)}
    return first.model_copy(update=gaps)
