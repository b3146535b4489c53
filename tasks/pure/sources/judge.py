"""Judges a source by what its feeds answered and what was loaded of it, against what is usual of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import NamedTuple

from schemas.items.finding import Finding, Severity
from schemas.items.incident import Incident
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from schemas.sources.usual import SourceTally, Usual
from tasks.pure.sources import drift, volume
from tasks.pure.sources.findings import finding, instant, unread_feeds
from tasks.pure.sources.places import needs_robots, places_of

ANSWERS = frozenset({Reason.OK, Reason.NOT_MODIFIED, Reason.EMPTY_FEED})
NO_FEED = frozenset({Reason.WRONG_TYPE, Reason.PARSE_ERROR, Reason.EMPTY_BODY})
"""It answered with a page, or with something else that is no feed."""
FLEET_AT_LEAST = 5
"""From so many sources of a country on, the pace of the others tells a holiday from a fault."""
SLOWEST = 0.2
FROZEN_AT_MOST = timedelta(days=28)
"""What has been otherwise for so long is usual."""
UNTRUSTED = frozenset(
    {
        "feed_is_no_feed",
        "feed_went_empty",
        "source_dried_up",
        "source_never_answered",
        "source_quarantined",
        "source_silent",
        *(f"drift_{measure}" for measure in (*drift.SHARES, "short", "long")),
    }
)
"""While one of these is open, nothing is learnt of the source: a fault must not become what is usual."""
SAYS = {
    "refused": "gave no article (consent, challenge, soft 404, no text)",
    "undated": "have no date",
    "unsigned": "name no author",
    "partial": "are not whole",
    "other_language": "are in another language than its file says",
    "broken": "have wrongly decoded characters",
    "short": "have less than half the words of its shortest",
    "long": "have more than twice the words of its longest",
}
"""What each drift is, after a number of articles."""


class Seen(NamedTuple):
    """What is known of a source: the latest state of each place that its file names, the polls from the last that
    listed something unseen on, what is usual, and the tallies that it does not count yet; oldest first."""

    source: Source
    states: Mapping[str, FeedState]
    polls: Sequence[datetime]
    usual: Usual | None
    tallies: Sequence[SourceTally]


def declared(source: Source, states: Mapping[str, FeedState]) -> dict[str, FeedState]:
    """The states of the places that the source's file names, and of the sitemaps below them; no run polls others."""
    named = {place.url for place in places_of(source)}
    is_by_robots = needs_robots(source)
    kept: dict[str, FeedState] = {}
    for _ in range(3):  # A sitemap index may name indexes.
        kept = {
            url: state
            for url, state in states.items()
            if url in named
            or state.named_by in kept
            or (is_by_robots and state.kind is UrlKind.SITEMAP and state.named_by is None)
        }
    return kept


def judged(seen: Seen, run_id: str, now: datetime, pace: float) -> Iterator[Finding]:
    """The findings, the gravest first. A source that does not answer gets only that finding, since it explains all
    others. `pace`: see `volume.quiet`."""
    failing = {url: state for url, state in seen.states.items() if state.reason not in ANSWERS | {Reason.INTERRUPTED}}
    yield from _no_feeds(seen, run_id, now)
    told = "; ".join(f"{state.reason} {url}" for url, state in sorted(failing.items()))
    answers = [state.answered_at for state in failing.values()]
    if unread := unread_feeds(seen.source.slug, len(failing), len(seen.states), told, answers, run_id, now):
        yield unread
    if failing and len(failing) == len(seen.states):
        return
    if seen.usual is None or not volume.is_known(seen.usual):
        return
    yield from _volume(seen, seen.usual, run_id, now, pace)
    for each in drift.drifts(seen.usual, seen.tallies):
        told = (
            f"{each.observed:.0%} of the last {each.of} pages or articles {SAYS[each.measure]}, {each.usual:.1%} are "
            "usual: look at a few with `newsdesk explain URL`"
        )
        yield finding(
            seen.source.slug, f"drift_{each.measure}", told, run_id, now, observed=each.observed, high=each.usual
        )


