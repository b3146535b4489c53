"""What the warehouse remembers of sites: pages and wrappers, appended and looked up."""

from uuid import UUID

from schemas.items.site_page import SiteHistory, WrapperState
from schemas.runs.batch import BatchLedger
from tests.support.warehouse.batch_samples import NOON, batch, hours, sight, wrapper
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.lookups.sites import site_histories

LATER = NOON + hours(9)


def remember(warehouse: Warehouse, name: str, **ledger: object) -> None:
    load_batch(warehouse, batch([], name, ledger=BatchLedger.model_validate(ledger)), NOON)


def history(warehouse: Warehouse, pages: int = 60) -> SiteHistory:
    return site_histories(warehouse, ["harbour"], LATER, pages)["harbour"]


def test_a_page_comes_back_as_it_was_seen(warehouse: Warehouse) -> None:
    seen = sight(UUID(int=1), agreement=0.97, familiarity=0.5, wrapper=1)
    remember(warehouse, "one", sights=(seen,))

    assert history(warehouse).sights == (seen,)


def test_a_capture_that_is_extracted_again_is_remembered_once(warehouse: Warehouse) -> None:
    remember(warehouse, "one", sights=(sight(UUID(int=1)),))
    remember(warehouse, "two", sights=(sight(UUID(int=1), run_id="run-2"),))

    assert [page.run_id for page in history(warehouse).sights] == ["run-1"]


def test_an_article_that_was_visited_twice_counts_by_its_latest_page(warehouse: Warehouse) -> None:
    first = sight(UUID(int=1))
    again = sight(UUID(int=2), NOON + hours(1), article_id=first.article_id)
    remember(warehouse, "one", sights=(first, again))

    assert history(warehouse).sights == (again,)


def test_only_the_latest_pages_are_looked_up_oldest_first(warehouse: Warehouse) -> None:
    seen = tuple(sight(UUID(int=number), NOON + hours(number)) for number in range(1, 5))
    remember(warehouse, "one", sights=seen)

    assert history(warehouse, pages=2).sights == seen[2:]


def test_what_was_seen_later_is_not_known_yet(warehouse: Warehouse) -> None:
    remember(warehouse, "one", sights=(sight(UUID(int=1), LATER),))

    assert site_histories(warehouse, ["harbour"], LATER, 60) == {}


def test_the_last_pages_of_the_batch_that_one_is_behind_are_not_known(warehouse: Warehouse) -> None:
    early, late, other = (
        sight(UUID(int=1)),
        sight(UUID(int=2), late_in=UUID(int=7)),
        sight(UUID(int=3), late_in=UUID(int=8)),
    )
    remember(warehouse, "one", sights=(early, late, other))

    behind = site_histories(warehouse, ["harbour"], LATER, 60, UUID(int=7))

    assert behind["harbour"].sights == (early, other)
    assert history(warehouse).sights == (early, late, other)


def test_a_wrapper_is_known_in_its_last_state(warehouse: Warehouse) -> None:
    remember(warehouse, "one", wrappers=(wrapper(),))
    trusted = wrapper(WrapperState.TRUSTED, NOON + hours(1), checks=5, agreement=0.99)
    remember(warehouse, "two", wrappers=(trusted, trusted))

    assert history(warehouse).wrapper == trusted


def test_a_newer_wrapper_on_trial_goes_before_an_older_retired_one(warehouse: Warehouse) -> None:
    newer = wrapper(at=NOON + hours(2), version=2)
    remember(warehouse, "one", wrappers=(wrapper(WrapperState.RETIRED, NOON + hours(1)), newer))

    assert history(warehouse).wrapper == newer


def test_sites_that_were_never_seen_have_no_history(warehouse: Warehouse) -> None:
    assert site_histories(warehouse, ["lighthouse"], LATER, 60) == {}
    assert site_histories(warehouse, [], LATER, 60) == {}
