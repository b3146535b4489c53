"""A source gets another slug with all of its rows."""

from warehouse.load.rename_source import TABLES_WITH_SOURCE
from warehouse.tables.tables import TABLES


def test_every_table_with_a_source_is_renamed() -> None:
    assert set(TABLES_WITH_SOURCE) == {table.name for table in TABLES if "source" in table.row.model_fields}
