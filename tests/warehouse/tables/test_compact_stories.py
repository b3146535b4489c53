"""The tables of stories are made smaller, and nothing that loads decide afterwards changes."""

from pathlib import Path

from tests.support.warehouse.batch_samples import NOON
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from tests.support.warehouse.reading import look
from tests.support.warehouse.story_samples import batches, newsroom
from warehouse.database.connection import Warehouse
from warehouse.tables.compact_stories import compact_stories
from warehouse.tables.migrate import migrate

DECISIONS = "SELECT * EXCLUDE (batch_id, run_id, at_utc) FROM ops.story_events ORDER BY step"
ROWS = "SELECT (SELECT count(*) FROM ops.term_frequencies), (SELECT count(*) FROM ops.story_states)"
KEYS = (
    "SELECT (SELECT count(*) FROM (SELECT DISTINCT language, term FROM ops.term_frequencies)), "
    "(SELECT count(DISTINCT story_id) FROM ops.story_states)"
)


def test_a_term_and_a_story_have_one_row_and_later_loads_decide_the_same(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    *first, last = batches(newsroom(24, 5, 14), 20)
    with Warehouse(url_of(tmp_path / "second")) as untouched:
        migrate(untouched, NOON)
        for one in (*first, last):
            load_batch(untouched, one, NOON)
        expected = look(untouched, DECISIONS)

    for one in first:
        load_batch(warehouse, one, NOON)
    before, keys = look(warehouse, ROWS)[0], look(warehouse, KEYS)[0]
    assert compact_stories(warehouse, 1) == sum(before) - sum(keys) > 0
    assert look(warehouse, ROWS)[0] == keys

    load_batch(warehouse, last, NOON)
    assert look(warehouse, DECISIONS) == expected


def test_little_to_gain_is_left(warehouse: Warehouse) -> None:
    load_batch(warehouse, batches(newsroom(3), 12)[0], NOON)
    assert compact_stories(warehouse) == 0
    assert compact_stories(warehouse, 1) == 0
