"""The documents are true: every query in them runs."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.settings import Settings
from tests.flows.newsrooms import ask, ingest, settings_for
from warehouse.newsroom import Newsroom

QUERIES = re.findall(r"```sql\n(.*?)```", (Path(__file__).parents[1] / "docs" / "queries.md").read_text(), re.DOTALL)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home after two runs."""
    opened_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    with Newsroom(opened_at) as newsroom:
        made = settings_for(tmp_path_factory.mktemp("docs"), newsroom)
        ingest(made, opened_at + timedelta(minutes=1))
        newsroom.edition = 2
        ingest(made, opened_at + timedelta(minutes=40))
    return made


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_documents_runs(settings: Settings, query: str) -> None:
    assert isinstance(ask(settings, query), list)


def test_the_query_for_wire_copy_finds_the_wire_story(settings: Settings) -> None:
    query = next(query for query in QUERIES if "body_hash" in query)
    assert [row["sources"] for row in ask(settings, query)] == [["harbour-gazette", "talblick"]]
