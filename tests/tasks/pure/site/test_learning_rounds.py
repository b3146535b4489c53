"""The pages of a batch are parted into rounds by what their sites still have to learn."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from schemas.items.capture import Capture
from schemas.items.site_page import SiteMemory, WrapperState
from tasks.pure.site.learning_rounds import parted
from tasks.pure.site.wrappers import KnownSite, known_site_after
from tests.support.extraction_samples import FETCHED_AT, capture_of
from tests.tasks.pure.site.test_wrappers import learned, seen

UNKNOWN = KnownSite((), SiteMemory(), None)


def captured(number: int) -> Capture:
    """The capture of that number, one a minute."""
    at = FETCHED_AT + timedelta(minutes=number)
    return capture_of().model_copy(update={"capture_id": UUID(int=number), "fetched_at": at})


def numbers(count: int, site: KnownSite) -> list[list[int]]:
    """The numbers of the captures in each round; they come in another order than they were fetched in."""
    captures = [captured(number) for number in reversed(range(count))]
    return [[one.capture_id.int for one in part] for part in parted(captures, {captures[0].link.source: site})]


def test_ten_pages_teach_ten_try_and_the_others_follow() -> None:
    assert numbers(40, UNKNOWN) == [[*range(10)], [*range(10, 20)], [*range(20, 40)]]


def test_too_few_pages_are_read_in_one_round_and_no_round_is_empty() -> None:
    assert numbers(39, UNKNOWN) == [[*range(39)]]


@pytest.mark.parametrize(
    ("state", "rounds"), [(WrapperState.TRUSTED, 1), (WrapperState.TRIAL, 3), (WrapperState.RETIRED, 3)]
)
def test_a_site_whose_wrapper_is_trusted_needs_one_round(state: WrapperState, rounds: int) -> None:
    wrapper = learned().model_copy(update={"state": state})

    assert len(numbers(40, replace(UNKNOWN, memory=SiteMemory(wrapper=wrapper)))) == rounds


def test_a_site_is_recalled_with_the_pages_of_the_last_round() -> None:
    site = known_site_after(UNKNOWN, seen(range(10)), "run", FETCHED_AT + timedelta(hours=1))

    assert site.advance is not None
    assert (site.advance.state, site.memory.wrapper, site.memory.pages) == (WrapperState.TRIAL, site.advance, 10)


def test_of_a_page_seen_twice_the_later_sight_counts() -> None:
    first, second = seen(range(1)), seen(range(1), seen_at=FETCHED_AT + timedelta(hours=1), capture_id=UUID(int=9))
    site = known_site_after(replace(UNKNOWN, sights=tuple(second)), first, "run", FETCHED_AT)

    assert site.sights == tuple(second)
