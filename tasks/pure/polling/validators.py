"""Validators (ETag, Last-Modified) of a feed: whether its server's word that nothing changed can be believed.

A server was wrong where it answered 304, or sent the same validators, although it had new entries. From then on polls
send no validators, until those of its answers have told a number of changes rightly.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from schemas.items.finding import Finding, Severity
from schemas.items.incident import Closing
from schemas.items.link import Link
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from tasks.pure.polling.first_listed import published_at

FULL_FETCH_EVERY = timedelta(hours=24)
"""Some feeds always answer 304 (docs/explanation/measured-facts.md)."""
RIGHT_AGAIN = 10
"""Changes in a row that the validators of a feed must tell until they are sent again; twice as many each time."""
DOUBLINGS_AT_MOST = 6
CLOCKS_DIFFER = timedelta(minutes=10)
MADE_LATER = timedelta(hours=2)
"""A server may write its feed so long after it dates an entry: a 304 in between is right."""
MISSING_AT_LEAST = 5.0
"""Expected entries that chance leaves out once in 150 times (Poisson)."""
DOUBTED_AFTER = timedelta(hours=1)
CODE = "validators_wrong"


def conditional_headers(state: FeedState | None, now: datetime) -> dict[str, str]:
    """If-None-Match and If-Modified-Since; empty where the last full answer is a day old, unknown, or of a time to
    come (the clock was wrong), and where the validators proved wrong."""
    if state is None or state.full_fetch_at is None or not are_believed(state):
        return {}
    if not timedelta() <= now - state.full_fetch_at < FULL_FETCH_EVERY:
        return {}
    validators = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in validators.items() if value}


def are_believed(state: FeedState) -> bool:
    """Whether polls send them."""
    return state.validators_right >= _needed(state)


def judged(state: FeedState, before: FeedState | None, new: Sequence[Link], now: datetime) -> FeedState:
    """The state with what the answer shows of the validators; `new` are the entries never met before."""
    if before is None or state.reason is not Reason.OK or not new:
        return state
    is_same = _is_same(state, before)
    is_full = not conditional_headers(before, now)
    if is_same or (is_full and _was_denied(state, before, new)):
        times = state.validators_wrong + are_believed(state)
        return state.model_copy(update={"validators_wrong": times, "validators_right": 0})
    if is_same is False and not are_believed(state):
        return state.model_copy(update={"validators_right": state.validators_right + 1})
    return state


def doubted(state: FeedState, missing: float, is_map_new: bool, now: datetime) -> FeedState:
    """The state, whose next poll fetches the whole feed where its 304 is doubtful: a sitemap of the source listed
    new articles, or so many entries are `missing`, expected since its last full answer, that chance cannot be why."""
    if state.reason is not Reason.NOT_MODIFIED or state.full_fetch_at is None:
        return state
    is_doubtful = missing >= MISSING_AT_LEAST or (is_map_new and now - state.full_fetch_at >= DOUBTED_AFTER)
    return state.model_copy(update={"full_fetch_at": None}) if is_doubtful else state


def findings(before: FeedState | None, state: FeedState) -> list[Finding]:
    """A notice when the validators prove wrong."""
    if before is None or state.validators_wrong == before.validators_wrong:
        return []
    message = (
        f"{state.url} said that nothing had changed (304, or the ETag or Last-Modified of before), and had new "
        f"entries: polls fetch the whole feed until its validators have told {_needed(state)} changes"
    )
    return [
        Finding(
            run_id=state.run_id,
            source=state.source,
            code=CODE,
            severity=Severity.NOTICE,
            message=message,
            observed=state.validators_wrong,
            at=state.at,
            about=state.url,
        )
    ]


def closings(before: FeedState | None, state: FeedState, flow: str) -> list[Closing]:
    """The end of that finding: the validators are sent again. `flow` is the one of the run."""
    if before is None or are_believed(before) or not are_believed(state):
        return []
    return [
        Closing(
            source=state.source,
            code=CODE,
            about=state.url,
            at=state.at,
            run_id=state.run_id,
            who=flow,
            why=f"its validators told {state.validators_right} changes in a row",
        )
    ]


def _needed(state: FeedState) -> int:
    """Changes that they must tell before they are sent; 0: they were never wrong."""
    wrong = state.validators_wrong
    return RIGHT_AGAIN * 2 ** min(wrong - 1, DOUBLINGS_AT_MOST) if wrong else 0


def _is_same(state: FeedState, before: FeedState) -> bool | None:
    """Whether the answer has the validators of the one before; None: it has none to compare."""
    if state.etag and before.etag:
        return state.etag == before.etag
    if state.etag or before.etag or not (state.last_modified and before.last_modified):
        return None
    return state.last_modified == before.last_modified


def _was_denied(state: FeedState, before: FeedState, new: Sequence[Link]) -> bool:
    """Whether the answer before, a 304, came when what this one lists was there: by its Last-Modified, else by the
    dates of its new entries."""
    if before.reason is not Reason.NOT_MODIFIED or before.full_fetch_at == before.answered_at:
        return False
    if written_at := _instant(state.last_modified):
        return written_at < before.at - CLOCKS_DIFFER and before.last_modified != state.last_modified
    dates = [at for link in new if (at := published_at(link))]
    return any(at < before.at - MADE_LATER for at in dates)


def _instant(http_date: str | None) -> datetime | None:
    try:
        named = parsedate_to_datetime(http_date or "")
    except (ValueError, OverflowError):
        return None
    return named.replace(tzinfo=UTC) if named.tzinfo is None else named
