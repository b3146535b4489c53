"""Which links of one source's feeds, sitemaps and sections (its places) a run fetches, and why it skips the
others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from schemas.history.known_urls import KnownGuid, KnownUrl, Revisit
from schemas.items.finding import Finding
from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from tasks.pure.polling import circuit_breaker, feed_state, first_listed, guids, moved_feeds, validators
from tasks.pure.polling.next_polls import next_polls
from tasks.pure.polling.revisits import LINKS_AT_MOST, by_place, due_links, fold, looked_at_again, newest_first
from tasks.pure.urls.domains import registrable_domain

NOTHING: Mapping[tuple[str, str], Refusal] = {}


@dataclass(frozen=True)
class Polled:
    """The poll of a source. `before` has the state of each place before this run, `observed` that after it, both
    by URL; `found` are the links, in the order of the places; `revisits` are the articles to fetch again, listed
    or not. `appeared`, `stated_s`, `pace_s`: see `next_polls`."""

    source: Source
    before: Mapping[str, FeedState]
    observed: Mapping[str, FeedState]
    found: Sequence[Link]
    revisits: Sequence[Revisit] = ()
    appeared: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    stated_s: float | None = None
    pace_s: float = 0.0


@dataclass(frozen=True)
class KnownLinks:
    """What the warehouse knows of a source's links: GUIDs of feeds whose GUIDs are trusted, and URLs as found."""

    guids: Sequence[KnownGuid] = ()
    urls: Mapping[str, KnownUrl] = field(default_factory=dict)


class Choice(NamedTuple):
    """The links to fetch, newest first; the refused ones with the reason; by URL, the states of the places that
    were polled, each with its counts and its next poll; and the findings."""

    due: list[Link]
    refused: list[tuple[Link, Refusal]]
    observed: dict[str, FeedState]
    findings: list[Finding]


def with_trust(polled: Polled, memory: Sequence[KnownGuid]) -> tuple[Polled, list[KnownGuid]]:
    """The poll with `is_guid_trusted` set for each place, and the known GUIDs of the trusted places."""
    found, remembered = by_place(polled.found), by_place(memory)
    observed = {
        url: state.model_copy(
            update={"is_guid_trusted": state.is_guid_trusted and guids.are_trusted(found[url], remembered[url])}
        )
        for url, state in polled.observed.items()
    }
    believed = {url for url, state in observed.items() if state.is_guid_trusted}
    trusted = [each for each in memory if each.found_in in believed]
    return replace(polled, observed=observed), trusted


def strangers(polled: Polled, memory: KnownLinks) -> list[Link]:
    """The links in sitemaps that lead outside the source's domains and that the warehouse does not know."""
    maps = {url for url, state in polled.observed.items() if state.kind is UrlKind.SITEMAP}
    own = circuit_breaker.own_domains(polled.source)
    unmet = (link for link in polled.found if link.found_in in maps and link.url not in memory.urls)
    return [link for link in unmet if registrable_domain(link.url) not in own]


def choose(
    polled: Polled, memory: KnownLinks, now: datetime, foreign: Mapping[tuple[str, str], Refusal] = NOTHING
) -> Choice:
    """Split the links into those to fetch and those refused, count both for each place, and add the revisits. A
    known link that is not due is in neither list. `foreign`: (place, URL) to why a link of `strangers` is refused."""
    links, others = fold(polled.found)
    links = guids.with_moved(links, memory.guids)
    known = guids.with_origins(memory.urls, links, memory.guids)
    barred = [link for link in links if (link.found_in, link.url) in foreign]
    own = [link for link in links if (link.found_in, link.url) not in foreign]
    observed, findings, quarantined = _learned(polled, [link for link in own if link.url not in known], now)
    due, _, over = due_links([link for link in own if link.found_in not in quarantined], known, now)
    refused = [(link, quarantined[link.found_in]) for link in own if link.found_in in quarantined]
    refused += [(link, foreign[link.found_in, link.url]) for link in barred[:LINKS_AT_MOST]]
    refused += [
        (link, Refusal(reason=Reason.DUPLICATE, detail=f"another spelling of {kept.url}")) for link, kept in others
    ]
    refused = [(link, refusal) for link, refusal in refused if link.url not in known]
    again = looked_at_again(polled.revisits, own, due, quarantined, known)
    listed = [*due, *(link for link, _ in refused), *(link for link in again if link in own)]
    counted = feed_state.counted(observed, listed, [*over, *barred[LINKS_AT_MOST:]])
    return Choice(newest_first([*due, *again]), refused, counted, findings)


def _learned(
    polled: Polled, unmet: Iterable[Link], now: datetime
) -> tuple[dict[str, FeedState], list[Finding], dict[str, Refusal]]:
    """(states by URL, findings, quarantined places by URL with the reason): run the circuit breaker on the `unmet`
    (unknown) links of each place that was polled, and set its next poll."""
    observed: dict[str, FeedState] = {}
    findings: list[Finding] = []
    quarantined: dict[str, Refusal] = {}
    listed, unmet_links = by_place(polled.found), by_place(unmet)
    linked = {domain for state in polled.before.values() for domain in state.domains}
    for url, seen in polled.observed.items():
        before, urls = polled.before.get(url), [link.url for link in unmet_links[url]]
        full_at = now if seen.full_fetch_at == seen.at else seen.full_fetch_at
        state = seen.model_copy(update={"entries_new": len(urls), "full_fetch_at": full_at})
        state = validators.judged(state, before, unmet_links[url], now)
        findings += [*feed_state.findings(before, state), *moved_feeds.findings(before, state, polled.source)]
        findings += validators.findings(before, state)
        appeared = polled.appeared.get(url, circuit_breaker.NONE_APPEARED)
        if refusal := circuit_breaker.tripped(before, urls, linked, polled.source, now, appeared):
            quarantined[url] = refusal
            findings.append(circuit_breaker.finding(state, refusal))
            observed[url] = first_listed.kept(state, before)
            continue
        state = first_listed.observed(state, before, listed[url], unmet_links[url], now)
        if state.reason in feed_state.ANSWERS:
            state = circuit_breaker.learned(state, before, urls, now)
        observed[url] = state
    plan = next_polls(polled.before, observed, polled.appeared, now, polled.stated_s, polled.pace_s)
    return plan, findings, quarantined