def _no_feeds(seen: Seen, run_id: str, now: datetime) -> Iterator[Finding]:
    for url, state in seen.states.items():
        if state.kind is UrlKind.FEED and state.reason in NO_FEED and state.entries_last:
            told = f"{url} answers with something that is no feed ({state.reason}); it listed {state.entries_last} "
            told += "entries before: check that its address is still right"
            yield finding(seen.source.slug, "feed_is_no_feed", told, run_id, now, about=url)


def _volume(seen: Seen, usual: Usual, run_id: str, now: datetime, pace: float) -> Iterator[Finding]:
    slug = seen.source.slug
    hour = volume.hour_of(seen.polls[0]) if seen.polls else 0
    came = sum(tally.hours.count(hour) for tally in seen.tallies)
    missed, at_most = volume.quiet(usual, seen.polls, pace, came), volume.longest_gap(usual)
    if seen.polls and missed > at_most:
        told = f"nothing unseen is listed since {instant(seen.polls[0])}, where {missed:.1f} articles were expected "
        told += f"(up to {at_most:.1f} is usual): its feeds answer, and may be frozen"
        yield finding(slug, "source_dried_up", told, run_id, now, observed=missed, high=at_most)
        return
    factor = volume.off_by(usual, pace)
    if factor is not None and factor < 1:
        told = f"{factor:.0%} of the usual number of articles on the last two days: look at its feeds"
        yield finding(
            seen.source.slug, "source_thinned_out", told, run_id, now, Severity.NOTICE, observed=factor, low=1.0
        )
    elif factor is not None:
        told = f"{factor:.1f} times the usual number of articles on the last two days: look at a few"
        yield finding(
            seen.source.slug, "source_surged", told, run_id, now, Severity.NOTICE, observed=factor, high=1.0
        )


def paces(sources: Sequence[Seen], now: datetime) -> dict[str, float]:
    """By country, the share of their usual articles that its sources brought since they were learnt: far below 1 on a
    holiday. 1 where fewer than five can tell."""
    ratios: dict[str, list[float]] = {}
    for seen in sources:
        if seen.usual is None or not volume.is_known(seen.usual):
            continue
        hoped = volume.expected(volume.rates(seen.usual), seen.usual.at, now)
        since = volume.hour_of(seen.usual.at)
        got = sum(hour >= since for tally in seen.tallies for hour in tally.hours)
        if hoped >= FLEET_AT_LEAST:
            ratios.setdefault(seen.source.country, []).append((got + 1) / (hoped + 1))
    known = {country: median(each) for country, each in ratios.items() if len(each) >= FLEET_AT_LEAST}
    return {country: min(max(pace, SLOWEST), 1.0) for country, pace in known.items()}


def relearnt(seen: Seen, is_trusted: bool, run_id: str, now: datetime) -> Usual | None:
    """What is usual as of the last midnight (UTC) that is twelve hours ago; None: nothing is to be learnt. The first
    day of a source teaches nothing, since its feeds list what was there before. `is_trusted`: no fault of it is
    open.

    The days since its feeds last listed something unseen wait until they do again: a rare source that fell silent
    would be expected to bring less with each week, and never be told."""
    until = _midnight(now - timedelta(hours=12))
    if seen.polls:
        until = min(until, _midnight(seen.polls[0]))
    usual = seen.usual
    if usual is None:
        if not seen.tallies:
            return None
        first = _midnight(seen.tallies[0].at) + timedelta(days=1)
        usual = Usual(source=seen.source.slug, at=first, run_id=run_id)
    if until <= usual.at or not (is_trusted or now - usual.at > FROZEN_AT_MOST):
        return None
    since = [tally for tally in seen.tallies if tally.at >= usual.at]
    return drift.with_shares(volume.learnt(usual, since, until, run_id), seen.tallies, until)


def _midnight(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def is_trusted(source: str, open_ones: Sequence[Incident]) -> bool:
    """Whether no fault of the source is open that would be learnt as usual."""
    return not any(one.source == source and one.code in UNTRUSTED for one in open_ones)
