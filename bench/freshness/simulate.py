"""A fortnight of polls on a made-up clock: how late articles are, what is missed, and how many requests it takes.

The newsdesk of this checkout decides by `is_due`, `first_listed.observed` and `next_polls`, the functions that a run
decides by. Beside it: the former rule (the share of entries that are new), an oracle that knows the true rates of
every outlet, and one that knows the future."""

import argparse
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import NamedTuple

from bench.freshness.outlets import BEGIN_S, DAY_S, HOUR_S, Outlet, outlets
from schemas.items.link import Link, UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from tasks.pure.polling import first_listed
from tasks.pure.polling.hourly_rates import hour_number
from tasks.pure.polling.next_polls import next_polls
from tasks.pure.polling.promises import HALF_A_DAY_S, LIVING_S, MANY_A_DAY, OFTEN_S
from tasks.pure.polling.schedule import QUIET_AT_MOST_S, SHORTEST_S, is_due, mean_that_fits

RUN_EVERY_S, FORMER_RUN_EVERY_S = 300.0, 900.0
"""Intervals of the deployment `ingest`, as prefect.yaml has it and had it."""
LOADED_AFTER_S = 60.0
"""From the start of a run to the row."""
TOLERANCE_S = 300.0
GOAL_SHARE, GOAL_REQUESTS = 0.95, 1.3


@dataclass
class Story:
    """What happened to one outlet: its polls, the delays from publication to row in seconds, and the articles that
    left the listing before a poll."""

    outlet: Outlet
    days: int
    polls: int = 0
    missed: int = 0
    delays: list[float] = field(default_factory=list)

    @property
    def promise_s(self) -> float:
        """`fresh_within` by the articles that the outlet published in these days."""
        first = bisect_right(self.outlet.published, BEGIN_S)
        a_day = (len(self.outlet.published) - first) / self.days
        return OFTEN_S if a_day > MANY_A_DAY else min(HALF_A_DAY_S / a_day, LIVING_S) if a_day else LIVING_S

    @property
    def in_time(self) -> int:
        """Articles that were loaded within the promise and five minutes."""
        return sum(delay <= self.promise_s + TOLERANCE_S for delay in self.delays)


class Poll(NamedTuple):
    """One poll: the state that the answer gives, the one before, and the links that are listed and new. `appeared`:
    new entries of earlier polls by hour since 1970."""

    state: FeedState
    before: FeedState | None
    listed: Sequence[Link]
    new: Sequence[Link]
    now: datetime
    appeared: Counter[int]


def newsdesk(poll: Poll) -> FeedState:
    """The state after the poll, with the next one, as a run of this checkout decides it."""
    state, before, url = poll.state, poll.before, poll.state.url
    shown = first_listed.observed(state, before, poll.listed, poll.new, poll.now)
    shown = shown.model_copy(update={"answered_at": poll.now})
    return next_polls({url: before} if before else {}, {url: shown}, {url: poll.appeared}, poll.now)[url]


def former(poll: Poll) -> FeedState:
    """The rule until version 0.1: an hour at first; 1.5 times longer where up to a third of the entries were new,
    half where more than two thirds were, between 15 minutes and a day, and no fewer seconds than the feed asks
    for."""
    state, before = poll.state, poll.before
    every_s = HOUR_S
    if before and before.poll_every_s:
        share = len(poll.new) / len(poll.listed) if poll.listed else 0.0
        every_s = before.poll_every_s * (1.5 if share <= 0.33 else 0.5 if share > 0.67 else 1.0)
    every_s = min(max(every_s, state.poll_hint_s or 0.0, 900.0), DAY_S)
    at = poll.now + timedelta(seconds=every_s)
    return state.model_copy(update={"poll_every_s": every_s, "next_poll_at": at})


def polled_by(decide: Callable[[Poll], FeedState], run_every_s: float, outlet: Outlet, days: int) -> Story:
    """The outlet's story where `decide` sets its next polls, and a run comes so often. The first poll finds the
    listing of the month before."""
    story, seen = Story(outlet, days), 0
    state: FeedState | None = None
    appeared: Counter[int] = Counter()
    for number in range(int(days * DAY_S / run_every_s)):
        at_s = BEGIN_S + number * run_every_s
        now = datetime.fromtimestamp(at_s, UTC)
        if not is_due(state, now):
            continue
        end = bisect_right(outlet.published, at_s)
        start = max(end - outlet.listed, 0)
        new = outlet.links[max(seen, start) : end]
        if state:
            story.missed += max(start - seen, 0)
            story.delays += [at_s + LOADED_AFTER_S - at for at in outlet.published[max(seen, start) : end]]
        listed = outlet.links[start:end] if new or state is None else []
        state = decide(Poll(_answer(state, outlet, end - start, listed, now), state, listed, new, now, appeared))
        appeared.update(hour_number(at.timestamp()) for at in state.entries_new_at)
        story.polls += 1
        seen = end
    return story


def _answer(
    before: FeedState | None, outlet: Outlet, stands: int, listed: Sequence[Link], now: datetime
) -> FeedState:
    """What a poll brings: 304 where nothing is `listed`, of the entries that the feed has."""
    state = before or FeedState(
        run_id="run", source=outlet.name, url=outlet.name, kind=UrlKind.FEED, at=now, reason=Reason.OK
    )
    changed = {
        "at": now,
        "reason": Reason.OK if listed else Reason.NOT_MODIFIED,
        "entries": len(listed),
        "entries_last": stands,
        "next_poll_at": None,
        "poll_hint_s": outlet.ttl_s,
        "entries_new_at": (),
    }
    return state.model_copy(update=changed)


