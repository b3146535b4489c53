"""A source gets another slug with all of its rows, and rows of others in the same files stay as they are."""

from schemas.items.link import Link
from schemas.runs.batch import BatchLedger
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, finding, request
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask, look
from warehouse.database.connection import Warehouse
from warehouse.tables.rename_source import rename_source
from warehouse.tables.tables import TABLES

ONE = "https://harbour.example/2026/ferry"
OTHER = "https://hill.example/2026/cable-car"


def fill(warehouse: Warehouse) -> None:
    """An article of each of two sources in one load, so that they share each file."""
    captures = (
        capture(ONE),
        capture(OTHER, link=Link(url=OTHER, source="hill", found_in="feed", found_at=NOON)),
    )
    ledger = BatchLedger(
        captures=captures, requests=(request(ONE, NOON),), findings=(finding("harbour"), finding("hill"))
    )
    load_batch(warehouse, batch([(article(one), one) for one in captures], ledger=ledger), NOON)


def test_rows_that_share_a_file_with_another_source_are_moved_and_can_be_published(own: Warehouse) -> None:
    fill(own)
    kept = look(own, "SELECT * FROM main.article_versions WHERE source = 'hill'")

    assert rename_source(own, "harbour", "harbour-gazette") > 0

    assert ask(own, "SELECT source FROM main.articles ORDER BY source") == [("harbour-gazette",), ("hill",)]
    assert look(own, "SELECT * FROM main.article_versions WHERE source = 'hill'") == kept


def test_no_table_keeps_the_earlier_slug_and_none_loses_a_row(own: Warehouse) -> None:
    fill(own)
    named = [table.full_name for table in TABLES if "source" in table.row.model_fields]
    before = {name: look(own, f"SELECT count(*) FROM {name}") for name in named}

    rename_source(own, "harbour", "harbour-gazette")

    assert {name: look(own, f"SELECT count(*) FROM {name}") for name in named} == before
    assert [name for name in named if look(own, f"SELECT 1 FROM {name} WHERE source = 'harbour'")] == []


def test_the_same_call_again_moves_nothing(own: Warehouse) -> None:
    fill(own)
    rename_source(own, "harbour", "harbour-gazette")

    assert rename_source(own, "harbour", "harbour-gazette") == 0
