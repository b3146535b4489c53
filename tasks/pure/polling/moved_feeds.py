"""Moves: feeds that have moved for good, by the word of their redirects (RFC 9110, 15.4.2 and 15.4.9)."""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from schemas.items.finding import Finding, Severity
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from tasks.pure.polling.circuit_breaker import own_domains
from tasks.pure.polling.feed_state import ANSWERS
from tasks.pure.urls.domains import registrable_domain

BELIEVED_AFTER = 10
"""Polls in a row that name one target (docs/explanation/hostile-web.md C12)."""
PERMANENT = frozenset({301, 308})
NO_WORD = frozenset({Reason.INTERRUPTED, Reason.RATE_LIMITED})
"""Polls that say nothing of where the feed is."""


def moved_to(hops: Iterable[tuple[str, int]], final_url: str) -> str | None:
    """Where permanent redirects lead before the first that is not; None: there are none. `hops` are the URL
    and the status of each redirect that was followed, `final_url` is where the last one led."""
    chain = list(hops)
    count = len(list(takewhile(lambda hop: hop[1] in PERMANENT, chain)))
    return [*(url for url, _ in chain), final_url][count] if count else None


def address_of(url: str, state: FeedState | None, source: Source) -> str:
    """Where to ask for the place at `url`: where it moved to, if that is believed and the source's own."""
    if state is None or state.moved_to is None or state.moved_polls < BELIEVED_AFTER:
        return url
    return state.moved_to if _is_own(state.moved_to, url, source) else url


def noted(state: FeedState, before: FeedState | None, asked: str, target: str | None) -> FeedState:
    """The state with where the place said that it moved. A target that was asked and does not answer is
    believed no longer, so that the next poll asks at the source's own address again."""
    past = (before.moved_to, before.moved_polls) if before else (None, 0)
    is_kept = state.reason in NO_WORD or (asked == past[0] and target is None and state.reason in ANSWERS)
    if is_kept or (target is None and asked == state.url and state.reason not in ANSWERS):
        return state.model_copy(update={"moved_to": past[0], "moved_polls": past[1]})
    polls = past[1] + 1 if target == past[0] else 1
    return state.model_copy(update={"moved_to": target, "moved_polls": polls if target else 0})


def findings(before: FeedState | None, state: FeedState, source: Source) -> Iterator[Finding]:
    """What a person is told, once, when the move is believed: the source's file is theirs to change."""
    if state.moved_polls != BELIEVED_AFTER or state.moved_to is None:
        return
    if before and (before.moved_to, before.moved_polls) == (state.moved_to, state.moved_polls):
        return
    if _is_own(state.moved_to, state.url, source):
        done = "it is asked there from now on; change the source's file"
    else:
        done = "that is no address of the source, so it is still asked where the file says; look whether it is right"
    yield Finding(
        run_id=state.run_id,
        source=state.source,
        code="feed_moved",
        severity=Severity.NOTICE,
        message=f"{state.url} said {BELIEVED_AFTER} times that it moved for good to {state.moved_to}: {done}",
        observed=BELIEVED_AFTER,
        at=state.at,
    )


def _is_own(target: str, url: str, source: Source) -> bool:
    """Whether the target lies at a domain that the source's file names; and never back from https to http."""
    is_weaker = url.startswith("https:") and not target.startswith("https:")
    return registrable_domain(target) in own_domains(source) and not is_weaker