def requests_of_oracle(story: Story) -> int:
    """Polls of an oracle that knows the outlet's true rates by hour of the week and its promise: one at each
    interval, none in the quiet hours of its week, and none too few for its listing."""
    weekly, listed = story.outlet.weekly, story.outlet.listed
    left, quiet = (1 - GOAL_SHARE) * sum(weekly), set()
    for hour in sorted(range(168), key=weekly.__getitem__):
        left -= weekly[hour]
        if left < 0:
            break
        quiet.add(hour)
    room, polls, at = mean_that_fits(listed), 0, 0.0
    while at < story.days * DAY_S:
        polls += 1
        hour = first = int(at // HOUR_S)
        while hour % 168 in quiet and hour - first < 168:
            hour += 1
        wait = story.promise_s
        if hour > first:
            wait = min(hour * HOUR_S - at + wait, max(QUIET_AT_MOST_S, wait))
        at = _until_full(weekly, at, at + wait, room)
    return polls


def _until_full(weekly: Sequence[float], start: float, end: float, room: float) -> float:
    """The seconds at which `room` articles are expected since `start`, but no later than `end`."""
    at = start
    while at < end:
        until = min((at // HOUR_S + 1) * HOUR_S, end)
        expected = (until - at) / HOUR_S * weekly[int(at // HOUR_S) % 168]
        if expected > room:
            return max(at + room / expected * (until - at), start + SHORTEST_S)
        room -= expected
        at = until
    return end


def requests_of_prophet(story: Story) -> int:
    """Polls of who knows the future: one at the end of each interval in which an article came, and one where six
    hours passed without any. No rule without foresight comes near it for an outlet that rarely publishes twice an
    interval."""
    published = story.outlet.published
    seen, polls, at, last = bisect_right(published, BEGIN_S), 0, BEGIN_S, BEGIN_S
    while at < BEGIN_S + story.days * DAY_S:
        at += story.promise_s
        end = bisect_right(published, at)
        if end > seen or at - last >= LIVING_S:
            polls, seen, last = polls + 1, end, at
    return polls


class Figures(NamedTuple):
    """Sums over outlets: articles and those in time, the median and the 95th percentile of the delay in minutes,
    articles missed, and requests."""

    articles: int
    in_time: int
    median_min: float
    late_min: float
    missed: int
    requests: int

    @property
    def share(self) -> float:
        """Share of all articles, missed ones included, that were loaded in time."""
        return self.in_time / max(self.articles + self.missed, 1)


def figures_of(stories: Sequence[Story]) -> Figures:
    """The sums over the outlets."""
    delays = sorted(delay for story in stories for delay in story.delays) or [0.0]
    return Figures(
        articles=sum(len(story.delays) for story in stories),
        in_time=sum(story.in_time for story in stories),
        median_min=median(delays) / 60,
        late_min=delays[int(0.95 * (len(delays) - 1))] / 60,
        missed=sum(story.missed for story in stories),
        requests=sum(story.polls for story in stories),
    )


def compared(count: int, days: int, seed: int) -> tuple[list[Story], list[Story]]:
    """The stories of the same outlets by this checkout and by the former rule."""
    every = outlets(count, days, seed)
    return (
        [polled_by(newsdesk, RUN_EVERY_S, outlet, days) for outlet in every],
        [polled_by(former, FORMER_RUN_EVERY_S, outlet, days) for outlet in every],
    )


def _row(name: str, stories: Sequence[Story]) -> str:
    its = figures_of(stories)
    oracle, prophet = sum(map(requests_of_oracle, stories)), sum(map(requests_of_prophet, stories))
    return (
        f"| {name} | {its.articles:,} | {its.share:.1%} | {its.median_min:.1f} | {its.late_min:.1f} | {its.missed:,} "
        f"| {its.requests:,} | {its.requests / oracle:.2f} | {its.requests / prophet:.2f} |"
    )


def main() -> None:
    """Print the figures of both rules as a table: all outlets, and bands of their articles a day."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=200)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--seed", type=int, default=17)
    words = parser.parse_args()
    ours, before = compared(words.outlets, words.days, words.seed)
    print("| | articles | in time | median min | 95 % min | missed | requests | of the oracle's | of the prophet's |")
    print("|---|---|---|---|---|---|---|---|---|")
    print(_row("newsdesk", ours))
    print(_row("former rule", before))
    for low, high in ((0, 1), (1, 3), (3, 10), (10, 30), (30, 100), (100, 1000)):
        for name, stories in (("newsdesk", ours), ("former rule", before)):
            some = [story for story in stories if low <= story.outlet.a_day < high]
            print(_row(f"{name}, {low} to {high} a day ({len(some)})", some))
    shares = [story.in_time / len(story.delays) for story in ours if len(story.delays) >= 20]
    reached = sum(share >= GOAL_SHARE for share in shares)
    print(f"\n{reached} of {len(shares)} outlets with 20 articles or more have {GOAL_SHARE:.0%} of them in time")


if __name__ == "__main__":
    main()
