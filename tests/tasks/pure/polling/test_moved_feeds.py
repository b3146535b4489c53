"""Where feeds are asked that say that they have moved for good."""

from datetime import UTC, datetime

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from tasks.pure.polling.moved_feeds import BELIEVED_AFTER, address_of, findings, moved_to, noted

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FEED, THERE, ELSEWHERE = "http://o.example/feed", "http://www.o.example/rss", "http://other.example/feed"
SOURCE = Source(slug="o", name="O", homepage="http://o.example/", feeds=(FEED,), language="en", country="gb")


def state(reason: Reason = Reason.OK, url: str = FEED, **changes: object) -> FeedState:
    plain = {"run_id": "r", "source": "o", "url": url, "kind": UrlKind.FEED, "at": NOW, "reason": reason}
    return FeedState.model_validate(plain | changes)


def after(polls: int, target: str = THERE, reason: Reason = Reason.OK) -> FeedState:
    """The state after so many polls that named the target."""
    seen: FeedState | None = None
    for _ in range(polls):
        seen = noted(state(reason), seen, FEED, target)
    assert seen
    return seen


@pytest.mark.parametrize(
    ("hops", "target"),
    [
        ([], None),
        ([(FEED, 301)], "http://end.example/"),
        ([(FEED, 308), (THERE, 301)], "http://end.example/"),
        ([(FEED, 301), (THERE, 302)], THERE),
        ([(FEED, 302), (THERE, 301)], None),
    ],
)
def test_a_move_is_what_permanent_redirects_say_before_the_first_other(
    hops: list[tuple[str, int]], target: str | None
) -> None:
    assert moved_to(hops, "http://end.example/") == target


@pytest.mark.parametrize(
    ("polls", "target", "asked"),
    [
        (BELIEVED_AFTER - 1, THERE, FEED),
        (BELIEVED_AFTER, THERE, THERE),
        (BELIEVED_AFTER, ELSEWHERE, FEED),
        (BELIEVED_AFTER, "http://127.0.0.1/feed", FEED),
    ],
)
def test_a_target_is_asked_after_ten_polls_that_name_it_and_only_at_the_sources_own_domains(
    polls: int, target: str, asked: str
) -> None:
    assert address_of(FEED, after(polls, target), SOURCE) == asked


def test_a_move_back_to_plain_http_is_not_followed() -> None:
    safe = "https://o.example/feed"
    seen = state(url=safe, moved_to=FEED, moved_polls=BELIEVED_AFTER)

    assert address_of(safe, seen, SOURCE) == safe


def test_another_target_is_counted_from_one_and_an_answer_without_a_redirect_ends_the_count() -> None:
    nine = after(BELIEVED_AFTER - 1)

    other, none = (noted(state(), nine, FEED, target) for target in (ELSEWHERE, None))

    assert (other.moved_to, other.moved_polls) == (ELSEWHERE, 1)
    assert (none.moved_to, none.moved_polls) == (None, 0)


@pytest.mark.parametrize("reason", [Reason.TIMEOUT_READ, Reason.INTERRUPTED, Reason.RATE_LIMITED])
def test_a_poll_without_an_answer_changes_nothing_of_the_count(reason: Reason) -> None:
    seen = noted(state(reason), after(4), FEED, None)

    assert (seen.moved_to, seen.moved_polls) == (THERE, 4)


@pytest.mark.parametrize(
    ("reason", "then"), [(Reason.OK, THERE), (Reason.NOT_MODIFIED, THERE), (Reason.HTTP_ERROR, FEED)]
)
def test_a_target_is_asked_while_it_answers(reason: Reason, then: str) -> None:
    seen = noted(state(reason), after(BELIEVED_AFTER), THERE, None)

    assert address_of(FEED, seen, SOURCE) == then


@pytest.mark.parametrize(
    ("target", "says"), [(THERE, "use that address from now on"), (ELSEWHERE, "outside the source's domains")]
)
def test_a_believed_move_is_told_once(target: str, says: str) -> None:
    nine, ten, eleven = (after(polls, target) for polls in (9, 10, 11))

    (told,) = findings(nine, ten, SOURCE)

    assert (told.code, says in told.message) == ("feed_moved", True)
    assert [*findings(None, nine, SOURCE), *findings(ten, eleven, SOURCE), *findings(ten, ten, SOURCE)] == []
