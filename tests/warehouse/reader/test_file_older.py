"""A reader file that an older version wrote: who reads it is told how to bring it up to date."""

from pathlib import Path

import duckdb
import pytest

from schemas.errors import NewsdeskError, UsageError
from schemas.runs.quarantine import QuarantineFilter
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.reader.quarantine import quarantined
from warehouse.reader.queries import answer_rows


@pytest.fixture
def older(warehouse: Warehouse, tmp_path: Path) -> Path:
    """A reader file as it was before quarantine had states."""
    path = tmp_path / "newsdesk.duckdb"
    publish_reader(warehouse, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP VIEW reports.quarantine_states")
    return path


def test_a_command_that_needs_what_an_older_file_lacks_names_the_command_that_writes_it_anew(older: Path) -> None:
    with pytest.raises(
        NewsdeskError, match=r"an older version of newsdesk wrote the reader file '.*newsdesk.duckdb'"
    ):
        quarantined(older, QuarantineFilter())
    with pytest.raises(NewsdeskError, match="run `newsdesk publish`"):
        quarantined(older, QuarantineFilter())


def test_a_persons_query_of_what_is_not_there_is_their_error(older: Path) -> None:
    with pytest.raises(UsageError, match="the query failed: Catalog Error"):
        answer_rows(older, "FROM reports.quarantine_states")
