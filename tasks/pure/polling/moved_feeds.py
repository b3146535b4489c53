"""Feeds that moved: permanent redirects, and when polls go to the new address (RFC 9110, 15.4.2 and 15.4.9)."""

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
NO_WORD = frozenset({Reason.INTERRUPTED, Reason.RATE_LIMITED, Reason.CHALLENGE_PAGE})
"""Polls that do not show where the feed is."""


def moved_to(hops: Iterable[tuple[str, int]], final_url: str) -> str | None:
    """The URL that the leading permanent redirects (301, 308) end at; None: the first redirect is temporary, or
    there is none. `hops` are the URL and the status of each redirect followed, `final_url` is where the last led."""
    chain = list(hops)
    count = len(list(takewhile(lambda hop: hop[1] in PERMANENT, chain)))
    return [*(url for url, _ in chain), final_url][count] if count else None


def address_of(url: str, state: FeedState | None, source: Source) -> str:
    """The address to poll for `url`: the one it moved to, after `BELIEVED_AFTER` polls and within the source's
    domains."""
    if state is None or state.moved_to is None or state.moved_polls < BELIEVED_AFTER:
        return url
    return state.moved_to if _is_own(state.moved_to, url, source) else url


def noted(state: FeedState, before: FeedState | None, asked: str, target: str | None) -> FeedState:
    """The state with the redirect's `target` (None: no permanent redirect) and the number of polls in a row that
    named it. If the new address was `asked` and gave no answer, it is forgotten and the next poll uses the old
    one."""
    past = (before.moved_to, before.moved_polls) if before else (None, 0)
    is_kept = state.reason in NO_WORD or (asked == past[0] and target is None and state.reason in ANSWERS)
    if is_kept or (target is None and asked == state.url and state.reason not in ANSWERS):
        return state.model_copy(update={"moved_to": past[0], "moved_polls": past[1]})
    polls = past[1] + 1 if target == past[0] else 1
    return state.model_copy(update={"moved_to": target, "moved_polls": polls if target else 0})


def findings(before: FeedState | None, state: FeedState, source: Source) -> Iterator[Finding]:
    """A notice, once, when a move has been confirmed by `BELIEVED_AFTER` polls: a person must change the source's
    file."""
    if state.moved_polls != BELIEVED_AFTER or state.moved_to is None:
        return
    if before and (before.moved_to, before.moved_polls) == (state.moved_to, state.moved_polls):
        return
    if _is_own(state.moved_to, state.url, source):
        done = "polls use that address from now on; change it in the source's file"
    else:
        done = "that is outside the source's domains, so polls still use the old address; check the new one"
    yield Finding(
        run_id=state.run_id,
        source=state.source,
        code="feed_moved",
        severity=Severity.NOTICE,
        message=f"{state.url} redirected permanently to {state.moved_to} in {BELIEVED_AFTER} polls: {done}",
        observed=BELIEVED_AFTER,
        at=state.at,
        about=state.url,
    )


def _is_own(target: str, url: str, source: Source) -> bool:
    """Whether the target is in a domain that the source's file names, and does not go from https to http."""
    is_weaker = url.startswith("https:") and not target.startswith("https:")
    return registrable_domain(target) in own_domains(source) and not is_weaker
