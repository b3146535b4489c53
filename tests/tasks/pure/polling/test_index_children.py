"""Sitemaps of an index: five hundred a visit, the newest first, and all of them in the end."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import FeedState
from tasks.pure.polling.index_children import PLACES_AT_MOST, Visit, for_one_visit, with_note

INDEX = "https://paper.example/sitemap.xml"
NAMES = [f"https://paper.example/{n}.xml" for n in range(1_300)]


def states(urls: Iterable[str], named_by: str = INDEX) -> dict[str, FeedState]:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    shared = {"run_id": "r", "source": "paper", "kind": UrlKind.SITEMAP, "at": at, "reason": Reason.OK}
    return {url: FeedState.model_validate({**shared, "url": url, "named_by": named_by}) for url in urls}


def visit(known: Iterable[str] = (), due: Iterable[str] | None = None) -> Visit:
    wanted = None if due is None else set(due)
    return Visit(states(known), lambda url: wanted is None or url in wanted, {INDEX}, 1)


def test_the_first_visit_asks_the_newest_and_says_how_many_are_left() -> None:
    children = visit().take(0, NAMES)

    assert children.urls == tuple(NAMES[: PLACES_AT_MOST - 1])
    assert children.left == len(NAMES) - 499
    assert children.note == "asks 499 of its sitemaps on this visit, newest first; 801 are left for later visits"


def test_an_index_that_fits_leaves_nothing_and_says_nothing() -> None:
    assert visit().take(0, NAMES[:499])[1:] == (0, None)


def test_after_some_visits_each_sitemap_was_asked_though_the_newest_are_always_due() -> None:
    known: dict[str, None] = {}
    visits = 0
    while len(known) < len(NAMES) and visits < 10:
        asked = visit(known).take(0, NAMES).urls
        assert NAMES[0] in asked
        assert len(asked) < PLACES_AT_MOST
        known.update(dict.fromkeys(asked))
        visits += 1

    assert visits == 5


def test_sitemaps_that_are_not_due_take_no_room_and_are_looked_at() -> None:
    children = visit(known=NAMES[:700], due=NAMES[700:]).take(0, NAMES)

    assert children.urls == tuple(NAMES[: 700 + 499])


def test_all_indexes_of_a_visit_share_the_room_and_no_sitemap_comes_twice() -> None:
    whole = visit()
    first = whole.take(0, NAMES[:300])
    second = whole.take(1, NAMES[200:800])

    assert (len(first.urls), second.urls, second.left) == (300, tuple(NAMES[300:499]), 301)
    assert whole.take(1, NAMES[:300]).urls == ()


@pytest.mark.parametrize(("depth", "taken"), [(0, 3), (2, 3), (3, 0), (4, 0)])
def test_below_the_third_level_nothing_is_read_and_the_index_says_so(depth: int, taken: int) -> None:
    children = visit().take(depth, NAMES[:3])

    assert len(children.urls) == taken
    assert children.note == (None if taken else "its sitemaps are more than 3 levels of indexes down: 3 are not read")


def test_the_sitemaps_of_an_index_are_known_by_the_states_that_name_it() -> None:
    whole = Visit({**states(NAMES[:2]), **states(NAMES[2:3], "https://paper.example/other.xml")}, bool, set(), 0)

    assert list(whole.known(INDEX)) == NAMES[:2]
    assert list(whole.known("https://paper.example/none.xml")) == []


@pytest.mark.parametrize(
    ("before", "room", "asked"),
    [("abcd", 2, "ea"), ("abcd", 3, "efa"), ("", 2, "ab"), ("abcdef", 2, "ab"), ("a", 3, "bca"), ("ab", 0, "")],
)
def test_half_of_the_room_is_for_sitemaps_that_were_never_asked(before: str, room: int, asked: str) -> None:
    assert list(for_one_visit(list("abcdef"), before, room)) == list(asked)


def test_a_note_follows_the_detail() -> None:
    notes = [with_note(Refusal(reason=Reason.OK, detail=detail), "later").detail for detail in ("cut off", None)]

    assert notes == ["cut off; later", "later"]
