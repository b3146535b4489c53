"""Why a feed, sitemap or section is not polled now, in one sentence."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import FeedState, PollLimit
from schemas.sources.source import Source
from tasks.pure.sources.places import needs_robots, places_of

_LIMITS = {
    PollLimit.PROMISE: "by its fresh_within",
    PollLimit.QUIET_HOURS: "it brings next to nothing at this hour of the week",
    PollLimit.RESTING: "it brought nothing new in four weeks",
    PollLimit.HINT: "its publisher asks for fewer polls",
    PollLimit.LISTING: "before an entry could leave its listing unseen",
    PollLimit.INDEX: "as its sitemap index is",
    PollLimit.PACE: "by the pace of its host",
}


def why_polled(
    url: str,
    state: FeedState | None,
    sources: Sequence[Source],
    wrong: Collection[str],
    down: Refusal | None,
    now: datetime,
    zone: ZoneInfo,
) -> str | None:
    """Whether the next run polls the place, and why not; None: it is no place, as no run polled it and no source
    names it. `state`: its last (None: it was never polled); `sources`: of all files, also those that are not enabled;
    `wrong`: slugs of files that are wrong; `down`: why its host gets no request now. Times are told in `zone`."""
    named = [source for source in sources if _names(source, url, state)]
    if not named and state is not None and state.source in wrong:
        return f"not polled: the file of source {state.source!r} is wrong, see `newsdesk sources check`"
    if not named:
        return None if state is None else "not polled: no source file names it, so it rests"
    if all(not source.enabled for source in named):
        return f"not polled: the file of source {named[0].slug!r} says enabled = false"
    muted = "; its source is muted: it is polled, and nothing of it is told" if named[0].muted else ""
    return _when(state, down, now, zone) + muted


def _names(source: Source, url: str, state: FeedState | None) -> bool:
    if any(place.url == url for place in places_of(source)):
        return True
    is_child = state is not None and state.kind is UrlKind.SITEMAP and state.source == source.slug
    return is_child and state is not None and (state.named_by is not None or needs_robots(source))


def _when(state: FeedState | None, down: Refusal | None, now: datetime, zone: ZoneInfo) -> str:
    if down:
        return (
            f"not polled now: its host gets no request after {down.reason.value} ({down.detail or 'no particulars'})"
        )
    if state is None:
        return "never polled: the next run asks it"
    forbids = "; robots.txt forbade it the last time" if state.reason is Reason.ROBOTS_DENIED else ""
    if state.next_poll_at is None or state.next_poll_at <= now:
        return f"due: the next run asks it{forbids}"
    limit = f": {_LIMITS[state.poll_limit]}" if state.poll_limit else ""
    if state.failures:
        limit = f": it failed {state.failures:g} times in a row, the last time with {state.reason.value}"
    return f"not due until {state.next_poll_at.astimezone(zone):%Y-%m-%d %H:%M:%S}{limit}{forbids}"
